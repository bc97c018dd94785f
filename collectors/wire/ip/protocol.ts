// What IP carries: TCP, UDP and the tunnels that sit on IP itself.
import { type Cursor, LAYER, type Layer, type LayerUnit } from "../link/cursor.ts";
import { readExtensions } from "./ipv6.ts";

const AUTHENTICATION = 51;

export function readIpProtocol(cursor: Cursor): Layer {
  if (cursor.proto === 6) return LAYER.tcp;
  if (cursor.proto === 17) return LAYER.udp;
  if (cursor.proto === AUTHENTICATION) return readExtensions(cursor);
  return cursor.tables.ipProtocols.get(cursor.proto) ?? LAYER.done;
}

export const ipProtocol: LayerUnit = { layer: LAYER.ipProtocol, read: readIpProtocol };
