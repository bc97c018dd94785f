// GET /findings/{id}: one finding as it is now, by the id that news carries.
import { findingJson, findingSchema } from "../governance-json.ts";
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "get-finding",
  method: "get",
  path: "/findings/{id}",
  tag: "governance",
  summary: "One finding",
  parameters: { id: inPath("Id of the finding.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "The finding as it is now." },
  content: { kind: "json", schema: findingSchema },
  refusals: ["finding-unknown"],
  async handle({ path: { id } }, { store }) {
    const record = await store.governance.finding(id);
    if (record === null) throw new Refusal("finding-unknown");
    return { status: 200, json: findingJson(record) };
  },
});
