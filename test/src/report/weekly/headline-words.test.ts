// Every headline number has its word.
import { expect, test } from "vitest";
import { headlineNow } from "../../../../src/report/weekly/headline.ts";
import { HEADLINES } from "../../../../src/report/weekly/headline-words.ts";
import { aFrame } from "../../../support/weekly.ts";

test("none is missing, none twice", () => {
  expect(HEADLINES.map(({ key }) => key).sort()).toEqual(Object.keys(headlineNow(aFrame())).sort());
});
