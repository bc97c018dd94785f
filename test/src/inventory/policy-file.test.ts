// Policies from YAML: the starter set is valid, mistakes are named with their place.
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readPolicies } from "../../../src/inventory/policy-file.ts";

const STARTER = new URL("../../../config/policies.yaml", import.meta.url);

test("the starter set is read", async () => {
  const read = readPolicies(await readFile(STARTER, "utf8"));
  if (!read.ok) throw new Error(read.weird.detail);
  expect(read.value.policies.length).toBeGreaterThan(5);
  expect(read.value.policies[0]?.when.exposure).toEqual(["external"]);
});

const one = (more: string) => `policies:\n  - { id: a, title: A, severity: low, ${more} }\n`;
test.each([
  [one("when: { auth: none }, sverity: x"), 'policies.0: Unrecognized key: "sverity"'],
  [one("when: {}"), "policies.0.when: needs at least one condition"],
  [one("when: { standing: shado }"), "policies.0.when.standing: "],
  [
    `${one("when: { auth: none }")}${one("when: { auth: none }").split("\n")[1]}`,
    "the id a stands there twice",
  ],
  ["policies: [", "line 1: not YAML"],
])("%j is refused with its place", (text, detail) => {
  const read = readPolicies(text);
  expect(read.ok ? "" : read.weird.detail).toContain(detail);
});

test("any text is refused, never thrown at", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readPolicies(text).ok).toBe(false);
    }),
  );
});
