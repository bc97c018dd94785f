// GET /graph/reach: calls that a sound network would not let through, and what exposed AI endpoints can reach.
import { blastRadius, exposedAi } from "../../inventory/blast-radius.ts";
import { hostIndexOf } from "../../inventory/host-index.ts";
import { shouldNotReach } from "../../inventory/should-not-reach.ts";
import { allEndpoints } from "../every-page.ts";
import { reachJson, reachSchema } from "../graph-json.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "get-reach",
  method: "get",
  path: "/graph/reach",
  tag: "graph",
  summary: "Show who reaches what they should not",
  description:
    "Model servers called by users, vector stores read around their application, metadata services called by AI hosts, agents that can run systems and reach the Internet; and for each AI endpoint called from outside what can be reached from it.",
  parameters: {},
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "Calls, and exposed AI endpoints with their blast radius." },
  content: { kind: "json", schema: reachSchema },
  refusals: [],
  async handle(_asked, { store, places }) {
    const index = hostIndexOf(await allEndpoints(store, {}), places);
    const radii = exposedAi(index.rows).map((row) => blastRadius(row, index));
    return { status: 200, json: reachJson(shouldNotReach(index), radii) };
  },
});
