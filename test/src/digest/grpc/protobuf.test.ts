// Protobuf without a schema: what was encoded is found again, what counted bytes may be is told, nonsense is named.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readProtobuf } from "../../../../src/digest/grpc/protobuf.ts";
import type { ProtoField } from "../../../../src/digest/grpc/protobuf.ts";
import { parsed } from "../../../../src/model/parsed.ts";
import { proto } from "./encode.ts";
import type { Message, Value } from "./encode.ts";

/** What a field may be: "text", "message", both or neither. */
function mayBe(value: Value): string {
  const read = readProtobuf(proto([[1, value]]));
  const held = read.ok ? read.value[0]?.value : undefined;
  if (held?.wire !== "counted") return held?.wire ?? "nothing";
  return [held.text === null ? "" : "text", held.fields === null ? "" : "message"].join(" ").trim();
}

test("the example of the documentation", () => {
  const bytes = Buffer.from("08960112 0774657374696e67 1a03089601".replaceAll(" ", ""), "hex");
  expect(readProtobuf(bytes)).toEqual(
    parsed([
      { number: 1, value: { wire: "varint", value: 150n } },
      { number: 2, value: { wire: "counted", text: "testing", fields: null } },
      {
        number: 3,
        value: {
          wire: "counted",
          text: null,
          fields: [{ number: 1, value: { wire: "varint", value: 150n } }],
        },
      },
    ]),
  );
});

test.each<[string, Value, string]>([
  ["prose", "What is the capital of France?", "text"],
  ["a message with a number", [[1, 150]], "message"],
  ["a message of one short text", [[2, "hello"]], "message"],
  // Its tag and its length are characters.
  ["a message of one UUID", [[5, "550e8400-e29b-41d4-a716-446655440000"]], "text message"],
  ["two letters that happen to be a tag and a number", "hi", "text message"],
  ["nothing", "", "text message"],
  ["packed numbers", Uint8Array.from([1, 2, 3]), ""],
  ["eight bytes", { fixed: 8 }, "fixed64"],
  ["four bytes", { fixed: 4 }, "fixed32"],
])("%s", (_, value, told) => {
  expect(mayBe(value)).toBe(told);
});

const number = fc.integer({ min: 1, max: 536_870_911 });
const scalar = fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  fc.stringMatching(/^[a-zé ]{0,20}$/),
  fc.constantFrom({ fixed: 4 } as const, { fixed: 8 } as const),
);
const messages: fc.Arbitrary<Message> = fc.array(
  fc.tuple(number, fc.oneof(scalar, fc.array(fc.tuple(number, scalar), { minLength: 1 }))),
);

/** A message as it was written, read back by someone who knows its schema. */
function known(fields: readonly ProtoField[], schema: Message): unknown {
  return schema.map(([, kind], at) => {
    const { number, value } = fields[at] ?? { number: -1, value: null };
    if (value?.wire === "varint") return [number, value.value];
    if (value?.wire !== "counted") return [number, { fixed: value?.wire === "fixed64" ? 8 : 4 }];
    return [number, Array.isArray(kind) ? known(value.fields as readonly ProtoField[], kind) : value.text];
  });
}

test("what was encoded is found again", () => {
  fc.assert(
    fc.property(messages, (message) => {
      const read = readProtobuf(proto(message));
      expect(read.ok && read.value.length).toBe(message.length);
      expect(read.ok && known(read.value, message)).toEqual(message);
    }),
  );
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

test("nesting without end stays bounded, and is not called a message", () => {
  let message: Message = [];
  for (let depth = 0; depth < 1000; depth++) message = [[1, message]];
  const read = readProtobuf(proto(message));
  expect(read.ok).toBe(true);
});

test("any bytes never throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => readProtobuf(bytes)).not.toThrow();
    }),
    { numRuns: 1000 },
  );
});
