// What people decided goes along with merges and splits, and back when they are undone.
import fc from "fast-check";
import { expect, test } from "vitest";
import { idsOf, movedGovernance } from "../../../src/model/governance-moves.ts";
import type { Governance } from "../../../src/model/governance.ts";
import { changed, unreviewed } from "../../../src/model/governance.ts";

const NONE = { merged: [], returned: [], splits: [] };

const words = fc.oneof(
  fc.record({
    field: fc.constant("decision" as const),
    to: fc.constantFrom("approved" as const, "ignored" as const, "unreviewed" as const),
  }),
  fc.record({ field: fc.constant("owner" as const), to: fc.constantFrom("a", "b", null) }),
  fc.record({
    field: fc.constant("ai" as const),
    to: fc.constantFrom("ai" as const, "not-ai" as const, null),
  }),
);

/** What was said of an endpoint, word by word. */
function said(id: string): fc.Arbitrary<Governance> {
  return fc
    .array(words, { maxLength: 6 })
    .map((list) =>
      list.reduce<Governance>(
        (row, word, at) => changed(row, { at, by: `who${at}`, reason: null, ...word }),
        { ...unreviewed(id), ai: null },
      ),
    );
}

const rowsOf = (...rows: readonly Governance[]) => new Map(rows.map((row) => [row.endpointId, row]));

test("what is handed on by a merge is given back by undoing it", () => {
  fc.assert(
    fc.property(said("all"), said("ann"), said("bob"), (all, ann, bob) => {
      const before = rowsOf(all, ann, bob);
      const merged = [ann, bob].map(({ endpointId: id }) => ({ id, target: "all" }));
      const after = new Map([...before, ...rowsOf(...movedGovernance(before, { ...NONE, merged }))]);
      expect(after.get("ann")).toEqual(ann);
      const back = movedGovernance(after, { ...NONE, returned: merged });
      expect(new Map([...after, ...rowsOf(...back)])).toEqual(before);
    }),
  );
});

test("what was said of the endpoint itself is never replaced", () => {
  fc.assert(
    fc.property(said("all"), said("ann"), (all, ann) => {
      const merged = [{ id: "ann", target: "all" }];
      const after = movedGovernance(rowsOf(all, ann), { ...NONE, merged })[0] ?? all;
      for (const field of ["owner", "ai"] as const)
        expect(after[field] ?? null).toBe(all[field] ?? ann[field] ?? null);
      expect(after.decision).toBe(all.decision === "unreviewed" ? ann.decision : all.decision);
    }),
  );
});

test("a person's word since then stays, also when it says the same", () => {
  const ann = changed(unreviewed("ann"), {
    at: 1,
    by: "eve",
    reason: null,
    field: "decision",
    to: "approved",
  });
  const merged = [{ id: "ann", target: "all" }];
  const [taken = unreviewed("all")] = movedGovernance(rowsOf(ann), { ...NONE, merged });
  expect(taken).toMatchObject({ endpointId: "all", decision: "approved", decidedBy: "eve", decidedAt: 1 });
  const confirmed = changed(taken, { at: 2, by: "bob", reason: "mine", field: "decision", to: "approved" });
  const [after] = movedGovernance(rowsOf(confirmed), { ...NONE, returned: merged });
  expect(after).toMatchObject({ decision: "approved", decidedBy: "bob", history: [{ by: "bob" }] });
});

test("what is split off begins with what was said of the whole, unless something was said of it before", () => {
  const all = changed(unreviewed("all"), { at: 1, by: "eve", reason: "r", field: "owner", to: "team" });
  const splits = [{ id: "me", from: "all" }];
  expect(movedGovernance(rowsOf(all), { ...NONE, splits })).toMatchObject([
    { endpointId: "me", owner: "team", history: [{ by: "eve", reason: "r", of: "all" }] },
  ]);
  expect(movedGovernance(rowsOf(all, unreviewed("me")), { ...NONE, splits })).toEqual([]);
});

test("nothing said moves nothing", () => {
  const moves = {
    merged: [{ id: "a", target: "b" }],
    returned: [{ id: "c", target: "d" }],
    splits: [{ id: "e", from: "f" }],
  };
  expect(movedGovernance(new Map(), moves)).toEqual([]);
  expect([...idsOf(moves)].sort()).toEqual(["a", "b", "d", "e", "f"]);
});
