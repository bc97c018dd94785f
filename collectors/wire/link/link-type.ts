// From a capture file's link type to the first layer.
import { LAYER, type Layer } from "./cursor.ts";

/** https://www.tcpdump.org/linktypes.html; some writers put DLT numbers (12, 14) where link types belong. */
const layers: ReadonlyMap<number, Layer> = new Map<number, Layer>([
  [0, LAYER.null],
  [1, LAYER.ethernet],
  [9, LAYER.ppp],
  [12, LAYER.raw],
  [14, LAYER.raw],
  [50, LAYER.ppp],
  [51, LAYER.pppoe],
  [101, LAYER.raw],
  [104, LAYER.ppp],
  [105, LAYER.wlan],
  [108, LAYER.null],
  [113, LAYER.sll],
  [127, LAYER.radiotap],
  [228, LAYER.ipv4],
  [229, LAYER.ipv6],
  [239, LAYER.nflog],
  [276, LAYER.sll2],
]);

/** `done` for links that carry no IP we know of. */
export function layerOf(linkType: number): Layer {
  return layers.get(linkType & 0xffff) ?? LAYER.done;
}
