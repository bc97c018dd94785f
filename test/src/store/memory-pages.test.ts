// Pages of endpoints carry what people decided; the contract suite holds all else against PostgreSQL.
import { expect, test } from "vitest";
import { unreviewed } from "../../../src/model/governance.ts";
import { endpointPage } from "../../../src/store/memory-pages.ts";
import { keysOf } from "../../../src/store/endpoint-row.ts";
import { emptyGrouping } from "../../../src/store/memory-grouping.ts";
import { anEndpoint } from "../../support/builders.ts";

test("a decision stands in the row and in the filter", () => {
  const endpoint = anEndpoint({ id: "a" });
  const state = {
    services: new Map(),
    endpoints: new Map([["a", { endpoint, keys: keysOf(endpoint), owner: null }]]),
    events: new Map(),
    health: new Map(),
    positions: new Map(),
    specs: new Map(),
    grouping: emptyGrouping(),
    decisions: new Map([["a", { ...unreviewed("a"), ai: "ai" as const }]]),
    revision: 0,
  };
  const ask = (ai: "confirmed" | "none") =>
    endpointPage(state, { filter: { ai: [ai] }, sort: "path", page: { limit: 9, cursor: null } }).items;
  expect(ask("confirmed")).toMatchObject([{ aiDecision: "ai", endpoint: { ai: { verdict: "confirmed" } } }]);
  expect(ask("none")).toEqual([]);
});
