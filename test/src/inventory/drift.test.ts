// Drift as a conversation: what an endpoint did for days, what it does now, and what is said of it.
import { describe, expect, test } from "vitest";
import { driftOf, silence } from "../../../src/inventory/drift.ts";
import type { Times } from "./a-history.ts";
import { aHistory, DAY } from "./a-history.ts";

/** Three days as they always were. */
const usual = (over: Partial<Times> = {}): readonly Times[] => [0, 1, 2].map((day) => ({ day, ...over }));
const drift = (...times: readonly Times[]) =>
  driftOf("ep_a", aHistory(...times)).map(
    ({ category, location, severity }) => `${severity} ${category} ${location}`,
  );

describe("a change is told once, for who must cope with it", () => {
  test.each<[string, readonly Times[], readonly string[]]>([
    ["nothing changed", [...usual(), { day: 3 }], []],
    ["a new field", [...usual(), { day: 3, got: { id: 1, x: 1 } }], ["info field-new response.body x"]],
    [
      "a field is gone",
      [...usual({ got: { id: 1, x: 1 } }), { day: 3 }],
      ["error field-gone response.body x"],
    ],
    [
      "a field is there no longer always",
      [...usual({ got: { id: 1, x: 1 } }), { day: 3, got: { id: 1, x: 1 } }, { day: 3, count: 20 }],
      ["error field-optional response.body x"],
    ],
    ["another kind", [...usual(), { day: 3, got: { id: "a" } }], ["error kind-new response.body id: string"]],
    ["null appears", [...usual(), { day: 3, got: { id: null } }], ["error kind-new response.body id: null"]],
    [
      "clients send another kind",
      [...usual({ sent: { a: 1 } }), { day: 3, sent: { a: "x" } }],
      ["warn kind-gone request.body a: integer", "info kind-new request.body a: string"],
    ],
    ["a new status", [...usual(), { day: 3 }, { day: 3, count: 5, status: 409 }], ["info status-new 409"]],
    [
      "a new media type",
      [...usual(), { day: 3, count: 5, type: "application/hal+json" }],
      ["info media-type-new application/hal+json"],
    ],
    [
      "no credentials needed any more",
      [...usual(), { day: 3, count: 4, authorization: null }],
      ["critical auth-weakened request"],
    ],
    [
      "failures rise",
      [
        ...usual(),
        { day: 0, count: 3, status: 500 },
        { day: 3, count: 60 },
        { day: 3, count: 40, status: 500 },
      ],
      ["warn status-mix status"],
    ],
    [
      "a field is needed now",
      [
        ...usual({ sent: { a: 1 } }),
        { day: 0, count: 3, status: 400 },
        { day: 3, sent: { a: 1, b: 2 } },
        { day: 3, count: 30, status: 400, sent: { a: 1 } },
      ],
      ["error field-required request.body b", "warn status-mix status"],
    ],
  ])("%s", (_what, times, expected) => {
    expect(drift(...times)).toEqual(expected);
  });
});

describe("nothing is told", () => {
  test.each<[string, readonly Times[]]>([
    [
      "while the past is being learned",
      [
        { day: 0, count: 150 },
        { day: 3, got: { id: "a" } },
      ],
    ],
    [
      "of a past shorter than a day",
      [
        { day: 0, count: 300 },
        { day: 1, got: { id: "a" } },
      ],
    ],
    ["of one exchange", [...usual(), { day: 3, count: 1, got: { id: 1, x: 1 } }, { day: 3 }]],
    ["of a field one client saw", [...usual(), { day: 3, got: { id: 1, x: 1 }, clients: ["10.0.0.1"] }]],
    [
      "of a rare field that is missing",
      [...usual(), { day: 1, count: 10, got: { id: 1, x: 1 } }, { day: 3 }],
    ],
  ])("%s", (_what, times) => {
    expect(drift(...times)).toEqual([]);
  });
});

test("a finding says since when, and keeps its id", () => {
  const history = aHistory(...usual(), { day: 3, got: { id: "a" } }, { day: 4, got: { id: "a" } });
  const [finding] = driftOf("ep_a", history);
  expect(finding).toMatchObject({ since: 3 * DAY, probe: false });
  expect(driftOf("ep_b", history)[0]?.id).not.toBe(finding?.id);
});

test("what is a week old is how it is", () => {
  const days = Array.from({ length: 9 }, (_, at) => ({ day: 3 + at, got: { id: "a" } }));
  expect(drift(...usual(), ...days)).toEqual([]);
});

describe("silence", () => {
  const busy = aHistory(...Array.from({ length: 14 }, (_, day) => ({ day, count: 50 })));
  test.each([
    [14, 14, null],
    [17, 17, "warn"],
    [17, 14, null],
  ])("on day %d, the service last heard on day %d: %s", (now, alive, severity) => {
    const said = silence("ep_a", busy, { now: now * DAY, serviceLastSeen: alive * DAY });
    expect(said?.severity ?? null).toBe(severity);
  });
  test.each([
    ["one burst", [0, 1]],
    ["a burst on two mornings", [0, 13]],
  ])("of %s is none", (_what, days) => {
    const bursts = aHistory(...days.map((day) => ({ day, count: 400 })));
    expect(silence("ep_a", bursts, { now: 40 * DAY, serviceLastSeen: 40 * DAY })).toBeNull();
  });
  test("of what is quiet every weekend is none", () => {
    const working = aHistory(
      ...Array.from({ length: 28 }, (_, day) => day)
        .filter((day) => (day + 4) % 7 > 0 && (day + 4) % 7 < 6)
        .map((day) => ({ day, count: 30 })),
    );
    const last = Math.max(...Object.keys(working.days).map(Number));
    expect((last + 4) % 7).toBe(3);
    expect(silence("ep_a", working, { now: (last + 1) * DAY, serviceLastSeen: (last + 1) * DAY })).toBeNull();
  });
});
