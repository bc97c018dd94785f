// Protobuf without a schema: what was encoded is found again as numbers, texts and messages; nonsense is named.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readProtobuf } from "../../../../collectors/wire/grpc/protobuf.ts";
import type { ProtoField } from "../../../../collectors/wire/grpc/protobuf.ts";
import { parsed } from "../../../../src/model/parsed.ts";

function varint(value: bigint): number[] {
  const out: number[] = [];
  for (; value > 127n; value >>= 7n) out.push(Number(value & 127n) | 128);
  return [...out, Number(value)];
}

function encode(fields: readonly ProtoField[]): number[] {
  return fields.flatMap(({ number, value }) => {
    const tag = (type: number) => varint((BigInt(number) << 3n) | BigInt(type));
    const counted = (bytes: readonly number[]) => [...tag(2), ...varint(BigInt(bytes.length)), ...bytes];
    switch (value.wire) {
      case "varint":
        return [...tag(0), ...varint(value.value)];
      case "fixed64":
        return [...tag(1), ...value.bytes];
      case "fixed32":
        return [...tag(5), ...value.bytes];
      case "text":
        return counted([...Buffer.from(value.text)]);
      case "bytes":
        return counted([...value.bytes]);
      case "message":
        return counted(encode(value.fields));
      case "group":
        return [...tag(3), ...encode(value.fields), ...tag(4)];
      default:
        return value satisfies never;
    }
  });
}

const number = fc.integer({ min: 1, max: 536_870_911 });
const scalar = fc.oneof(
  fc.record({ wire: fc.constant("varint" as const), value: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }) }),
  fc.record({ wire: fc.constant("fixed64" as const), bytes: fc.uint8Array({ minLength: 8, maxLength: 8 }) }),
  fc.record({ wire: fc.constant("fixed32" as const), bytes: fc.uint8Array({ minLength: 4, maxLength: 4 }) }),
  fc.record({ wire: fc.constant("text" as const), text: fc.stringMatching(/^[a-zé]{0,9}$/) }),
);
const group = fc.record({
  wire: fc.constant("group" as const),
  fields: fc.array(fc.record({ number, value: scalar })),
});

test("the example of the documentation", () => {
  const bytes = Buffer.from("08960112 0774657374696e67 1a03089601".replaceAll(" ", ""), "hex");
  expect(readProtobuf(bytes)).toEqual(
    parsed([
      { number: 1, value: { wire: "varint", value: 150n } },
      { number: 2, value: { wire: "text", text: "testing" } },
      {
        number: 3,
        value: { wire: "message", fields: [{ number: 1, value: { wire: "varint", value: 150n } }] },
      },
    ]),
  );
});

test("what was encoded is found again", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ number, value: fc.oneof(scalar, group) })), (fields) => {
      expect(readProtobuf(Uint8Array.from(encode(fields)))).toEqual(parsed(fields));
    }),
  );
});

test("a message of one text field is not mistaken for text", () => {
  const inner: ProtoField = {
    number: 1,
    value: { wire: "text", text: "a text of forty characters, so printable" },
  };
  const outer: ProtoField = { number: 1, value: { wire: "message", fields: [inner] } };
  expect(readProtobuf(Uint8Array.from(encode([outer])))).toEqual(parsed([outer]));
});

test("text, bytes and nothing", () => {
  const kinds = [[0xff, 0xfe], [...Buffer.from("\nline")], []].map((bytes) => {
    const read = readProtobuf(Uint8Array.from([0x0a, bytes.length, ...bytes]));
    return read.ok ? read.value[0]?.value.wire : read.weird.name;
  });
  expect(kinds).toEqual(["bytes", "text", "text"]);
});

test.each([
  ["field number 0", [0x00, 0x01], "protobuf.tag"],
  ["wire type 6", [0x0e], "protobuf.tag"],
  ["a cut varint", [0x08, 0x80], "protobuf.short"],
  ["an endless varint", [0x08, ...Array.from({ length: 11 }, () => 0x80)], "protobuf.varint"],
  ["a length beyond the end", [0x0a, 0x05, 0x01], "protobuf.short"],
  ["a group end without a start", [0x0c], "protobuf.group"],
  ["an open group", [0x0b, 0x10, 0x01], "protobuf.short"],
  ["groups without end", Array.from({ length: 40 }, () => 0x0b), "protobuf.depth"],
  ["too many fields", Array.from({ length: 10_000 }, (_, at) => (at % 2 === 0 ? 8 : 1)), "protobuf.limit"],
])("%s is named", (_, bytes, name) => {
  expect(readProtobuf(Uint8Array.from(bytes))).toEqual({ ok: false, weird: { name } });
});

test("nesting without end stays bounded", () => {
  let bytes: number[] = [];
  for (let depth = 0; depth < 1000; depth++) bytes = [0x0a, ...varint(BigInt(bytes.length)), ...bytes];
  expect(readProtobuf(Uint8Array.from(bytes)).ok).toBe(true);
});

test("any bytes never throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => readProtobuf(bytes)).not.toThrow();
    }),
    { numRuns: 1000 },
  );
});
