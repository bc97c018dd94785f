import { expect, test } from "vitest";
import { readUdp } from "../../../../collectors/wire/ip/udp.ts";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { udp } from "../../../support/packets.ts";
import { layerOf, read } from "../link/layer.ts";

const TEREDO = layerOf("udpSourcePorts", 3544);
const datagram = (port: number, sport?: number): string => udp(Buffer.alloc(8), port, sport).toString("hex");

test.each([4789, 8472, 4790, 6081, 4754, 2152, 3544])("port %d names a tunnel", (port) => {
  const next = layerOf("udpPorts", port);
  expect(read(readUdp, datagram(port))).toMatchObject({ next, pos: 8, dstPort: port });
});

test("other ports name none", () => {
  expect(read(readUdp, datagram(53)).next).toBe(LAYER.done);
});

test("Teredo from either side, VXLAN only towards its port", () => {
  expect(read(readUdp, datagram(9, 3544)).next).toBe(TEREDO);
  expect(read(readUdp, datagram(9, 4789)).next).toBe(LAYER.done);
});

test("where it goes counts before where it comes from", () => {
  expect(read(readUdp, datagram(4789, 3544)).next).toBe(layerOf("udpPorts", 4789));
});

test("too few bytes are malformed", () => {
  expect(read(readUdp, "0035").weird).toBe("udp.short");
});
