// From the payload of a tunnel datagram, whose outer headers the kernel took off, to the mirrored packet inside.
import { LAYERS } from "../wire/layer-tables.ts";
import { Cursor, LAYER, type Layer, type LayerReader } from "../wire/link/cursor.ts";
import { readEtherType } from "../wire/link/ether-type.ts";
import { readGeneve } from "../wire/tunnel/geneve.ts";
import { readVxlan } from "../wire/tunnel/vxlan.ts";
import type { WeirdName } from "../../src/model/parsed.ts";

/** Encapsulations that traffic mirrors send over UDP, with the port IANA gave each. */
export const TUNNELS = {
  vxlan: { port: 4789, read: readVxlan },
  geneve: { port: 6081, read: readGeneve },
} as const satisfies Readonly<Record<string, { readonly port: number; readonly read: LayerReader }>>;

export type TunnelId = keyof typeof TUNNELS;

/** A mirrored packet, or why there is none. `bytes` is a view into the datagram, `network` comes from the VNI. */
export type Unwrapped =
  | { readonly kind: "packet"; readonly linkType: number; readonly network: number; readonly bytes: Buffer }
  | { readonly kind: "malformed"; readonly weird: WeirdName }
  | { readonly kind: "other-protocol" };

/** LINKTYPE_ETHERNET, LINKTYPE_IPV4, LINKTYPE_IPV6. */
const linkTypes: ReadonlyMap<Layer, number> = new Map<Layer, number>([
  [LAYER.ethernet, 1],
  [LAYER.ipv4, 228],
  [LAYER.ipv6, 229],
]);

/** The function keeps a cursor between calls: one per socket. */
export function createUnwrap(tunnel: TunnelId): (datagram: Buffer) => Unwrapped {
  const { read } = TUNNELS[tunnel];
  const cursor = new Cursor(LAYERS.tables);
  return (datagram) => {
    cursor.reset(datagram, datagram.length);
    const outer = read(cursor);
    const inner = outer === LAYER.etherType ? readEtherType(cursor) : outer;
    if (cursor.weird !== null) return { kind: "malformed", weird: cursor.weird };
    // Options may claim more than there is.
    if (!cursor.has(1)) return { kind: "malformed", weird: "tunnel.short" };
    const linkType = linkTypes.get(inner);
    if (linkType === undefined) return { kind: "other-protocol" };
    return { kind: "packet", linkType, network: cursor.scope, bytes: datagram.subarray(cursor.pos) };
  };
}
