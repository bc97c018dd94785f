// Records of names from traffic inherit nothing, whatever the names are.
import { expect, test } from "vitest";
import { bounded, count, named, PROTO_STAND_IN } from "../../../src/stream/schema-parts.ts";

test("the stand-in becomes the key it stands for", () => {
  const read = named(count).parse({ [PROTO_STAND_IN]: 1, plain: 2 });
  expect(Object.getPrototypeOf(read)).toBeNull();
  expect(Object.entries(read)).toEqual([
    ["__proto__", 1],
    ["plain", 2],
  ]);
});

test("a bounded map has its three parts", () => {
  expect(bounded(count).safeParse({ kept: {}, tau: null, rest: null }).success).toBe(true);
  expect(bounded(count).safeParse({ kept: {}, tau: -1, rest: null }).success).toBe(false);
});
