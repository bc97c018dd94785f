// HPACK blocks: the RFC's own examples, encoders of every habit, a start in the middle, hostile input.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHpackDecoder } from "../../../../collectors/wire/hpack/decoder.ts";
import type { HeaderBlock } from "../../../../collectors/wire/hpack/decoder.ts";
import type { Header } from "../../../../src/model/exchange.ts";
import { HpackEncoder, integer, string } from "./encode.ts";
import type { Choice } from "./encode.ts";

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
const pairs = (block: HeaderBlock) => block.fields.map(({ name, value }) => [name, value]);

const REQUESTS = [
  [
    [":method", "GET"],
    [":scheme", "http"],
    [":path", "/"],
    [":authority", "www.example.com"],
  ],
  [
    [":method", "GET"],
    [":scheme", "http"],
    [":path", "/"],
    [":authority", "www.example.com"],
    ["cache-control", "no-cache"],
  ],
  [
    [":method", "GET"],
    [":scheme", "https"],
    [":path", "/index.html"],
    [":authority", "www.example.com"],
    ["custom-key", "custom-value"],
  ],
];
const AT_21 = "Mon, 21 Oct 2013 20:13:21 GMT";
const AT_22 = "Mon, 21 Oct 2013 20:13:22 GMT";
const COOKIE = "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1";
const RESPONSES = [
  [
    [":status", "302"],
    ["cache-control", "private"],
    ["date", AT_21],
    ["location", "https://www.example.com"],
  ],
  [
    [":status", "307"],
    ["cache-control", "private"],
    ["date", AT_21],
    ["location", "https://www.example.com"],
  ],
  [
    [":status", "200"],
    ["cache-control", "private"],
    ["date", AT_22],
    ["location", "https://www.example.com"],
    ["content-encoding", "gzip"],
    ["set-cookie", COOKIE],
  ],
];

describe("RFC 7541, appendix C", () => {
  test.each([
    ["400a637573746f6d2d6b65790d637573746f6d2d686561646572", ["custom-key", "custom-header"]],
    ["040c2f73616d706c652f70617468", [":path", "/sample/path"]],
    ["100870617373776f726406736563726574", ["password", "secret"]],
    ["82", [":method", "GET"]],
  ])("C.2: %s", (block, field) => {
    expect(pairs(createHpackDecoder(true).decode(hex(block)))).toEqual([field]);
  });

  test.each([
    [
      "C.3: requests, plain",
      REQUESTS,
      [
        "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
        "8286 84be 5808 6e6f 2d63 6163 6865",
        "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65",
      ],
    ],
    [
      "C.4: requests, coded",
      REQUESTS,
      [
        "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
        "8286 84be 5886 a8eb 1064 9cbf",
        "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf",
      ],
    ],
    [
      "C.5: responses, plain, table of 256",
      RESPONSES,
      [
        "3fe101 4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
        "4803 3330 37c1 c0bf",
        "88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31",
      ],
    ],
    [
      "C.6: responses, coded, table of 256",
      RESPONSES,
      [
        "3fe101 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3",
        "4883 640e ffc1 c0bf",
        "88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07",
      ],
    ],
  ])("%s", (_, lists, blocks) => {
    const decoder = createHpackDecoder(true);
    expect(blocks.map((block) => decoder.decode(hex(block)))).toEqual(
      lists.map((list) => ({
        fields: list.map(([name, value]) => ({ name, value })),
        weird: null,
        cut: false,
      })),
    );
  });
});

const text = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("latin1"));
const header: fc.Arbitrary<Header> = fc.tuple(
  fc.oneof(fc.constantFrom(":path", ":status", "cookie", "x-a", "x-b"), text),
  fc.oneof(fc.constantFrom("GET", "/", "200", "a", "b"), text),
);
const choice: fc.Arbitrary<Choice> = fc.record({
  huffman: fc.boolean(),
  index: fc.constantFrom("add" as const, "plain" as const, "never" as const),
});
const block = fc.record({
  headers: fc.array(fc.tuple(header, choice), { maxLength: 12 }),
  resize: fc.option(fc.constantFrom(0, 64, 200, 4096, 65_536)),
});

function encodeAll(blocks: readonly { headers: [Header, Choice][]; resize: number | null }[]): Uint8Array[] {
  const encoder = new HpackEncoder();
  return blocks.map(({ headers, resize }) => {
    const update = resize === null ? [] : encoder.resize(resize);
    const fields = encoder.encode(
      headers.map(([header]) => header),
      (at) => headers[at]?.[1] ?? {},
    );
    return Uint8Array.from([...update, ...fields]);
  });
}

test("whatever an encoder chose, its headers come back", () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 8 }), (blocks) => {
      const decoder = createHpackDecoder(true);
      const read = encodeAll(blocks).map((bytes) => pairs(decoder.decode(bytes)));
      expect(read).toEqual(blocks.map(({ headers }) => headers.map(([header]) => [...header])));
    }),
  );
});

test("picked up in the middle, a field is right or unknown, never wrong", () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 8 }), fc.nat(8), (blocks, missed) => {
      const decoder = createHpackDecoder(false);
      const heard = encodeAll(blocks).slice(missed);
      heard.forEach((bytes, at) => {
        const headers = blocks[missed + at]?.headers ?? [];
        const { fields, weird } = decoder.decode(bytes);
        expect(weird).toBe(null);
        expect(fields).toHaveLength(headers.length);
        fields.forEach(({ name, value }, at) => {
          expect([null, headers[at]?.[0][0]]).toContain(name);
          expect([null, headers[at]?.[0][1]]).toContain(value);
        });
      });
    }),
  );
});

test("a block that was missed makes older entries unknown, later ones certain again", () => {
  const encoder = new HpackEncoder();
  const decoder = createHpackDecoder(true);
  decoder.decode(encoder.encode([["x-old", "1"]]));
  encoder.encode([["x-missed", "2"]]);
  decoder.lose();
  expect(
    pairs(
      decoder.decode(
        encoder.encode([
          ["x-old", "1"],
          ["x-new", "3"],
          [":method", "GET"],
        ]),
      ),
    ),
  ).toEqual([
    [null, null],
    ["x-new", "3"],
    [":method", "GET"],
  ]);
  expect(pairs(decoder.decode(encoder.encode([["x-new", "3"]])))).toEqual([["x-new", "3"]]);
});

test("a literal whose name is an unheard entry keeps its value and its position", () => {
  const encoder = new HpackEncoder();
  encoder.encode([["x-old", "1"]]);
  const decoder = createHpackDecoder(false);
  expect(pairs(decoder.decode(encoder.encode([["x-old", "2"]])))).toEqual([[null, "2"]]);
  expect(pairs(decoder.decode(encoder.encode([["x-old", "2"]])))).toEqual([[null, "2"]]);
});

describe("hostile blocks", () => {
  test.each([
    ["index 0", [0x80], "hpack.index"],
    ["an index nobody inserted", integer(62, 7, 0x80), "hpack.index"],
    ["a name nobody inserted", integer(70, 4, 0), "hpack.index"],
    ["an endless integer", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "hpack.integer"],
    ["a cut string", [0x40, 0x05, 0x61], "hpack.short"],
  ])("%s is named, and what came before is kept", (_, bytes, name) => {
    const { fields, weird } = createHpackDecoder(true).decode(Uint8Array.from([0x82, ...bytes]));
    expect(weird).toEqual({ name });
    expect(fields).toEqual([{ name: ":method", value: "GET" }]);
  });

  test("after an undecodable block the table is in doubt, not wrong", () => {
    const decoder = createHpackDecoder(true);
    decoder.decode(Uint8Array.from([0x40, ...string("x-a", false), ...string("1", false)]));
    decoder.decode(Uint8Array.from([0x80]));
    expect(decoder.decode(Uint8Array.from([0xbe])).fields).toEqual([{ name: null, value: null }]);
  });

  test("a bomb of references is cut at the list limit", () => {
    const decoder = createHpackDecoder(true);
    const long = Uint8Array.from([0x40, ...string("x", false), ...string("v".repeat(4000), false)]);
    decoder.decode(long);
    const { fields, cut, weird } = decoder.decode(new Uint8Array(65_536).fill(0xbe));
    expect(fields.length).toBe(Math.floor(262_144 / 4033));
    expect({ cut, weird }).toEqual({ cut: true, weird: { name: "hpack.list-limit" } });
  });

  test("any bytes, in any order, never throw", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 })), fc.boolean(), (blocks, heard) => {
        const decoder = createHpackDecoder(heard);
        for (const bytes of blocks)
          expect(decoder.decode(bytes).fields.length).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });

  test("mutated blocks never throw", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), fc.nat(), fc.nat(255), (blocks, at, value) => {
        const decoder = createHpackDecoder(true);
        for (const bytes of encodeAll(blocks)) {
          if (bytes.length > 0) bytes[at % bytes.length] = value;
          expect(() => decoder.decode(bytes)).not.toThrow();
        }
      }),
    );
  });
});
