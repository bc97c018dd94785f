// Feeds segments to a wire by the hundred thousand from one reused buffer, and weighs what the wire keeps of them.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { WireOptions } from "../../../collectors/wire/wire.ts";
import { createWire } from "../../../collectors/wire/wire.ts";
import { ethernet, type Heard, ipv4, packet, T0, tcpSegment } from "../packets.ts";

const PAYLOAD = 54;
const MSS = 1_448;
/** What is heard beyond this is let go: the wire is weighed, not its listener. */
const MOST = 1_000;

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

/** Bytes in use after collecting garbage, buffers included. */
function weight(): number {
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

export interface SegmentFields {
  readonly side?: 0 | 1;
  /** Tells connections apart: up to 2^24 of them. */
  readonly flow?: number;
  readonly seq?: number;
  readonly ack?: number;
  /** TCP flags as a number; 0x18 (PSH, ACK) unless said otherwise. */
  readonly flags?: number;
  readonly data?: Uint8Array;
  /** Milliseconds that pass before it. */
  readonly after?: number;
}

export const SYN = 2;

/** One wire with a tap; class because of its state. */
export class Tap {
  readonly heard: Heard = { exchanges: [], counters: {}, weirds: [] };
  readonly #bytes = Buffer.concat([ethernet(ipv4(tcpSegment())), Buffer.alloc(MSS)]);
  readonly #wire: ReturnType<typeof createWire>;
  readonly #before: number;
  #at = T0;
  #id = 0;

  constructor(options: Partial<WireOptions> = {}) {
    const { exchanges, weirds, counters } = this.heard;
    this.#before = weight();
    const sink: Parameters<typeof createWire>[0] = {
      exchange: (exchange) => void (exchanges.length < MOST && exchanges.push(exchange)),
      weird: ({ name }) => void (weirds.length < MOST && weirds.push(name)),
      count: (name, by = 1) => void (counters[name] = (counters[name] ?? 0) + by),
    };
    this.#wire = createWire(sink, { source: "capture", ...options });
  }

  /** A connection is open: both sides will say their first byte as number 1. */
  static opened(): Tap {
    const tap = new Tap();
    tap.segment({ seq: 0, flags: SYN });
    tap.segment({ side: 1, seq: 0, ack: 1, flags: SYN | 0x10 });
    return tap;
  }

  segment(fields: SegmentFields): void {
    this.#at += fields.after ?? 0.01;
    this.#wire.packet(packet(this.frame(fields), { at: this.#at }));
  }

  /** The packet alone; its bytes are those of the next one, too. */
  frame({ side = 0, flow = 0, seq = 0, ack = 0, flags = 0x18, data }: SegmentFields): Buffer {
    const bytes = this.#bytes;
    const length = data?.length ?? 0;
    bytes.writeUInt16BE(40 + length, 16);
    bytes.writeUInt16BE(this.#id++ & 0xffff, 18);
    const [client, server] = side === 0 ? [26, 30] : [30, 26];
    bytes.writeUInt32BE(0x0a00_0000 + (flow & 0xff_ffff), client);
    bytes.writeUInt32BE(0xc000_0201, server);
    bytes.writeUInt16BE(side === 0 ? 40_000 : 80, 34);
    bytes.writeUInt16BE(side === 0 ? 80 : 40_000, 36);
    bytes.writeUInt32BE(seq >>> 0, 38);
    bytes.writeUInt32BE(ack >>> 0, 42);
    bytes[47] = flags;
    if (data !== undefined) bytes.set(data, PAYLOAD);
    return bytes.subarray(0, PAYLOAD + length);
  }

  /** All of `data` in full segments, from this sequence number. Gives the next one. */
  stream(data: Uint8Array, fields: SegmentFields & { readonly seq: number }): number {
    for (let at = 0; at < data.length; at += MSS) {
      this.segment({ ...fields, seq: fields.seq + at, data: data.subarray(at, at + MSS) });
    }
    return fields.seq + data.length;
  }

  /** MB the wire keeps now. */
  get kept(): number {
    return (weight() - this.#before) / 1e6;
  }

  end(): Heard {
    this.#wire.end();
    return this.heard;
  }
}
