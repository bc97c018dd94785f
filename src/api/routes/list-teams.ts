// GET /teams: who answers for endpoints.
import { teamJson, teamList } from "../governance-json.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "list-teams",
  method: "get",
  path: "/teams",
  tag: "governance",
  summary: "List teams",
  parameters: {},
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "All teams, in order of id." },
  content: { kind: "json", schema: teamList },
  refusals: [],
  async handle(_asked, { store }) {
    return { status: 200, json: { items: (await store.governance.teams()).map(teamJson) } };
  },
});
