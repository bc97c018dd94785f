import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Decap, type Unwrapped } from "../../../collectors/wire/decap.ts";
import { ipv4Text } from "../../../collectors/wire/ip/address.ts";
import { ethernet, ipv4, ipv6, tcpSegment, udp } from "../../support/packets.ts";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const tcp = tcpSegment({ data: "hi" });
const inner = ipv4(tcp, { from: "192.168.0.1", to: "192.168.0.2" });
const frame = ethernet(inner);
const join = (...parts: Buffer[]): Buffer => Buffer.concat(parts);
const tunnel = (payload: Buffer, protocol: number): Buffer => ethernet(ipv4(payload, { protocol }));
const overUdp = (payload: Buffer, port: number, sport?: number): Buffer =>
  ethernet(ipv4(udp(payload, port, sport), { protocol: 17 }));

function unwrap(bytes: Buffer, linkType = 1): { what: Unwrapped; source: string; payload: string } {
  const decap = new Decap(
    () => {},
    () => {},
  );
  const what = decap.unwrap(bytes, bytes.length, linkType, 0);
  const { cursor } = decap;
  const payload = cursor.bytes.subarray(cursor.pos, cursor.end).toString("latin1");
  return { what, source: ipv4Text(cursor.src3), payload };
}

const found = { what: "tcp", source: "192.168.0.1", payload: tcp.toString("latin1") };

describe("every way to carry a TCP segment", () => {
  test.each<[string, Buffer, number?]>([
    ["Ethernet", frame],
    ["Ethernet with padding", join(frame, Buffer.alloc(20))],
    ["VLAN", ethernet(join(hex("0064 0800"), inner), 0x8100)],
    ["VLAN four deep", ethernet(join(hex("0001 88a8 0002 9100 0003 8100 0004 0800"), inner), 0x88a8)],
    ["MPLS", ethernet(join(hex("00064040 0006413f"), inner), 0x8847)],
    ["MPLS pseudowire with control word", ethernet(join(hex("0006413f 00000000"), frame), 0x8847)],
    [
      "PPPoE",
      ethernet(join(hex("1100 0001"), Buffer.from([0, inner.length + 2]), hex("0021"), inner), 0x8864),
    ],
    ["LLC/SNAP", ethernet(join(hex("aaaa03 000000 0800"), inner), 60)],
    ["PPP", join(hex("ff030021"), inner), 9],
    ["raw", inner, 101],
    ["raw as DLT", inner, 12],
    ["raw IPv4", inner, 228],
    ["null, little-endian", join(hex("02000000"), inner), 0],
    ["null, big-endian", join(hex("00000002"), inner), 0],
    ["loop", join(hex("00000002"), inner), 108],
    ["SLL", join(hex("0000 0001 0006 0200000000010000 0800"), inner), 113],
    ["SLL2", join(hex("0800 0000 00000002 0001 00 06 0200000000010000"), inner), 276],
    [
      "NFLOG",
      join(hex("02 00 0000 0800 0a00 00000000"), Buffer.from([inner.length + 4, 0]), hex("0900"), inner),
      239,
    ],
    ["802.11 QoS", join(hex("8801"), Buffer.alloc(24), hex("aaaa03 000000 0800"), inner), 105],
    [
      "radiotap",
      join(hex("0000 0800 00000000 0801"), Buffer.alloc(22), hex("aaaa03 000000 0800"), inner),
      127,
    ],
    ["link type with FCS bits", frame, 0x14000001],
    ["IP in IP", tunnel(inner, 4)],
    ["IP in IP in IP", tunnel(ipv4(inner, { protocol: 4 }), 4)],
    ["GRE", tunnel(join(hex("0000 0800"), inner), 47)],
    [
      "GRE with checksum, key and sequence",
      tunnel(join(hex("b000 0800 11111111 22222222 33333333"), inner), 47),
    ],
    ["NVGRE", tunnel(join(hex("2000 6558 00002a00"), frame), 47)],
    ["ERSPAN I", tunnel(join(hex("0000 88be"), frame), 47)],
    ["ERSPAN II", tunnel(join(hex("1000 88be 00000001 1064000100000000"), frame), 47)],
    ["ERSPAN III", tunnel(join(hex("1000 22eb 00000001 206400010000000000000000"), frame), 47)],
    [
      "ERSPAN III with subheader",
      tunnel(join(hex("1000 22eb 00000001 206400010000000000000001 0000000000000000"), frame), 47),
    ],
    ["VXLAN", overUdp(join(hex("08000000 00002a00"), frame), 4789)],
    ["VXLAN, old port and odd bits", overUdp(join(hex("88000040 00002a07"), frame), 8472)],
    ["VXLAN-GPE", overUdp(join(hex("0c000003 00002a00"), frame), 4790)],
    ["GENEVE with options", overUdp(join(hex("0200 6558 00002a00 0102000100000001"), frame), 6081)],
    [
      "GENEVE around VXLAN",
      overUdp(join(hex("0000 6558 00002a00"), overUdp(join(hex("08000000 00000100"), frame), 4789)), 6081),
    ],
    ["GRE in UDP", overUdp(join(hex("0000 0800"), inner), 4754)],
    [
      "GTP-U with extension header",
      overUdp(join(hex("34ff 0000 00000001 0000 00 85 01100100"), inner), 2152),
    ],
    ["Teredo with IPv4 inside", overUdp(ipv6(inner, 4), 3544, 3544)],
    [
      "Teredo with authentication and origin",
      overUdp(join(hex("0001 0000 0000000000000000 00 0000 0000 00000000"), ipv6(inner, 4)), 40_000, 3544),
    ],
    [
      "IPv6 with extension headers",
      ethernet(ipv6(join(hex("2b00000000000000 3c00000000000000 0400000000000000"), inner), 0), 0x86dd),
    ],
    ["atomic fragment", ethernet(ipv6(join(hex("0400 0000 00000001"), inner), 44), 0x86dd)],
    [
      "authentication header",
      tunnel(join(hex("0404 0000 00000001 00000001 000000000000000000000000"), inner), 51),
    ],
  ])("%s", (_name, bytes, linkType) => {
    expect(unwrap(bytes, linkType)).toEqual(found);
  });
});

describe("what is something else", () => {
  test.each<[string, Buffer, number, Unwrapped]>([
    ["a link nobody reads", frame, 147, "unknown-link"],
    ["ARP", ethernet(Buffer.alloc(28), 0x0806), 1, "other"],
    ["DNS", overUdp(Buffer.alloc(30), 53), 1, "udp"],
    ["ICMP", ethernet(ipv4(Buffer.alloc(8), { protocol: 1 })), 1, "other"],
    ["a short IP header", ethernet(inner.subarray(0, 12)), 1, "malformed"],
    ["a wrong version", ethernet(join(Buffer.from([0x55]), inner.subarray(1))), 1, "malformed"],
    ["protected 802.11", join(hex("0840"), Buffer.alloc(40)), 105, "other"],
    ["GRE of an unknown version", tunnel(join(hex("0005 0800"), inner), 47), 1, "malformed"],
  ])("%s", (_name, bytes, linkType, what) => {
    expect(unwrap(bytes, linkType).what).toBe(what);
  });

  test("nesting has an end", () => {
    let nested = inner;
    for (let depth = 0; depth < 12; depth++) nested = ipv4(nested, { protocol: 4 });
    expect(unwrap(ethernet(nested)).what).toBe("malformed");
  });
});

test("IP length 0 means what was captured", () => {
  expect(unwrap(ethernet(ipv4(tcp, { total: 0, from: "192.168.0.1" })))).toEqual(found);
});

test("any bytes on any link are survived", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 120 }),
      fc.constantFrom(0, 1, 9, 51, 101, 105, 108, 113, 127, 228, 229, 239, 276),
      fc.constantFrom(hex(""), hex("020202020202020202020202 0800"), hex("020202020202020202020202 8847")),
      (bytes, linkType, prefix) => {
        expect(typeof unwrap(join(prefix, Buffer.from(bytes)), linkType).what).toBe("string");
      },
    ),
    { numRuns: 2_000 },
  );
});
