// GET /endpoints/{id}/governance: what is decided about an endpoint, who owns it, its risk and its findings.
import { findingsOf } from "../../inventory/findings.ts";
import { riskOf } from "../../inventory/risk.ts";
import { unreviewed } from "../../model/governance.ts";
import { governanceJson, governanceSchema } from "../governance-json.ts";
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "get-governance",
  method: "get",
  path: "/endpoints/{id}/governance",
  tag: "governance",
  summary: "Decisions, owner, risk and findings of an endpoint",
  parameters: { id: inPath("Id of the endpoint.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "What is decided and known, each with its reasons." },
  content: { kind: "json", schema: governanceSchema },
  refusals: ["endpoint-unknown"],
  async handle({ path }, { store, governance }) {
    const stored = await store.endpoint(path.id);
    if (stored === null) throw new Refusal("endpoint-unknown");
    const { endpoint } = stored;
    const [said, findings, ownership] = await Promise.all([
      store.governance.governance([endpoint.id]),
      store.governance.findingsOf([endpoint.id]),
      governance.ownership(endpoint),
    ]);
    const json = governanceJson({
      said: said.get(endpoint.id) ?? unreviewed(endpoint.id),
      ownership,
      risk: riskOf(endpoint, findingsOf([endpoint])),
      findings,
    });
    return { status: 200, json };
  },
});
