import { expect, test } from "vitest";
import { hash32 } from "../../../src/model/hash.ts";

test("the hash never changes: states on disk depend on it", () => {
  expect(["", "a", "id", "__proto__", "é"].map(hash32)).toMatchInlineSnapshot(`
    [
      2872998923,
      444641715,
      653190007,
      3182021803,
      3136788073,
    ]
  `);
});

test("short keys are spread over all high bits", () => {
  const tops = new Set(Array.from({ length: 512 }, (_, n) => hash32(`k${n}`) >>> 27));
  expect(tops.size).toBe(32);
});
