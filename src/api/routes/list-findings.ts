// GET /findings: what there is to act on, the newest change first.
import { findingJson, findingPage } from "../governance-json.ts";
import { livingId } from "../living-id.ts";
import { PAGING, paged } from "../page.ts";
import { given, oneOf, text } from "../parameter.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";
import { FINDING_STATES, SEVERITIES } from "../words.ts";

export default defineRoute({
  id: "list-findings",
  method: "get",
  path: "/findings",
  tag: "governance",
  summary: "List findings, the newest change first",
  parameters: {},
  query: {
    host: text("Authority: host[:port]."),
    endpoint_id: text("About this endpoint.", 64),
    rule: text("Of this rule; `policy.` before those of policies.", 128),
    severity: oneOf("Of this severity.", SEVERITIES),
    state: oneOf("In this state.", FINDING_STATES),
    ...PAGING,
  },
  body: NO_REQUEST_BODY,
  answers: { 200: "Findings that meet all conditions." },
  content: { kind: "json", schema: findingPage },
  refusals: ["bad-cursor"],
  async handle({ query }, { store }) {
    const filter = given({
      authority: query.host?.toLowerCase(),
      endpointId: await livingId(store, query.endpoint_id),
      rule: query.rule,
      severity: query.severity,
      state: query.state,
    });
    const json = await paged(query, (page) => store.governance.findings(filter, page), findingJson);
    return { status: 200, json };
  },
});
