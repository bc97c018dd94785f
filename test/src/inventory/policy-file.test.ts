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
  [
    one("when: { standing: shado }"),
    'policies.0.when.standing: Invalid option: expected one of "documented"|"shadow"|"zombie"|"orphan"|"unjudged" (policy a)',
  ],
  [one("when: { standing: [shadow, shado] }"), "policies.0.when.standing: Invalid option: expected one of"],
  [one("when: { auth: nonee }"), 'policies.0.when.auth: Invalid option: expected one of "none"|"basic"'],
  [one("when: { finding: shadw }"), "policies.0.when.finding: no such finding; known: shadow, zombie, ai"],
  [one("when: { drift: gone }"), "policies.0.when.drift: no such change; known: "],
  [one("when: { path: 7 }, notify: x"), "policies.0.notify: Invalid input"],
  ["policies: [null, 7]", "policies.1: Invalid input: expected object"],
  ["policies: 7", "policies: Invalid input: expected array"],
  ["7", "the file: Invalid input"],
  [
    `${one("when: { auth: none }")}${one("when: { auth: none }").split("\n")[1]}`,
    "the id a stands there twice",
  ],
  ["policies: [", "line 1: not YAML"],
])("%j is refused with its place", (text, detail) => {
  const read = readPolicies(text);
  expect(read.ok ? "" : read.weird.detail).toContain(detail);
});

test("every change that findings tell can be asked for, silence too", () => {
  expect(readPolicies(one("when: { drift: [silent, auth-weakened] }")).ok).toBe(true);
});

test("all that is wrong is told at once, but not without end", () => {
  const line = one("when: { auth: x }").split("\n")[1] ?? "";
  const read = readPolicies(`policies:\n${`${line}\n`.repeat(9)}`);
  const detail = read.ok ? "" : (read.weird.detail ?? "");
  expect(detail.match(/\(policy a\)/g)).toHaveLength(5);
  expect(detail).toMatch(/; and 4 more$/);
});

test("any text is refused, never thrown at", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readPolicies(text).ok).toBe(false);
    }),
  );
});
