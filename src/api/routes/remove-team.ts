// DELETE /teams/{id}: nobody is told by this name any more.
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "remove-team",
  method: "delete",
  path: "/teams/{id}",
  tag: "governance",
  summary: "Remove a team",
  parameters: { id: inPath("Id of the team.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 204: "It is gone; endpoints keep its name as their owner." },
  content: { kind: "none" },
  refusals: ["team-unknown"],
  async handle({ path }, { store, governance }) {
    if (!(await store.governance.removeTeam(path.id))) throw new Refusal("team-unknown");
    governance.rulesChanged();
    return { status: 204 };
  },
});
