// GET /services: who answers at all.
import { PAGING, paged } from "../page.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";
import { servicePage, serviceRowJson } from "../service-json.ts";

export default defineRoute({
  id: "list-services",
  method: "get",
  path: "/services",
  tag: "services",
  summary: "List services",
  parameters: {},
  query: PAGING,
  body: NO_REQUEST_BODY,
  answers: { 200: "Services with how many endpoints each has." },
  content: { kind: "json", schema: servicePage },
  refusals: ["bad-cursor"],
  async handle({ query }, { store }) {
    const json = await paged(query, (page) => store.services(page), serviceRowJson);
    return { status: 200, json };
  },
});
