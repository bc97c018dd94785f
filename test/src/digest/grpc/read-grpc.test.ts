// gRPC bodies as shapes: by field number, merged over messages, nothing claimed that a value ruled out.
import * as fc from "fast-check";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readGrpc } from "../../../../src/digest/grpc/read-grpc.ts";
import type { Body } from "../../../../src/model/exchange.ts";
import { canonicalJson } from "../../../../src/model/canonical.ts";
import type { Shape } from "../../../../src/model/shape.ts";
import { joinShape, PROTO_BITS } from "../../../../src/model/shape.ts";
import { frame, frames, proto } from "./encode.ts";
import type { Message } from "./encode.ts";

type Recorded = Extract<Body, { readonly kind: "recorded" }>;

function aBody(bytes: Uint8Array, complete = true): Recorded {
  return { kind: "recorded", bytes, size: bytes.length, complete };
}

function shapeOf(...messages: readonly Message[]): Shape {
  return readGrpc(aBody(frames(...messages)), "application/grpc", [], null).shape ?? { count: 0 };
}

/** What a field is thought to be. */
function kindsOf(shape: Shape, field: number): string {
  const held = shape.object?.fields.kept[String(field)];
  const kinds = (["number", "string", "object"] as const).filter((kind) => held?.[kind] !== undefined);
  const many = ((held?.proto ?? 0) & PROTO_BITS.repeated) === 0 ? "" : " repeated";
  return `${kinds.join(" or ") || "bytes"}${many}`;
}

test("fields are described by number, with how many messages had them", () => {
  const shape = shapeOf(
    [
      [1, "What is the capital of France?"],
      [2, 5_000_000_000n],
      [3, [[1, "Hello, how are you?"]]],
    ],
    [
      [1, "And of Spain, the neighbour?"],
      [4, Uint8Array.from([0xff, 0xfe])],
      [4, Uint8Array.from([0xff])],
      [5, { fixed: 8 }],
    ],
  );
  expect(shape.count).toBe(2);
  expect(shape.object?.fields.kept["1"]).toMatchObject({ count: 2, string: { count: 2, minLength: 16 } });
  expect(shape.object?.fields.kept["2"]).toMatchObject({
    count: 1,
    number: { fits: "int53", integer: true },
  });
  expect(shape.object?.fields.kept["3"]?.object?.fields.kept["1"]).toMatchObject({ string: { count: 1 } });
  expect([1, 2, 3, 4, 5].map((field) => kindsOf(shape, field))).toEqual([
    "string",
    "number",
    "object",
    "bytes repeated",
    "number",
  ]);
});

test("negative numbers are what 64 bits of two's complement say", () => {
  expect(shapeOf([[1, -1]]).object?.fields.kept["1"]?.number).toMatchObject({ fits: "int32", integer: true });
});

const UUID = "550e8400-e29b-41d4-a716-446655440000";

describe("a field that one value leaves open is settled by the next", () => {
  test.each<[string, readonly Message[], string]>([
    ["two letters may be a message", [[[1, "hi"]]], "string or object"],
    ["with a longer text they are text", [[[1, "hi"]], [[1, "good morning"]]], "string"],
    ["a UUID alone in a message looks like text", [[[1, [[5, UUID]]]]], "string or object"],
    ["with a short text in another it is a message", [[[1, [[5, UUID]]]], [[1, [[5, "abc"]]]]], "object"],
    ["what is neither is bytes", [[[1, "good morning"]], [[1, [[5, "abc"]]]]], "bytes"],
    ["nothing says nothing", [[[1, ""]], [[1, [[5, "abc"]]]]], "object"],
  ])("%s", (_, messages, told) => {
    expect(kindsOf(shapeOf(...messages), 1)).toBe(told);
    const apart = messages.map((message) => shapeOf(message));
    expect(canonicalJson(apart.reduce((a, b) => joinShape(a, b)))).toBe(canonicalJson(shapeOf(...messages)));
  });
});

describe("what becomes of a body", () => {
  const message = proto([[1, "good morning"]]);
  test.each<[string, Uint8Array, string, [outcome: string, count: number | null]]>([
    ["whole", frame(message), "application/grpc+proto", ["shaped", 1]],
    ["compressed", frame(gzipSync(message), 1), "application/grpc", ["shaped", 1]],
    [
      "cut",
      Buffer.concat([frame(message), frame(message).subarray(0, 9)]),
      "application/grpc",
      ["truncated", 2],
    ],
    ["of another codec", frame(Buffer.from("{}")), "application/grpc+json", ["unread", 1]],
    ["no gRPC", Buffer.from("<html></html>"), "application/grpc", ["unparsed", null]],
    ["no protobuf", frame(Uint8Array.from([7, 7, 7])), "application/grpc", ["unparsed", 1]],
    [
      "gRPC-Web",
      Buffer.concat([frame(message), frame(Buffer.from("grpc-status:0"), 0x80)]),
      "application/grpc-web+proto",
      ["shaped", 1],
    ],
    [
      "gRPC-Web as text",
      Buffer.from(Buffer.from(frame(message)).toString("base64")),
      "application/grpc-web-text",
      ["shaped", 1],
    ],
  ])("%s", (_, bytes, essence, told) => {
    const read = readGrpc(aBody(bytes), essence, [["grpc-encoding", "gzip"]], null);
    expect([read.outcome, read.count]).toEqual(told);
  });
});

test("texts are looked at under their field numbers, in nested messages too", () => {
  const seen: string[] = [];
  const leaves = {
    scan: (text: string, _: string, path: () => string) => void seen.push(`${path()}=${text}`),
    wantsNumber: () => false,
  };
  const body = frames([
    [1, "good morning"],
    [
      2,
      [
        [3, "jane@example.com"],
        [4, 1],
      ],
    ],
  ]);
  readGrpc(aBody(body), "application/grpc", [], leaves);
  expect(seen).toEqual(["1=good morning", "2.3=jane@example.com"]);
});

test("any bytes give a shape or none, and shapes join in any order to the same", () => {
  const any = fc.uint8Array({ maxLength: 60 }).map((bytes) => frame(bytes));
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 6 }), (bodies) => {
      const shapes = bodies.flatMap(
        (body) => readGrpc(aBody(body), "application/grpc", [], null).shape ?? [],
      );
      const whole = readGrpc(aBody(Buffer.concat(bodies)), "application/grpc", [], null).shape;
      expect(whole === null).toBe(shapes.length === 0);
      if (whole === null) return;
      const forth = shapes.reduce((a, b) => joinShape(a, b));
      expect(canonicalJson(shapes.reduceRight((a, b) => joinShape(a, b)))).toBe(canonicalJson(forth));
      expect(canonicalJson(whole)).toBe(canonicalJson(forth));
    }),
    { numRuns: 500 },
  );
});
