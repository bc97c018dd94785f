// From first sight to resolved and back, with what people decided in between.
import { expect, test } from "vitest";
import type { HeldFinding } from "../../../src/inventory/finding-life.ts";
import { advanceFindings, decideFinding } from "../../../src/inventory/finding-life.ts";
import type { FindingRecord } from "../../../src/model/governance.ts";
import { NOON } from "../../support/builders.ts";

const endpoint = { id: "ep_1", authority: "shop.test" };
const DAY = 86_400_000;
const held: HeldFinding = {
  rule: "open-data",
  title: "Open data",
  severity: "medium",
  text: "auth none",
  notify: ["owner"],
  reviewWithinDays: 7,
};

function advance(known: readonly FindingRecord[], holding: readonly HeldFinding[], now: number) {
  return advanceFindings(endpoint, known, holding, now);
}
function only(records: readonly FindingRecord[]): FindingRecord {
  expect(records).toHaveLength(1);
  return records[0] as FindingRecord;
}

test("opens once, and the same evidence again says nothing", () => {
  const first = advance([], [held], NOON);
  const record = only(first.records);
  expect(record).toMatchObject({ state: "open", openedAt: NOON, reviewBy: NOON + 7 * DAY, reopened: 0 });
  expect(first.changes.map(({ turn }) => turn)).toEqual(["opened"]);
  expect(advance([record], [held], NOON + DAY)).toEqual({ records: [], changes: [] });
});

test("resolves when the evidence is gone, reopens when it returns", () => {
  const record = only(advance([], [held], NOON).records);
  const gone = advance([record], [], NOON + 1);
  expect(gone.changes).toMatchObject([
    { turn: "resolved", record: { state: "resolved", resolvedAt: NOON + 1 } },
  ]);
  const resolved = only(gone.records);
  expect(advance([resolved], [], NOON + 2).records).toEqual([]);
  const back = advance([resolved], [held], NOON + 3);
  expect(back.changes).toMatchObject([
    { turn: "reopened", record: { id: record.id, reopened: 1, openedAt: NOON + 3 } },
  ]);
});

test("accepted until a date: silent before, open behind", () => {
  const record = only(advance([], [held], NOON).records);
  const accepted = decideFinding(
    record,
    { to: "accepted", by: "ann", until: NOON + DAY, reason: "known" },
    NOON + 1,
  );
  if (accepted === null) throw new Error("it holds");
  expect(accepted).toMatchObject({ state: "accepted", reason: "known", by: "ann" });
  expect(advance([accepted], [held], NOON + DAY - 1).records).toEqual([]);
  expect(advance([accepted], [held], NOON + DAY).changes).toMatchObject([{ turn: "reopened" }]);
});

test("worse evidence is told, milder only kept", () => {
  const record = only(advance([], [held], NOON).records);
  const worse = advance([record], [{ ...held, severity: "critical" }], NOON + 1);
  expect(worse.changes).toMatchObject([{ turn: "worsened" }]);
  const milder = advance(worse.records, [{ ...held, severity: "low" }], NOON + 2);
  expect([milder.changes, milder.records[0]?.severity]).toEqual([[], "low"]);
});

test("what holds no more cannot be decided about", () => {
  const record = only(advance([], [held], NOON).records);
  const resolved = only(advance([record], [], NOON + 1).records);
  expect(decideFinding(resolved, { to: "acknowledged", by: "ann" }, NOON + 2)).toBeNull();
});
