// Each axis: what holds, since when, by whom or why, and what was before.
import { describe, expect, test } from "vitest";
import { axesOf, QUIET_DAYS } from "../../../src/inventory/axes.ts";
import { changed, unreviewed } from "../../../src/model/governance.ts";
import type { Endpoint, InventoryEvent } from "../../../src/model/inventory.ts";
import { anEndpoint, NOON, someFacts } from "../../support/builders.ts";

const DAY = 86_400_000;
const endpoint = anEndpoint({
  standing: "documented",
  standingReason: "GET /orders is listed in Shop 2.0",
  confidence: "confirmed",
  facts: someFacts({
    requests: 9,
    firstSeen: NOON,
    lastSeen: NOON + DAY,
    callers: [{ address: "10.0.0.1", agent: "", requests: 9, firstSeen: NOON, lastSeen: NOON + DAY }],
  }),
});
const about = { authority: endpoint.authority, method: "GET", path: "/orders", endpointId: endpoint.id };
const events: readonly InventoryEvent[] = [
  { ...about, id: "c", at: NOON + 3, type: "standing-changed", from: "shadow", to: "documented" },
  { ...about, id: "a", at: NOON, type: "endpoint-discovered", standing: "shadow" },
  { ...about, id: "b", at: NOON + 2, type: "confidence-changed", from: "candidate", to: "confirmed" },
];
const axes = (heardLast: number | null, of: Endpoint = endpoint) =>
  axesOf(of, { events, said: unreviewed(of.id), heardLast });

test("documentation: the document's word, since the upload, after shadow", () => {
  expect(axes(NOON).documentation).toEqual({
    state: "documented",
    since: NOON + 3,
    by: null,
    evidence: "GET /orders is listed in Shop 2.0",
    history: [
      { at: NOON, from: null, to: "shadow" },
      { at: NOON + 3, from: "shadow", to: "documented" },
    ],
  });
});

describe("traffic", () => {
  test("since it was sure, with what was heard", () => {
    expect(axes(NOON + 2 * DAY).traffic).toMatchObject({
      state: "confirmed",
      since: NOON + 2,
      evidence: expect.stringMatching(/^9 requests from 1 caller, last on \d{4}-\d\d-\d\d$/),
    });
  });
  test("quiet once nobody called for long while others did; noise never is", () => {
    const since = NOON + DAY + QUIET_DAYS * DAY;
    expect(axes(since - 1).traffic.state).toBe("confirmed");
    expect(axes(since).traffic).toMatchObject({ state: "quiet", since });
    expect(axes(since).traffic.history.at(-1)).toEqual({ at: since, from: "confirmed", to: "quiet" });
    expect(axes(since, { ...endpoint, confidence: "noise" }).traffic.state).toBe("noise");
    expect(axes(null).traffic.state).toBe("confirmed");
  });
  test("what was never heard says so", () => {
    const orphan = anEndpoint({ facts: null, standing: "orphan" });
    const known = { events: [], said: unreviewed(orphan.id), heardLast: NOON };
    expect(axesOf(orphan, known).traffic).toMatchObject({
      evidence: "never heard",
      since: null,
    });
  });
});

test("governance: who decided what, when and why", () => {
  const said = changed(unreviewed(endpoint.id), {
    at: NOON + 5,
    by: "ann",
    reason: "reviewed",
    field: "decision",
    to: "approved",
  });
  expect(axesOf(endpoint, { events, said, heardLast: null }).governance).toEqual({
    state: "approved",
    since: NOON + 5,
    by: "ann",
    evidence: "reviewed",
    history: [{ at: NOON + 5, from: "unreviewed", to: "approved" }],
  });
});
