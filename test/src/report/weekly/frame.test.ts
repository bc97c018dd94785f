// The frame of a week: who is in scope, what happened within, who was called.
import { describe, expect, test } from "vitest";
import {
  frameOf,
  isAi,
  isHeard,
  newsWithin,
  noteOf,
  wasCalled,
} from "../../../../src/report/weekly/frame.ts";
import { aFrame, anEvent, aRow, DAY, inputsOf, MONDAY, OPTIONS, WEEK_MS } from "../../../support/weekly.ts";

test("weeks and zones that do not exist have no frame", () => {
  expect(frameOf(inputsOf(), { ...OPTIONS, week: "2026-W60" })).toBeNull();
  expect(frameOf(inputsOf(), { ...OPTIONS, zone: "Nowhere" })).toBeNull();
});

test.each([
  [{ kind: "all" } as const, ["a.test", "b.test", "c.test"]],
  [{ kind: "team", name: "blue" } as const, ["b.test"]],
  [{ kind: "service", name: "c.test" } as const, ["c.test"]],
  [{ kind: "team", name: "nobody" } as const, []],
])("the scope %j", (scope, expected) => {
  const rows = [
    aRow({ authority: "c.test", owner: null }),
    aRow({ authority: "a.test" }),
    aRow({ authority: "b.test", owner: "blue" }),
  ];
  expect(aFrame({ rows }, { scope }).seen.map(({ row }) => row.authority)).toEqual(expected);
});

test("news are those of the week about what is in scope, oldest first", () => {
  const [row, other] = [aRow(), aRow({ authority: "other.test" })];
  const at = (when: number, of = row) => anEvent("status-found", of, { at: when, status: "200" });
  const events = [at(MONDAY + 2), at(MONDAY - 1), at(MONDAY + WEEK_MS), at(MONDAY), at(MONDAY + 1, other)];
  const frame = aFrame({ rows: [row], events });
  expect(frame.news.map((event) => event.at - MONDAY)).toEqual([0, 2]);
  expect(newsWithin(events, frame.previous, frame.byId).map((event) => event.at - MONDAY)).toEqual([-1]);
});

test("a week is over once it has ended", () => {
  expect(aFrame({}, { now: MONDAY + WEEK_MS - 1 }).isClosed).toBe(false);
  expect(aFrame({}, { now: MONDAY + WEEK_MS }).isClosed).toBe(true);
});

describe("called within the week", () => {
  const week = { name: "", from: MONDAY, to: MONDAY + WEEK_MS };
  test.each([
    [MONDAY - DAY, MONDAY - 1, false],
    [MONDAY - DAY, MONDAY, true],
    [MONDAY + WEEK_MS - 1, MONDAY + WEEK_MS * 2, true],
    [MONDAY + WEEK_MS, MONDAY + WEEK_MS, false],
    [null, null, false],
  ])("%s to %s: %s", (firstSeen, lastSeen, expected) => {
    expect(wasCalled({ firstSeen, lastSeen }, week)).toBe(expected);
  });
});

test("noise, pages and orphans are no heard APIs", () => {
  const frame = aFrame({
    rows: [
      aRow({ path: "/api" }),
      aRow({ path: "/noise", confidence: "noise" }),
      aRow({ path: "/page", category: "page" }),
      aRow({ path: "/orphan", standing: "orphan", facts: null }),
    ],
  });
  expect(frame.seen.filter(({ row, now }) => isHeard(row, now)).map(({ row }) => row.path)).toEqual(["/api"]);
  expect(isAi(null)).toBe(false);
});

test("notes link to the endpoint", () => {
  const row = aRow();
  expect(noteOf(row, "text", aFrame()).link).toBe(`http://127.0.0.1:8080/api/v1/endpoints/${row.id}`);
});
