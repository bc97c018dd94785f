import { expect, test } from "vitest";
import { numbered } from "../../../collectors/wire/layer-tables.ts";
import { LAYER, type LayerUnit } from "../../../collectors/wire/link/cursor.ts";

const first: LayerUnit = { udpPorts: [7, 8], sharesPort: true, read: () => LAYER.done };
const named: LayerUnit = { layer: LAYER.raw, linkTypes: [3], read: () => LAYER.ipv4 };
const second: LayerUnit = { udpPorts: [9], greTypes: [9], read: () => LAYER.raw };
const { readers, tables, plainUdp } = numbered([first, named, second]);

test("a layer is found by every number it claims, and only there", () => {
  const [seven, eight, nine] = [7, 8, 9].map((port) => tables.udpPorts.get(port)!);
  expect([readers[seven!], readers[eight!], readers[nine!]]).toEqual([first.read, first.read, second.read]);
  expect([tables.greTypes.get(9), tables.etherTypes.get(9)]).toEqual([nine, undefined]);
});

test("a layer that others name keeps its number, and none gets it by its place", () => {
  expect([tables.linkTypes.get(3), readers[LAYER.raw]]).toEqual([LAYER.raw, named.read]);
  expect(readers).toHaveLength(Object.keys(LAYER).length + 2);
});

test("only what shares its port ends as plain UDP", () => {
  expect([...plainUdp]).toEqual([tables.udpPorts.get(7)]);
});
