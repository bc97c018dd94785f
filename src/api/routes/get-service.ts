// GET /services/{authority}: one service, and how its endpoints are spread.
import { withDecidedAi } from "../../model/decided-ai.ts";
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";
import { serviceDetail, serviceDetailJson } from "../service-json.ts";

export default defineRoute({
  id: "get-service",
  method: "get",
  path: "/services/{authority}",
  tag: "services",
  summary: "Show one service",
  parameters: { authority: inPath("host[:port], in any case.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "The service." },
  content: { kind: "json", schema: serviceDetail },
  refusals: ["service-unknown"],
  async handle({ path }, { store }) {
    const authority = path.authority.toLowerCase();
    const state = await store.serviceState(authority);
    if (state.service === null && state.endpoints.size === 0) throw new Refusal("service-unknown");
    const said = await store.governance.governance([...state.endpoints.keys()]);
    const endpoints = Array.from(state.endpoints.values(), (one) => withDecidedAi(one, said.get(one.id)));
    return { status: 200, json: serviceDetailJson(authority, state.service, endpoints) };
  },
});
