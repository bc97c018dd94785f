import { expect, test } from "vitest";
import type { DataClass } from "../../../src/digest/data-class.ts";
import { createSieve } from "../../../src/digest/sieve.ts";

function aClass(id: string, unit: Partial<DataClass> = {}): DataClass {
  return {
    id,
    title: id,
    reference: "https://example.com",
    sensitivity: "personal",
    hint: new RegExp(id),
    find: () => true,
    examples: [],
    rejects: [],
    ...unit,
  };
}

const sieve = createSieve([
  aClass("any"),
  aClass("mail", { needs: ["@"] }),
  aClass("key", { needs: ["-_", "k"], shortest: 30 }),
]);
const left = (text: string): readonly string[] => sieve(text).units.map(({ id }) => id);

test.each([
  ["plain", ["any"]],
  ["a@b", ["any", "mail"]],
  ["k", ["any"]],
  ["k-", ["any", "key"]],
  ["_k@", ["any", "mail", "key"]],
  ["ключ@", ["any", "mail"]],
] as const)("%s may hold %j", (text, ids) => {
  expect(left(text)).toEqual(ids);
});

test("the shortest of those that are left counts; words without a digit must be long", () => {
  const keys = createSieve([aClass("key", { needs: ["k"], shortest: 30 }), aClass("x", { needs: ["x"] })]);
  expect(["k1", "x1", "kx1", "x", "none"].map((text) => keys(text).shortest)).toEqual([
    30,
    6,
    6,
    20,
    Infinity,
  ]);
});

test("the joint hint is that of the classes that are left", () => {
  expect([sieve("x@").hint("mail"), sieve("x").hint("mail"), sieve("x").hint("any")]).toEqual([
    true,
    false,
    true,
  ]);
});

test("more needs than there are bits: classes stay in", () => {
  const many = Array.from({ length: 40 }, (_, n) =>
    aClass(`u${n}`, { needs: [String.fromCharCode(48 + n)] }),
  );
  const kept = createSieve(many)("").units.map(({ id }) => id);
  expect(kept).not.toContain("u0");
  expect(kept).toContain("u39");
});
