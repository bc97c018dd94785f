// Coverage says what could not be seen, also when nothing could.
import { expect, test } from "vitest";
import { coverageOf } from "../../../../src/report/weekly/coverage.ts";
import { aFrame, aRow, DAY, MONDAY } from "../../../support/weekly.ts";

const health = (collector: string, to: number | null) => ({
  collector,
  from: to,
  to,
  counters: { exchanges: 2 },
  weirds: {},
});

test("without collectors it says so", () => {
  expect(coverageOf(aFrame()).sentences).toEqual([
    "No collector has reported yet: this report says nothing about what the network carries.",
  ]);
});

test("silent collectors and encrypted services are named", () => {
  const rows = [aRow({ category: "encrypted", standing: "unjudged" })];
  const { sentences } = coverageOf(
    aFrame({ rows, health: [health("a", MONDAY + 1), health("b", MONDAY - DAY), health("c", null)] }),
  );
  expect(sentences).toEqual([
    "1 of 3 collectors heard traffic in or after this week; silent: b (last on 15 Nov 2026), c (never).",
    "1 service was called over connections that stayed encrypted: that they are called is known, what is asked there is not.",
    "a: 2 exchanges.",
    "b: 2 exchanges.",
    "c: 2 exchanges.",
    "Counters of collectors run since their start, not for this week alone.",
  ]);
});
