// GET /endpoints/{id}/governance: what is decided about an endpoint, who owns it, its risk and its findings.
import { axesOf } from "../../inventory/axes.ts";
import { findingsOf } from "../../inventory/findings.ts";
import { isReach } from "../../inventory/reach-findings.ts";
import { riskOf } from "../../inventory/risk.ts";
import { unreviewed } from "../../model/governance.ts";
import type { InventoryEvent } from "../../model/inventory.ts";
import type { InventoryStore } from "../../store/store.ts";
import { lastMoment } from "../weekly.ts";
import { governanceJson, governanceSchema } from "../governance-json.ts";
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "get-governance",
  method: "get",
  path: "/endpoints/{id}/governance",
  tag: "governance",
  summary: "The three axes, owner, risk and findings of an endpoint",
  parameters: { id: inPath("Id of the endpoint.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "What is decided and known, each with its reasons." },
  content: { kind: "json", schema: governanceSchema },
  refusals: ["endpoint-unknown"],
  async handle({ path }, { store, governance, places }) {
    const stored = await store.endpoint(path.id);
    if (stored === null) throw new Refusal("endpoint-unknown");
    const { endpoint } = stored;
    const [decisions, findings, ownership, events, heardLast] = await Promise.all([
      store.governance.governance([endpoint.id]),
      store.governance.findingsOf([endpoint.id]),
      governance.ownership(stored),
      turnsOf(store, endpoint.id),
      lastMoment(store),
    ]);
    const said = decisions.get(endpoint.id) ?? unreviewed(endpoint.id);
    const reached = findings.filter(({ rule, state }) => isReach(rule) && state !== "resolved");
    const json = governanceJson({
      endpoint,
      said,
      axes: axesOf(endpoint, { events, said, heardLast }),
      ownership,
      risk: riskOf(endpoint, [...findingsOf([endpoint]), ...reached], places.exposureAt),
      findings,
    });
    return { status: 200, json };
  },
});

const TURNS = ["endpoint-discovered", "standing-changed", "confidence-changed"] as const;
// An endpoint that turned more often flaps: its newest turns say so.
const MOST_TURNS = 50;

async function turnsOf(store: InventoryStore, endpointId: string): Promise<readonly InventoryEvent[]> {
  const pages = await Promise.all(
    TURNS.map((type) => store.events({ endpointId, type }, { limit: MOST_TURNS, cursor: null })),
  );
  return pages.flatMap(({ items }) => items);
}
