// Every data class proves itself: its examples are found, its rejects are not, through the matcher as in production.
import { describe, expect, test } from "vitest";
import type { DataClass } from "../../src/digest/data-class.ts";
import { createDataClassMatcher } from "../../src/digest/leaves.ts";
import type { DataClassFacts } from "../../src/model/sighting.ts";
import { loadUnits, unitIds } from "../../src/ops/units.ts";

const FOLDER = new URL("../../src/digest/data-classes/", import.meta.url);
const units = await loadUnits<DataClass>(FOLDER);

function classesOf(unit: DataClass, text: string, field: string): readonly string[] {
  const found = new Map<string, DataClassFacts>();
  createDataClassMatcher([unit])
    .scanner("request.body", found)
    .scan(text, field, () => field);
  return [...found.values()].map(({ dataClass }) => dataClass);
}

test("every file is a unit, found by its name", async () => {
  expect([...units.keys()]).toEqual(await unitIds(FOLDER));
  expect(units.size).toBeGreaterThan(30);
});

describe.each([...units.values()])("$id", (unit) => {
  test("says where its form is defined", () => {
    expect(unit.reference).toMatch(/^https:\/\//);
    expect(unit.title).not.toBe("");
    expect(unit.examples.length).toBeGreaterThan(0);
    expect(unit.rejects.length).toBeGreaterThan(1);
  });

  test.each(unit.examples)("finds example %#", ({ text, field = "" }) => {
    expect(unit.hint.test(text)).toBe(true);
    expect(classesOf(unit, text, field)).toEqual([unit.id]);
  });

  test.each(unit.rejects)("passes over reject %#", ({ text, field = "" }) => {
    expect(unit.find(text, field) && unit.fields?.test(field) !== false && unit.hint.test(text)).toBe(false);
    expect(classesOf(unit, text, field)).toEqual([]);
  });

  test("hints keep no state and do not run away", () => {
    expect(unit.hint.flags).not.toMatch(/[gy]/);
    for (const text of ["1", "a", "A", "-", " ", "1-", "a@", "=", "eyJ"].map((piece) =>
      piece.repeat(8192 / piece.length),
    )) {
      expect(typeof (unit.hint.test(text) && unit.find(text, "number"))).toBe("boolean");
    }
  });
});
