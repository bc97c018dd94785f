// Where decapsulation stands within one packet: reused for every packet, so the hot path allocates nothing.
import type { WeirdName } from "../../../src/model/parsed.ts";
import { NO_BYTES } from "../bytes.ts";

/** What the bytes at the cursor are; each layer reader returns the next one. */
export const LAYER = {
  done: 0,
  ethernet: 1,
  etherType: 2,
  vlan: 3,
  mpls: 4,
  pppoe: 5,
  ppp: 6,
  null: 7,
  raw: 8,
  sll: 9,
  sll2: 10,
  nflog: 11,
  wlan: 12,
  radiotap: 13,
  ipv4: 14,
  ipv6: 15,
  ipProtocol: 16,
  fragment: 17,
  gre: 18,
  erspan2: 19,
  erspan3: 20,
  udp: 21,
  vxlan: 22,
  geneve: 23,
  teredo: 24,
  gtp: 25,
  vxlanGpe: 26,
  tcp: 27,
} as const;
export type Layer = (typeof LAYER)[keyof typeof LAYER];

/** Reads one header, moves the cursor behind it, and says what follows. */
export type LayerReader = (cursor: Cursor) => Layer;

/** Class because of the hot path: one instance per wire, fields of stable type. */
export class Cursor {
  bytes: Buffer = NO_BYTES;
  /** Next unread byte. */
  pos = 0;
  /** First byte behind what was captured of the current layer. */
  end = 0;
  /** First byte behind what the current layer had on the wire; beyond `end` when the capture cut it. */
  wireEnd = 0;
  /** Ether type, IP protocol or PPP protocol of what follows, as the layer names it. */
  proto = 0;
  /** Folded VLAN ids and VNIs: tells apart connections of the same addresses. */
  scope = 0;
  /** IP headers passed so far. */
  depth = 0;
  v6 = false;
  /** Addresses of the innermost IP header as 32-bit words; IPv4 uses the last word. */
  src0 = 0;
  src1 = 0;
  src2 = 0;
  src3 = 0;
  dst0 = 0;
  dst1 = 0;
  dst2 = 0;
  dst3 = 0;
  ipId = 0;
  fragmentOffset = 0;
  moreFragments = false;
  /** UDP ports of the innermost UDP header. */
  srcPort = 0;
  dstPort = 0;
  /** Set by a layer that could not go on. */
  weird: WeirdName | null = null;

  reset(bytes: Buffer, originalLength: number, network = 0): void {
    this.bytes = bytes;
    this.pos = 0;
    this.end = bytes.length;
    this.wireEnd = Math.max(bytes.length, originalLength);
    this.scope = network;
    this.depth = 0;
    this.weird = null;
  }

  has(bytes: number): boolean {
    return this.pos + bytes <= this.end;
  }

  /** Moves on by `bytes` of header. */
  skip(bytes: number, next: Layer): Layer {
    this.pos += bytes;
    return next;
  }

  /** Ends here, with a named reason. */
  stop(name: WeirdName): Layer {
    this.weird = name;
    return LAYER.done;
  }

  /** The layer says its bytes end at `end`: what follows is padding; what is missing was cut by the capture. */
  clip(end: number): void {
    if (end < this.end) this.end = end;
    this.wireEnd = Math.max(this.end, end);
  }

  tag(id: number): void {
    this.scope = (Math.imul(this.scope, 31) + id + 1) | 0;
  }
}
