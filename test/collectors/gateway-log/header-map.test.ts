// Headers kept as an object become a list again.
import { expect, test } from "vitest";
import { headersOfMap } from "../../../collectors/gateway-log/header-map.ts";

test("one value, several, numbers; nothing else", () => {
  expect(
    headersOfMap({ Accept: ["a", "b"], Host: "c", "Content-Length": 5, ":path": "/", X: null, Y: [{}] }),
  ).toEqual([
    ["accept", "a"],
    ["accept", "b"],
    ["host", "c"],
    ["content-length", "5"],
  ]);
  expect([undefined, null, "x", ["a"]].map(headersOfMap)).toEqual([[], [], [], []]);
});

test("no more than a head may have", () => {
  expect(headersOfMap({ a: Array.from({ length: 1000 }, () => "x") })).toHaveLength(256);
});
