// DELETE /owner-files/{name}: what it said is said no more.
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "remove-owner-file",
  method: "delete",
  path: "/owner-files/{name}",
  tag: "governance",
  summary: "Remove a file of owners",
  parameters: { name: inPath("Name of the file.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 204: "It is gone; owners are settled without it." },
  content: { kind: "none" },
  refusals: ["owner-file-unknown"],
  async handle({ path }, { store, governance }) {
    if (!(await store.governance.removeOwnerFile(path.name))) throw new Refusal("owner-file-unknown");
    governance.rulesChanged();
    return { status: 204 };
  },
});
