import { expect, test } from "vitest";
import { readIpProtocol } from "../../../../collectors/wire/ip/protocol.ts";
import { Cursor, LAYER } from "../../../../collectors/wire/link/cursor.ts";

test.each([
  [6, LAYER.tcp],
  [17, LAYER.udp],
  [4, LAYER.ipv4],
  [41, LAYER.ipv6],
  [47, LAYER.gre],
  [137, LAYER.mpls],
  [143, LAYER.ethernet],
  [50, LAYER.done],
  [1, LAYER.done],
])("protocol %d", (proto, layer) => {
  expect(readIpProtocol(Object.assign(new Cursor(), { proto }))).toBe(layer);
});
