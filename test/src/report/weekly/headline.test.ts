// Headline numbers at the ends of weeks, and the trend that leads there.
import { expect, test } from "vitest";
import { headlineBefore, headlineNow, trendOf, TREND_WEEKS } from "../../../../src/report/weekly/headline.ts";
import { NO_AI } from "../../../../src/model/inventory.ts";
import { aFrame, anEvent, aRow, MONDAY, WEEK_MS } from "../../../support/weekly.ts";

const old = aRow({ path: "/old", standing: "documented", firstSeen: MONDAY - 3 * WEEK_MS });
const rows = [
  old,
  aRow({ path: "/new", owner: null }),
  aRow({ path: "/chat", authority: "ai.test", ai: { ...NO_AI, verdict: "likely", kind: "chat-completion" } }),
  aRow({ path: "/noise", confidence: "noise" }),
  aRow({ path: "/planned", standing: "orphan", specIds: ["spec_a"], facts: null }),
];
const frame = aFrame({
  rows,
  documents: [{ id: "spec_a", title: "Shop 1", uploadedAt: MONDAY - 1 }],
  events: [anEvent("standing-changed", old, { at: MONDAY + 5, from: "shadow", to: "documented" })],
});

test("counts at the end of the week and at its begin", () => {
  expect(headlineNow(frame)).toEqual({
    endpoints: 3,
    documented: 1,
    shadow: 2,
    zombie: 0,
    orphan: 1,
    ai: 1,
    unowned: 1,
    services: 2,
  });
  expect(headlineBefore(frame)).toMatchObject({
    endpoints: 1,
    documented: 0,
    shadow: 1,
    orphan: 1,
    services: 1,
  });
});

test("a closed report's figures go before what can be worked out now", () => {
  const closed = new Map([["2026-W46", { ...headlineNow(frame), endpoints: 99 }]]);
  const again = aFrame({ rows, closed });
  expect(headlineBefore(again).endpoints).toBe(99);
  expect(trendOf(again).slice(-2)).toMatchObject([
    { week: "2026-W46", from: "closed", endpoints: 99 },
    { week: "2026-W47", from: "events", endpoints: 3 },
  ]);
});

test("the trend is twelve weeks, this one last", () => {
  const trend = trendOf(frame);
  expect(trend).toHaveLength(TREND_WEEKS);
  expect(trend.map(({ endpoints }) => endpoints)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 3]);
  expect(trend.map(({ week }) => week).slice(-3)).toEqual(["2026-W45", "2026-W46", "2026-W47"]);
});
