// The appendix explains every headline number.
import { expect, test } from "vitest";
import { DEFINITIONS } from "../../../../src/report/weekly/definitions.ts";

test("every word of the headline that is not plain is defined, once", () => {
  const terms = DEFINITIONS.map(({ term }) => term);
  for (const word of ["endpoint", "documented", "shadow", "zombie", "orphan", "AI", "unowned"]) {
    expect(terms.filter((term) => term === word)).toEqual([word]);
  }
});
