import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClassicReader, isClassic } from "../../../collectors/pcap/classic.ts";
import type { Packet } from "../../../collectors/wire/packet.ts";
import { packet, pcapFile, type PcapFormat, T0 } from "../../support/packets.ts";

interface Read {
  readonly packets: { at: number; text: string; original: number; linkType: number }[];
  readonly weirds: string[];
  readonly reader: ClassicReader;
}

function read(file: Buffer, step = file.length): Read {
  const packets: Read["packets"] = [];
  const weirds: string[] = [];
  const reader = new ClassicReader({
    packet: ({ at, bytes, originalLength, linkType }: Packet) =>
      packets.push({ at, text: Buffer.from(bytes).toString(), original: originalLength, linkType }),
    weird: (name) => weirds.push(name),
  });
  for (let at = 0; at < file.length; at += step) reader.push(file.subarray(at, at + step));
  reader.end();
  return { packets, weirds, reader };
}

const PACKETS = [
  packet(Buffer.from("first"), { at: T0 + 0.25 }),
  packet(Buffer.from(""), { at: T0 + 1 }),
  packet(Buffer.from("third"), { at: T0 + 2, originalLength: 1_500 }),
];
const record = (captured: number): Buffer => {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(captured, 8);
  header.writeUInt32LE(captured, 12);
  return header;
};

test.each<[string, PcapFormat]>([
  ["little-endian", {}],
  ["big-endian", { big: true }],
  ["nanoseconds", { nano: true }],
  ["big-endian nanoseconds", { big: true, nano: true }],
])("%s", (_name, format) => {
  expect(read(pcapFile(PACKETS, format))).toMatchObject({
    packets: [
      { at: T0 + 0.25, text: "first", original: 5, linkType: 1 },
      { at: T0 + 1, text: "", original: 0 },
      { at: T0 + 2, text: "third", original: 1_500 },
    ],
    weirds: [],
    reader: { lost: 0, broken: false, started: true },
  });
});

test("flags above the link type are not part of it", () => {
  expect(read(pcapFile(PACKETS, { linkType: 0x14000001 })).packets[0]?.linkType).toBe(1);
});

describe("files that lie or stop", () => {
  test("a record longer than any packet ends the file, without buffering", () => {
    const file = Buffer.concat([pcapFile(PACKETS), record(0xffffffff), Buffer.alloc(3_000_000)]);
    const { packets, weirds, reader } = read(file, 65_536);
    expect([packets.length, weirds, reader.broken]).toEqual([3, ["pcap.record-length"], true]);
    expect(reader.lost).toBeGreaterThan(2_999_000);
  });

  test("the longest record there is, is read", () => {
    const file = Buffer.concat([pcapFile([]), record(262_144), Buffer.alloc(262_144)]);
    expect(read(file, 10_000).packets[0]?.original).toBe(262_144);
  });

  test.each([
    ["in a record", 3, 18],
    ["in a record header", 5 + 10, 6],
  ])("cut %s: what is left is counted as lost", (_name, cut, lost) => {
    const file = pcapFile(PACKETS);
    const result = read(file.subarray(0, file.length - cut));
    expect([result.weirds, result.reader.lost]).toEqual([["pcap.truncated"], lost]);
  });

  test("not a capture", () => {
    expect(read(Buffer.from("GET / HTTP/1.1\r\n and some more text"))).toMatchObject({
      packets: [],
      weirds: ["pcap.header"],
      reader: { started: false, broken: true },
    });
  });
});

test("only classic magics are recognised", () => {
  const heads = [
    pcapFile([]),
    pcapFile([], { nano: true, big: true }),
    Buffer.from("0a0d0d0a", "hex"),
    Buffer.alloc(2),
  ];
  expect(heads.map(isClassic)).toEqual([true, true, false, false]);
});

// Whole records in a chunk are read past the library, cut ones by it: both must say the same.
test.each<PcapFormat>([{}, { nano: true }, { big: true }])("cuts do not matter, %j", (format) => {
  const file = pcapFile([...PACKETS, ...PACKETS, ...PACKETS], format);
  fc.assert(
    fc.property(fc.integer({ min: 4, max: file.length }), (step) => {
      expect(read(file, step).packets).toEqual(read(file).packets);
    }),
  );
});

test("any bytes behind a header are survived, and every byte is read or lost", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 4, max: 90 }), (noise, step) => {
      const file = Buffer.concat([pcapFile([]), noise]);
      const { packets, reader } = read(file, step);
      const taken = packets.reduce((sum, { original: _original, text: _text }) => sum + 16, 24);
      expect(reader.lost).toBeLessThanOrEqual(file.length - Math.min(taken, file.length) + 16);
    }),
  );
});
