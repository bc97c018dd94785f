import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { layerOf } from "../../../../collectors/wire/link/link-type.ts";

test.each([
  [0, LAYER.null],
  [1, LAYER.ethernet],
  [12, LAYER.raw],
  [101, LAYER.raw],
  [113, LAYER.sll],
  [127, LAYER.radiotap],
  [228, LAYER.ipv4],
  [239, LAYER.nflog],
  [276, LAYER.sll2],
  [0x1000_0001, LAYER.ethernet],
  [147, LAYER.done],
])("link type %d", (linkType, layer) => {
  expect(layerOf(linkType)).toBe(layer);
});
