// Puts packets of a test conversation into tunnels, tags, fragments and IPv6, as mirrors and networks do.
import type { Packet } from "../../../collectors/wire/packet.ts";
import { ethernet, ipv4, packet, udp } from "../packets.ts";

const ETHERNET_BYTES = 14;

/** Gives the packets that carry this one. */
export type Wrap = (one: Packet) => readonly Packet[];

const ipOf = (one: Packet): Buffer => Buffer.from(one.bytes).subarray(ETHERNET_BYTES);
const again = (one: Packet, bytes: Buffer, linkType = one.linkType): Packet =>
  packet(bytes, { at: one.at, linkType });

const header = (length: number, fill: (bytes: Buffer) => void): Buffer => {
  const bytes = Buffer.alloc(length);
  fill(bytes);
  return bytes;
};

const vlanTag = (id: number, type: number): Buffer =>
  header(4, (bytes) => {
    bytes.writeUInt16BE(id, 0);
    bytes.writeUInt16BE(type, 2);
  });

const vxlanHeader = header(8, (bytes) => {
  bytes[0] = 8;
  bytes.writeUInt32BE(7 << 8, 4);
});
/** RFC 2784, IPv4 inside. */
const greHeader = header(4, (bytes) => bytes.writeUInt16BE(0x0800, 2));
/** RFC 8926, Ethernet inside. */
const geneveHeader = header(8, (bytes) => {
  bytes.writeUInt16BE(0x6558, 2);
  bytes.writeUInt32BE(9 << 8, 4);
});

const OUTER = { from: "192.0.2.1", to: "192.0.2.2" };

/** The same segment over IPv6: the IPv4 addresses become the last four bytes. */
function ipv6Header(ip: Buffer, next: number, length: number): Buffer {
  return header(40, (bytes) => {
    bytes[0] = 0x60;
    bytes.writeUInt16BE(length, 4);
    bytes[6] = next;
    bytes[7] = 64;
    for (const at of [8, 24]) bytes.writeUInt32BE(0x2001_0db8, at);
    ip.copy(bytes, 20, 12, 16);
    ip.copy(bytes, 36, 16, 20);
  });
}

/** IPv6 fragment header (RFC 8200, section 4.5): next 8, reserved 8, offset 13, reserved 2, more 1, id 32. */
const fragmentHeader = (offset: number, more: boolean, id: number): Buffer =>
  header(8, (bytes) => {
    bytes[0] = 6;
    bytes.writeUInt16BE(offset | (more ? 1 : 0), 2);
    bytes.writeUInt32BE(id, 4);
  });

const STEP = 24;

function ipv6Fragments(one: Packet): Packet[] {
  const ip = ipOf(one);
  const segment = ip.subarray(20);
  const id = ip.readUInt16BE(4);
  const out: Packet[] = [];
  for (let at = 0; at < segment.length; at += STEP) {
    const part = segment.subarray(at, at + STEP);
    const more = at + STEP < segment.length;
    const inner = Buffer.concat([fragmentHeader(at, more, id), part]);
    out.push(again(one, ethernet(Buffer.concat([ipv6Header(ip, 44, inner.length), inner]), 0x86dd)));
  }
  return out;
}

function ipv4Fragments(one: Packet): Packet[] {
  const ip = ipOf(one);
  const segment = ip.subarray(20);
  const ends = {
    from: ip.subarray(12, 16).join("."),
    to: ip.subarray(16, 20).join("."),
    id: ip.readUInt16BE(4),
  };
  const out: Packet[] = [];
  for (let at = 0; at < segment.length; at += STEP) {
    const more = at + STEP < segment.length;
    const piece = ipv4(segment.subarray(at, at + STEP), { ...ends, offset: at, more });
    out.push(again(one, ethernet(piece)));
  }
  return out;
}

/** By name, for messages. */
export const WRAPS: Readonly<Record<string, Wrap>> = {
  ethernet: (one) => [one],
  vlan: (one) => [again(one, ethernet(Buffer.concat([vlanTag(5, 0x0800), ipOf(one)]), 0x8100))],
  qinq: (one) => [
    again(one, ethernet(Buffer.concat([vlanTag(5, 0x8100), vlanTag(6, 0x0800), ipOf(one)]), 0x88a8)),
  ],
  vxlan: (one) => [
    again(
      one,
      ethernet(
        ipv4(udp(Buffer.concat([vxlanHeader, Buffer.from(one.bytes)]), 4789), { ...OUTER, protocol: 17 }),
      ),
    ),
  ],
  geneve: (one) => [
    again(
      one,
      ethernet(
        ipv4(udp(Buffer.concat([geneveHeader, Buffer.from(one.bytes)]), 6081), { ...OUTER, protocol: 17 }),
      ),
    ),
  ],
  gre: (one) => [
    again(one, ethernet(ipv4(Buffer.concat([greHeader, ipOf(one)]), { ...OUTER, protocol: 47 }))),
  ],
  ipv6: (one) => {
    const ip = ipOf(one);
    const segment = ip.subarray(20);
    return [again(one, ethernet(Buffer.concat([ipv6Header(ip, 6, segment.length), segment]), 0x86dd))];
  },
  "ipv6 fragments": ipv6Fragments,
  "ipv4 fragments": ipv4Fragments,
  raw: (one) => [again(one, ipOf(one), 101)],
  sll: (one) => [
    again(one, Buffer.concat([header(16, (bytes) => bytes.writeUInt16BE(0x0800, 14)), ipOf(one)]), 113),
  ],
  null: (one) => [again(one, Buffer.concat([Buffer.from([2, 0, 0, 0]), ipOf(one)]), 0)],
};
