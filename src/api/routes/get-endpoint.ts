// GET /endpoints/{id}: one endpoint with the evidence behind everything said about it.
import { endpointDetail, endpointDetailJson, withDecision } from "../endpoint-json.ts";
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "get-endpoint",
  method: "get",
  path: "/endpoints/{id}",
  tag: "endpoints",
  summary: "Show one endpoint with its evidence",
  parameters: { id: inPath("Id of the endpoint.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "The endpoint." },
  content: { kind: "json", schema: endpointDetail },
  refusals: ["endpoint-unknown"],
  async handle({ path: { id } }, { store, grouping }) {
    const stored = await store.endpoint(id);
    if (stored === null) throw new Refusal("endpoint-unknown");
    const why = stored.endpoint.facts === null ? [] : await grouping.explain(stored.endpoint);
    const said = (await store.governance.governance([stored.endpoint.id])).get(stored.endpoint.id);
    return { status: 200, json: endpointDetailJson(withDecision(stored, said), why) };
  },
});
