// Decisions and what is remembered of them.
import { expect, test } from "vitest";
import { changed, MAX_HISTORY, notice, unreviewed } from "../../../src/model/governance.ts";

const said = { at: 5, by: "ann", reason: null };

test("a change is remembered, the same again is none", () => {
  const approved = changed(unreviewed("ep_1"), {
    ...said,
    field: "decision",
    to: "approved",
    reason: "ours",
  });
  expect(approved).toMatchObject({ decision: "approved", decidedAt: 5, decidedBy: "ann" });
  const owned = changed(approved, { ...said, field: "owner", to: "orders" });
  expect(owned.history).toEqual([
    { at: 5, by: "ann", reason: "ours", field: "decision", from: "unreviewed", to: "approved" },
    { at: 5, by: "ann", reason: null, field: "owner", from: null, to: "orders" },
  ]);
  expect(changed(owned, { ...said, field: "owner", to: "orders" })).toBe(owned);
});

test("history stays bounded, the newest stays", () => {
  let held = unreviewed("ep_1");
  for (let n = 0; n < MAX_HISTORY + 5; n++)
    held = changed(held, { ...said, field: "owner", to: `team-${n}` });
  expect(held.history).toHaveLength(MAX_HISTORY);
  expect(held.history.at(-1)?.to).toBe(`team-${MAX_HISTORY + 4}`);
});

test("a notice is news in the form of a finding that nobody has dealt with", () => {
  const told = { id: "a", rule: "test", title: "A", endpointId: "", authority: "", text: "hello" };
  expect(notice(told, 5)).toMatchObject({ ...told, severity: "info", state: "open", openedAt: 5, by: null });
});
