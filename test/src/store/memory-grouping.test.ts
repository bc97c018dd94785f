// Order within one commit: what the contract suite cannot tell apart.
import { expect, test } from "vitest";
import { afterRows, beforeRows, emptyGrouping } from "../../../src/store/memory-grouping.ts";
import type { GroupingRows } from "../../../src/store/storable.ts";

const NONE: GroupingRows = {
  routes: new Map(),
  removedRoutes: [],
  services: new Map(),
  redirects: new Map(),
  splits: new Map(),
  endpointIds: [],
};

const redirect = (id: string, at: number) => ({
  id,
  at,
  target: "all",
  authority: "a.test",
  method: "GET",
  path: "/",
});

test("of several owners the one that went first is handed on, the others stay beside it", () => {
  const owners = new Map([
    ["x", "team-x"],
    ["y", "team-y"],
  ]);
  const desk = {
    decisions: new Map(),
    owner: (id: string) => owners.get(id) ?? null,
    setOwner: (id: string, owner: string | null) => void owners.set(id, owner ?? ""),
  };
  const tables = emptyGrouping();
  const rows = {
    ...NONE,
    redirects: new Map([
      ["y", redirect("y", 1)],
      ["x", redirect("x", 2)],
    ]),
  };
  beforeRows(tables, rows, desk);
  owners.delete("x");
  owners.delete("y");
  afterRows(tables, rows, desk);
  expect(owners.get("all")).toBe("team-y");
  expect([...tables.redirects.values()].map(({ owner }) => owner)).toEqual(["team-y", "team-x"]);
});
