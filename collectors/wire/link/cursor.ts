// Where decapsulation stands within one packet: reused for every packet, so the hot path allocates nothing.
import type { WeirdName } from "../../../src/model/parsed.ts";
import { NO_BYTES } from "../bytes.ts";

/** What the bytes at the cursor are; each layer reader returns the next one. */
export type Layer = number;

/** Layers that others name; the rest are reached by what they claim, and numbered when the list is read. */
export const LAYER = {
  done: 0,
  tcp: 1,
  fragment: 2,
  etherType: 3,
  ipProtocol: 4,
  ethernet: 5,
  ipv4: 6,
  ipv6: 7,
  raw: 8,
  ppp: 9,
  wlan: 10,
  udp: 11,
} as const satisfies Readonly<Record<string, Layer>>;

/** Reads one header, moves the cursor behind it, and says what follows. */
export type LayerReader = (cursor: Cursor) => Layer;

/** A layer: what names it, and how it is read. Its file and one line in `layers.ts` are all it takes. */
export interface LayerUnit {
  readonly read: LayerReader;
  /** Only for a layer that others name. */
  readonly layer?: Layer;
  /** https://www.tcpdump.org/linktypes.html */
  readonly linkTypes?: readonly number[];
  readonly etherTypes?: readonly number[];
  readonly ipProtocols?: readonly number[];
  /** UDP ports towards which it is sent. */
  readonly udpPorts?: readonly number[];
  /** UDP ports it also comes from. */
  readonly udpSourcePorts?: readonly number[];
  /** GRE protocols that are no Ethernet types. */
  readonly greTypes?: readonly number[];
  readonly pppTypes?: readonly number[];
  /** What it does not take is plain UDP. */
  readonly sharesPort?: boolean;
}

type Claims = Exclude<keyof LayerUnit, "read" | "layer" | "sharesPort">;
/** From each kind of number to the layer that claims it. */
export type LayerTables = Readonly<Record<Claims, ReadonlyMap<number, Layer>>>;

/** For a cursor that only keeps a place. */
const NONE: ReadonlyMap<number, Layer> = new Map();
const NO_TABLES: LayerTables = {
  linkTypes: NONE,
  etherTypes: NONE,
  ipProtocols: NONE,
  udpPorts: NONE,
  udpSourcePorts: NONE,
  greTypes: NONE,
  pppTypes: NONE,
};

/** Class because of the hot path: one instance per wire, fields of stable type. */
export class Cursor {
  /** Who claims which number. */
  readonly tables: LayerTables;
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
  /** First 16 bits of the innermost GRE header. */
  greFlags = 0;
  /** Set by a layer that could not go on. */
  weird: WeirdName | null = null;

  constructor(tables: LayerTables = NO_TABLES) {
    this.tables = tables;
  }

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
