import { describe, expect, test } from "vitest";
import {
  readGeneve,
  readGtp,
  readTeredo,
  readUdp,
  readVxlan,
  readVxlanGpe,
} from "../../../../collectors/wire/ip/udp.ts";
import { Cursor, LAYER, type LayerReader } from "../../../../collectors/wire/link/cursor.ts";
import { udp } from "../../../support/packets.ts";

function read(reader: LayerReader, bytes: Buffer): Cursor & { next: number } {
  const cursor = new Cursor();
  cursor.reset(bytes, bytes.length);
  return Object.assign(cursor, { next: reader(cursor) });
}
const hex = (text: string, behind = 60): Buffer =>
  Buffer.concat([Buffer.from(text.replaceAll(" ", ""), "hex"), Buffer.alloc(behind, 0x60)]);

describe("ports name tunnels", () => {
  test.each([
    [4789, LAYER.vxlan],
    [8472, LAYER.vxlan],
    [4790, LAYER.vxlanGpe],
    [6081, LAYER.geneve],
    [4754, LAYER.gre],
    [2152, LAYER.gtp],
    [3544, LAYER.teredo],
    [53, LAYER.done],
  ])("%d", (port, layer) => {
    expect(read(readUdp, udp(Buffer.alloc(8), port))).toMatchObject({ next: layer, pos: 8, dstPort: port });
  });

  test("Teredo from either side, VXLAN only towards its port", () => {
    expect(read(readUdp, udp(Buffer.alloc(8), 9, 3544)).next).toBe(LAYER.teredo);
    expect(read(readUdp, udp(Buffer.alloc(8), 9, 4789)).next).toBe(LAYER.done);
  });
});

describe("headers", () => {
  test.each<[string, LayerReader, Buffer, number, number]>([
    ["VXLAN", readVxlan, hex("08000000 00002a00"), LAYER.ethernet, 8],
    ["VXLAN-GPE with IPv4", readVxlanGpe, hex("0c000001 00002a00"), LAYER.raw, 8],
    ["VXLAN-GPE with NSH", readVxlanGpe, hex("0c000004 00002a00"), LAYER.done, 0],
    ["GENEVE with 252 octets of options", readGeneve, hex("3f00 6558 00002a00", 300), LAYER.etherType, 260],
    ["GENEVE of another version", readGeneve, hex("4000 6558 00002a00"), LAYER.done, 0],
    ["Teredo bare", readTeredo, hex("", 60), LAYER.ipv6, 0],
    ["Teredo with origin", readTeredo, hex("0000 0000 00000000"), LAYER.ipv6, 8],
    ["not Teredo", readTeredo, Buffer.alloc(60, 0x11), LAYER.done, 0],
    ["GTP-U", readGtp, hex("30ff 0000 00000001"), LAYER.raw, 8],
    ["GTP control", readGtp, hex("3001 0000 00000001"), LAYER.done, 0],
  ])("%s", (_name, ...[reader, bytes, next, pos]) => {
    const cursor = read(reader, bytes);
    expect([cursor.next, cursor.pos]).toEqual([next, pos]);
  });

  test("a GTP extension header of no length ends the packet", () => {
    expect(read(readGtp, hex("34ff 0000 00000001 00000085 00")).weird).toBe("tunnel.gtp");
  });

  test("networks are remembered as tags", () => {
    expect(read(readVxlan, hex("08000000 00002a00")).scope).not.toBe(
      read(readVxlan, hex("08000000 00002b00")).scope,
    );
  });
});
