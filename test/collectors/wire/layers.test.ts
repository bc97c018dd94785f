import { expect, test } from "vitest";
import { LAYERS } from "../../../collectors/wire/layer-tables.ts";
import * as list from "../../../collectors/wire/layers.ts";
import { LAYER, type LayerTables, type LayerUnit } from "../../../collectors/wire/link/cursor.ts";

const units: readonly LayerUnit[] = Object.values(list);
const kinds = Object.keys(LAYERS.tables) as (keyof LayerTables)[];

test.each<[keyof LayerTables, number, LayerUnit]>([
  ["linkTypes", 0, list.loopback],
  ["linkTypes", 1, list.ethernet],
  ["linkTypes", 9, list.ppp],
  ["linkTypes", 12, list.raw],
  ["linkTypes", 51, list.pppoe],
  ["linkTypes", 101, list.raw],
  ["linkTypes", 105, list.wlan],
  ["linkTypes", 113, list.sll],
  ["linkTypes", 127, list.radiotap],
  ["linkTypes", 228, list.ipv4],
  ["linkTypes", 229, list.ipv6],
  ["linkTypes", 239, list.nflog],
  ["linkTypes", 276, list.sll2],
  ["etherTypes", 0x0800, list.ipv4],
  ["etherTypes", 0x86dd, list.ipv6],
  ["etherTypes", 0x8100, list.vlan],
  ["etherTypes", 0x88a8, list.vlan],
  ["etherTypes", 0x9100, list.vlan],
  ["etherTypes", 0x8847, list.mpls],
  ["etherTypes", 0x8864, list.pppoe],
  ["etherTypes", 0x6558, list.ethernet],
  ["etherTypes", 0x880b, list.ppp],
  ["ipProtocols", 4, list.ipv4],
  ["ipProtocols", 17, list.udp],
  ["ipProtocols", 41, list.ipv6],
  ["ipProtocols", 47, list.gre],
  ["ipProtocols", 137, list.mpls],
  ["ipProtocols", 143, list.ethernet],
  ["udpPorts", 4789, list.vxlan],
  ["udpPorts", 8472, list.vxlan],
  ["udpPorts", 4790, list.vxlanGpe],
  ["udpPorts", 6081, list.geneve],
  ["udpPorts", 4754, list.gre],
  ["udpPorts", 2152, list.gtp],
  ["udpPorts", 3544, list.teredo],
  ["udpSourcePorts", 3544, list.teredo],
  ["greTypes", 0x88be, list.erspan2],
  ["greTypes", 0x22eb, list.erspan3],
  ["pppTypes", 0x0021, list.ipv4],
  ["pppTypes", 0x0057, list.ipv6],
  ["pppTypes", 0x0281, list.mpls],
])("%s %d", (kind, number, unit) => {
  expect(LAYERS.readers[LAYERS.tables[kind].get(number)!]).toBe(unit.read);
});

test.each(kinds)("no two layers claim one of %s", (kind) => {
  const claimed = units.flatMap((unit) => unit[kind] ?? []);
  expect(new Set(claimed).size).toBe(claimed.length);
});

test("every layer that others name is listed once", () => {
  const { done, tcp, fragment, ...named } = LAYER;
  const listed = units.flatMap(({ layer }) => layer ?? []);
  expect(listed.sort((a, b) => a - b)).toEqual(Object.values(named));
  expect([done, tcp, fragment].map((layer) => LAYERS.readers[layer]!.name)).toEqual(["stop", "stop", "stop"]);
});
