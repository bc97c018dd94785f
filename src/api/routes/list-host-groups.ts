// GET /host-groups: hosts that answer as one service for several tenants or regions.
import { hostGroupJson, hostGroupList } from "../grouping-json.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "list-host-groups",
  method: "get",
  path: "/host-groups",
  tag: "services",
  summary: "List hosts that are one service",
  description:
    "Names that differ in one label and answer alike: tenants, regions, locales. Nothing is joined: each stays a service of its own.",
  parameters: {},
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "Groups, at most a minute old." },
  content: { kind: "json", schema: hostGroupList },
  refusals: [],
  async handle(_asked, { grouping }) {
    return { status: 200, json: { items: (await grouping.hosts()).map(hostGroupJson) } };
  },
});
