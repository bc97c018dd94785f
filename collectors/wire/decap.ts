// Takes a packet apart, layer by layer, until TCP, UDP or nothing more: a loop over readers, never recursion.
import type { WeirdName } from "../../src/model/parsed.ts";
import type { Counter } from "./counters.ts";
import { Fragments } from "./ip/fragments.ts";
import { readExtensions } from "./ip/ipv6.ts";
import { LAYERS } from "./layer-tables.ts";
import { Cursor, LAYER, type Layer } from "./link/cursor.ts";

const { readers, tables, plainUdp } = LAYERS;

/** What a packet turned out to be. */
export type Unwrapped = "tcp" | "udp" | "other" | "unknown-link" | "malformed";

export class Decap {
  readonly cursor = new Cursor(tables);
  /** Of the next packet, as its way in tells it. */
  network = 0;
  readonly #fragments: Fragments;

  constructor(count: Counter, weird: (name: WeirdName) => void) {
    this.#fragments = new Fragments(count, weird);
  }

  /** Afterwards the cursor stands at the payload of UDP, or at the header of TCP. */
  unwrap(bytes: Buffer, originalLength: number, linkType: number, now: number): Unwrapped {
    const { cursor } = this;
    cursor.reset(bytes, originalLength, this.network);
    // Above its 16 bits, a link type says how long the frames' checksums are.
    let layer = tables.linkTypes.get(linkType & 0xffff);
    if (layer === undefined) return "unknown-link";
    let last: Layer = layer;
    while (layer !== LAYER.done && layer !== LAYER.tcp) {
      last = layer;
      layer = layer === LAYER.fragment ? this.#whole(now) : readers[layer]!(cursor);
    }
    if (layer === LAYER.tcp) return "tcp";
    if (cursor.weird !== null) return "malformed";
    return plainUdp.has(last) ? "udp" : "other";
  }

  #whole(now: number): Layer {
    const { cursor } = this;
    if (!this.#fragments.add(cursor, now)) return LAYER.done;
    return cursor.v6 ? readExtensions(cursor) : LAYER.ipProtocol;
  }
}
