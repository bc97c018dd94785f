// What IP carries: TCP, UDP and the tunnels that sit on IP itself.
import { type Cursor, LAYER, type Layer } from "../link/cursor.ts";
import { readExtensions } from "./ipv6.ts";

const AUTHENTICATION = 51;
const ETHERNET = 143;

const layers: ReadonlyMap<number, Layer> = new Map<number, Layer>([
  [4, LAYER.ipv4],
  [41, LAYER.ipv6],
  [47, LAYER.gre],
  [137, LAYER.mpls],
  [ETHERNET, LAYER.ethernet],
]);

export function readIpProtocol(cursor: Cursor): Layer {
  if (cursor.proto === 6) return LAYER.tcp;
  if (cursor.proto === 17) return LAYER.udp;
  if (cursor.proto === AUTHENTICATION) return readExtensions(cursor);
  return layers.get(cursor.proto) ?? LAYER.done;
}
