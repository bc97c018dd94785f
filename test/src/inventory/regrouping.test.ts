// News of regrouping: what became part of what, and why.
import { describe, expect, test } from "vitest";
import { isOlder, mergedEvent, splitEvent } from "../../../src/inventory/regrouping.ts";
import { anEndpoint, someFacts } from "./an-endpoint.ts";

const reason = (feature: string, weight: number) => ({ feature, weight, text: `${feature} ${weight}` });
const why = [
  { segment: 0, decided: "literal" as const, by: "evidence", contributions: [reason("route word", -3)] },
  {
    segment: 1,
    decided: "variable" as const,
    by: "evidence",
    contributions: [reason("siblings", 2), reason("digits", -4)],
  },
];

describe("a merge", () => {
  const now = anEndpoint({ path: "/users/{userId}" });
  const rows = Array.from({ length: 20 }, (_, i) => anEndpoint({ path: `/users/u${i}` }));
  test("names its members within bounds, and the reasons of what changed, strongest first", () => {
    const event = mergedEvent(now, rows, why, 5);
    expect(event).toMatchObject({
      type: "endpoints-merged",
      at: 5,
      endpointId: now.id,
      path: "/users/{userId}",
      count: 20,
      evidence: [reason("digits", -4), reason("siblings", 2)],
    });
    if (event.type !== "endpoints-merged") throw new Error("a merge");
    expect(event.merged).toHaveLength(16);
    expect(event.merged[0]).toEqual({ endpointId: rows[0]?.id, path: "/users/u0" });
  });
  test("has the same id for the same news only", () => {
    expect(mergedEvent(now, rows, why, 5).id).toBe(mergedEvent(now, rows, [], 5).id);
    expect(mergedEvent(now, rows.slice(1), why, 5).id).not.toBe(mergedEvent(now, rows, why, 5).id);
  });
});

test("a split says from what, and why it is a route word", () => {
  const from = anEndpoint({ path: "/users/{userId}" });
  const ruled = { segment: 1, decided: "literal" as const, by: "pin", contributions: [] };
  expect(splitEvent(anEndpoint({ path: "/users/me" }), from, [ruled], 7)).toMatchObject({
    type: "endpoint-split",
    path: "/users/me",
    from: from.id,
    fromPath: "/users/{userId}",
    evidence: [{ feature: "pin", weight: 0 }],
  });
});

test("who was heard first is older; orphans are youngest", () => {
  const [early, late] = [
    anEndpoint({ facts: someFacts({ at: 1 }) }),
    anEndpoint({ path: "/x", facts: someFacts({ at: 2 }) }),
  ];
  expect([isOlder(early, late), isOlder(late, early)]).toEqual([true, false]);
  expect(isOlder(anEndpoint({ facts: null }), late)).toBe(false);
  expect(isOlder(early, early)).toBe(false);
});
