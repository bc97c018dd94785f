import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Packet } from "../../../collectors/wire/packet.ts";
import { PcapngReader } from "../../../collectors/wire/pcapng.ts";

type Order = "little" | "big";

function u32(order: Order, ...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    if (order === "big") bytes.writeUInt32BE(value >>> 0, index * 4);
    else bytes.writeUInt32LE(value >>> 0, index * 4);
  });
  return bytes;
}

function block(type: number, body: Buffer, order: Order = "little"): Buffer {
  const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
  const length = padded.length + 12;
  return Buffer.concat([u32(order, type, length), padded, u32(order, length)]);
}

const section = (order: Order = "little"): Buffer =>
  block(0x0a0d0d0a, Buffer.concat([u32(order, 0x1a2b3c4d, 1), Buffer.alloc(8, 0xff)]), order);
const ethernetInterface = (order: Order = "little"): Buffer =>
  block(1, u32(order, order === "big" ? 0x00010000 : 1, 0), order);
const enhanced = (text: string, at = 1_000_000, order: Order = "little"): Buffer =>
  block(6, Buffer.concat([u32(order, 0, 0, at, text.length, text.length + 2), Buffer.from(text)]), order);

interface Read {
  readonly packets: { at: number; text: string; original: number; linkType: number; interface: number }[];
  readonly keys: string[];
  readonly weirds: string[];
  readonly lost: number;
  readonly dropped: number[];
}

function read(file: Buffer, step = file.length): Read {
  const packets: Read["packets"] = [];
  const keys: string[] = [];
  const weirds: string[] = [];
  const dropped: number[] = [];
  const reader = new PcapngReader({
    packet: ({ at, bytes, originalLength, linkType, interface: index }: Packet) =>
      packets.push({
        at,
        text: Buffer.from(bytes).toString(),
        original: originalLength,
        linkType,
        interface: index,
      }),
    keylog: (text) => keys.push(text),
    weird: (name) => weirds.push(name),
    dropped: (more) => dropped.push(more),
  });
  for (let at = 0; at < file.length; at += step) reader.push(file.subarray(at, at + step));
  reader.end();
  return { packets, keys, weirds, dropped, lost: reader.lost };
}

const texts = (result: Read): string[] => result.packets.map(({ text }) => text);

describe("blocks", () => {
  test.each(["little", "big"] as const)("%s-endian packets carry time, lengths and link", (order) => {
    const file = Buffer.concat([section(order), ethernetInterface(order), enhanced("abc", 2_500_000, order)]);
    expect(read(file).packets).toEqual([{ at: 2_500, text: "abc", original: 5, linkType: 1, interface: 0 }]);
  });

  test("a new section forgets the interfaces and may change byte order", () => {
    const file = Buffer.concat([
      section(),
      ethernetInterface(),
      enhanced("one"),
      section("big"),
      enhanced("none", 0, "big"),
      ethernetInterface("big"),
      enhanced("two", 0, "big"),
    ]);
    const result = read(file);
    expect([texts(result), result.weirds]).toEqual([["one", "two"], ["pcapng.no-interface"]]);
  });

  test("simple and obsolete packets, unknown blocks skipped", () => {
    const obsolete = block(2, Buffer.concat([u32("little", 0, 0, 3_000, 3, 3), Buffer.from("old")]));
    const simple = block(3, Buffer.concat([u32("little", 6), Buffer.from("simple")]));
    const file = Buffer.concat([
      section(),
      ethernetInterface(),
      block(0x0bad, Buffer.alloc(8)),
      obsolete,
      simple,
    ]);
    expect(texts(read(file))).toEqual(["old", "simple"]);
  });

  test("a packet without time came after the one before it", () => {
    const simple = block(3, Buffer.concat([u32("little", 6), Buffer.from("simple")]));
    const file = Buffer.concat([section(), ethernetInterface(), enhanced("a", 7_000_000), simple]);
    expect(read(file).packets.map(({ at }) => at)).toEqual([7_000, 7_000]);
  });

  test.each(["little", "big"] as const)("%s-endian statistics tell of drops, in totals", (order) => {
    const option = (code: number, value: number): Buffer => {
      const bytes = u32(order, 0, 0, 0);
      if (order === "big") bytes.writeUInt32BE((code << 16) | 8);
      else bytes.writeUInt32LE((8 << 16) | code);
      if (order === "big") bytes.writeUInt32BE(value, 8);
      else bytes.writeUInt32LE(value, 4);
      return bytes;
    };
    const told = (...options: Buffer[]): Buffer =>
      block(5, Buffer.concat([u32(order, 0, 0, 0), ...options]), order);
    const file = Buffer.concat([
      section(order),
      told(option(5, 99)),
      ethernetInterface(order),
      told(option(4, 1_000), option(5, 3), option(7, 4)),
      told(option(5, 3), option(7, 14)),
      told(),
    ]);
    expect(read(file).dropped).toEqual([7, 10]);
  });

  test("TLS secrets are handed on, other secrets are not", () => {
    const secrets = (type: number): Buffer =>
      block(10, Buffer.concat([u32("little", type, 5), Buffer.from("KEYS\n")]));
    expect(read(Buffer.concat([section(), secrets(0x544c534b), secrets(1)])).keys).toEqual(["KEYS\n"]);
  });
});

describe("what is broken", () => {
  const good = Buffer.concat([section(), ethernetInterface(), enhanced("abc")]);
  test.each([
    ["no section", ethernetInterface(), "pcapng.no-section"],
    ["byte order", block(0x0a0d0d0a, Buffer.alloc(16)), "pcapng.byte-order"],
    [
      "length beyond any block",
      Buffer.concat([good, u32("little", 6, 0xfffffffc, 0)]),
      "pcapng.block-length",
    ],
    ["length no multiple of four", Buffer.concat([good, u32("little", 6, 33, 0)]), "pcapng.block-length"],
    ["trailer differs", Buffer.concat([good, u32("little", 7, 16, 0, 20)]), "pcapng.block-trailer"],
    [
      "data longer than block",
      Buffer.concat([good, block(6, u32("little", 0, 0, 0, 900, 900))]),
      "pcapng.packet-length",
    ],
    ["cut in a block", good.subarray(0, good.length - 3), "pcapng.truncated"],
  ])("%s", (_name, file, weird) => {
    expect(read(file).weirds).toEqual([weird]);
  });

  test("lost bytes are counted, and a claimed length is never buffered", () => {
    const file = Buffer.concat([good, u32("little", 6, 0xfffffffc, 0), Buffer.alloc(5_000)]);
    expect(read(file, 700)).toMatchObject({ weirds: ["pcapng.block-length"], lost: 5_012 });
  });
});

test("cuts do not matter", () => {
  const file = Buffer.concat([
    section(),
    ethernetInterface(),
    enhanced("abc"),
    enhanced("defgh"),
    enhanced(""),
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: file.length }), (step) => {
      expect(read(file, step)).toEqual(read(file));
    }),
  );
});

test("any bytes are survived", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(60), (noise, step) => {
      const file = Buffer.concat([section(), ethernetInterface(), Buffer.from(noise)]);
      expect(read(file, step + 1).lost).toBeLessThanOrEqual(file.length);
    }),
  );
});
