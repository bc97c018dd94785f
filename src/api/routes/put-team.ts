// POST /teams: a team is made, or replaced by its id.
import { teamJson, teamSchema } from "../governance-json.ts";
import { defineRoute } from "../route.ts";

export default defineRoute({
  id: "put-team",
  method: "post",
  path: "/teams",
  tag: "governance",
  summary: "Make or replace a team",
  parameters: {},
  query: {},
  body: { kind: "json", schema: teamSchema },
  answers: { 200: "The team as it is now." },
  content: { kind: "json", schema: teamSchema },
  refusals: [],
  async handle({ body }, { store, governance }) {
    await store.governance.putTeam(body);
    governance.rulesChanged();
    return { status: 200, json: teamJson(body) };
  },
});
