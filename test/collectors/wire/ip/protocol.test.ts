import { expect, test } from "vitest";
import { readIpProtocol } from "../../../../collectors/wire/ip/protocol.ts";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { layerOf, read } from "../link/layer.ts";

test.each([
  [6, LAYER.tcp],
  [17, LAYER.udp],
  [4, LAYER.ipv4],
  [41, LAYER.ipv6],
  [47, layerOf("udpPorts", 4754)],
  [137, layerOf("etherTypes", 0x8847)],
  [143, LAYER.ethernet],
  [50, LAYER.done],
  [1, LAYER.done],
])("protocol %d", (proto, layer) => {
  expect(read(readIpProtocol, "", proto).next).toBe(layer);
});
