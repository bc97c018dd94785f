// Documented, silent, drifted: each told once, of endpoints that had a past.
import { describe, expect, test } from "vitest";
import { driftOf, newlyDocumented, newlySilent } from "../../../../src/report/weekly/changes.ts";
import { aFrame, anEvent, aRow, DAY, MONDAY, WEEK_MS } from "../../../support/weekly.ts";

const LAST_MONTH = MONDAY - 4 * WEEK_MS;

test("what became documented says what it was", () => {
  const uploaded = aRow({ path: "/a", standing: "documented", firstSeen: LAST_MONTH });
  const called = aRow({ path: "/b", standing: "documented", specIds: ["spec_a"] });
  const rows = [
    uploaded,
    called,
    aRow({ path: "/c", standing: "documented", firstSeen: LAST_MONTH }),
    aRow({ path: "/d", standing: "documented" }),
  ];
  const events = [anEvent("standing-changed", uploaded, { at: MONDAY, from: "shadow", to: "documented" })];
  const documents = [{ id: "spec_a", title: "Shop", uploadedAt: LAST_MONTH }];
  expect(newlyDocumented(aFrame({ rows, events, documents })).map(({ path, text }) => [path, text])).toEqual([
    ["/a", "was shadow: no document lists it"],
    ["/b", "was documented and is called now: no document lists it"],
  ]);
});

test("a zombie falls silent once, in the first week without a call", () => {
  const rows = [
    aRow({ path: "/now", standing: "zombie", firstSeen: LAST_MONTH, lastSeen: MONDAY - DAY }),
    aRow({ path: "/before", standing: "zombie", firstSeen: LAST_MONTH, lastSeen: MONDAY - 9 * DAY }),
    aRow({ path: "/called", standing: "zombie", firstSeen: LAST_MONTH, lastSeen: MONDAY }),
    aRow({ path: "/fine", standing: "documented", firstSeen: LAST_MONTH, lastSeen: MONDAY - DAY }),
  ];
  expect(newlySilent(aFrame({ rows })).map(({ path, text }) => [path, text])).toEqual([
    ["/now", "last called on 15 Nov 2026: it can be switched off when it stays silent"],
  ]);
});

describe("drift", () => {
  const known = aRow({ path: "/known", standing: "documented", firstSeen: LAST_MONTH });
  const fresh = aRow({ path: "/fresh", standing: "documented" });
  const rows = [known, fresh];

  test("is told of endpoints that were known, the worst first", () => {
    const events = [known, fresh].flatMap((row) => [
      anEvent("status-found", row, { at: MONDAY, status: "500" }),
      anEvent("data-class-found", row, {
        at: MONDAY,
        dataClass: "iban",
        place: "response.body",
        field: "iban",
      }),
      anEvent("auth-found", row, { at: MONDAY, scheme: "none" }),
    ]);
    const { by_severity, items } = driftOf(aFrame({ rows, events }));
    expect(items.map(({ path, kind, text }) => [path, kind, text])).toEqual([
      ["/known", "auth-weakened", "answers requests without a credential now"],
      ["/known", "data-class-added", "iban found in response.body (iban)"],
      ["/known", "status-added", "answered 500 for the first time"],
    ]);
    expect(by_severity).toEqual({ high: 1, medium: 1, info: 1 });
  });

  test("found elsewhere joins in when it is of this week and in scope", () => {
    const record = {
      endpointId: known.id,
      at: MONDAY,
      severity: "low",
      kind: "field-removed",
      text: "x",
    } as const;
    const drift = [record, { ...record, at: MONDAY - 1 }, { ...record, endpointId: "ep_other" }];
    expect(driftOf(aFrame({ rows, drift })).items.map(({ kind }) => kind)).toEqual(["field-removed"]);
  });
});

test("a finding of drift goes before the single event that says the same", () => {
  const row = aRow({ firstSeen: LAST_MONTH, standing: "documented" });
  const events = [anEvent("status-found", row, { at: MONDAY + 1, status: "500" })];
  const record = { severity: "info", endpointId: row.id, text: "tested", closedAt: null } as const;
  const findings = [
    { ...record, rule: "drift.status-new", openedAt: MONDAY + 2 },
    { ...record, rule: "drift.field-gone", openedAt: LAST_MONTH },
  ];
  const { items } = driftOf(aFrame({ rows: [row], events, findings }));
  expect(items.map(({ kind, text }) => [kind, text])).toEqual([["status-new", "tested"]]);
});
