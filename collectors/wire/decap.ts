// Takes a packet apart, layer by layer, until TCP, UDP or nothing more: a loop over readers, never recursion.
import type { WeirdName } from "../../src/model/parsed.ts";
import type { Counter } from "./counters.ts";
import { Fragments } from "./ip/fragments.ts";
import { readErspan2, readErspan3, readGre } from "./ip/gre.ts";
import { readIpv4 } from "./ip/ipv4.ts";
import { readExtensions, readIpv6 } from "./ip/ipv6.ts";
import { readIpProtocol } from "./ip/protocol.ts";
import { readGeneve, readGtp, readTeredo, readUdp, readVxlan, readVxlanGpe } from "./ip/udp.ts";
import { Cursor, LAYER, type Layer, type LayerReader } from "./link/cursor.ts";
import { readEtherType } from "./link/ether-type.ts";
import { readEthernet, readVlan } from "./link/ethernet.ts";
import { layerOf } from "./link/link-type.ts";
import { readMpls } from "./link/mpls.ts";
import { readNflog } from "./link/nflog.ts";
import { readPpp, readPppoe } from "./link/ppp.ts";
import { readNull, readRaw } from "./link/raw.ts";
import { readSll, readSll2 } from "./link/sll.ts";
import { readRadiotap, readWlan } from "./link/wlan.ts";

const stop: LayerReader = () => LAYER.done;

/** Indexed by layer: `LAYER` says which row is which. */
const readers: readonly LayerReader[] = ordered({
  done: stop,
  ethernet: readEthernet,
  etherType: readEtherType,
  vlan: readVlan,
  mpls: readMpls,
  pppoe: readPppoe,
  ppp: readPpp,
  null: readNull,
  raw: readRaw,
  sll: readSll,
  sll2: readSll2,
  nflog: readNflog,
  wlan: readWlan,
  radiotap: readRadiotap,
  ipv4: readIpv4,
  ipv6: readIpv6,
  ipProtocol: readIpProtocol,
  fragment: stop,
  gre: readGre,
  erspan2: readErspan2,
  erspan3: readErspan3,
  udp: readUdp,
  vxlan: readVxlan,
  vxlanGpe: readVxlanGpe,
  geneve: readGeneve,
  teredo: readTeredo,
  gtp: readGtp,
  tcp: stop,
});

function ordered(named: Readonly<Record<keyof typeof LAYER, LayerReader>>): LayerReader[] {
  const list: LayerReader[] = [];
  for (const [name, layer] of Object.entries(LAYER)) list[layer] = named[name as keyof typeof LAYER];
  return list;
}

/** What a packet turned out to be. */
export type Unwrapped = "tcp" | "udp" | "other" | "unknown-link" | "malformed";

export class Decap {
  readonly cursor = new Cursor();
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
    let layer = layerOf(linkType);
    if (layer === LAYER.done) return "unknown-link";
    let last: Layer = layer;
    while (layer !== LAYER.done && layer !== LAYER.tcp) {
      last = layer;
      layer = layer === LAYER.fragment ? this.#whole(now) : readers[layer]!(cursor);
    }
    if (layer === LAYER.tcp) return "tcp";
    if (cursor.weird !== null) return "malformed";
    return last === LAYER.udp || last === LAYER.teredo || last === LAYER.gtp ? "udp" : "other";
  }

  #whole(now: number): Layer {
    const { cursor } = this;
    if (!this.#fragments.add(cursor, now)) return LAYER.done;
    return cursor.v6 ? readExtensions(cursor) : LAYER.ipProtocol;
  }
}
