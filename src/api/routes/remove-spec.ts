// DELETE /specs/{id}: a document goes, and every standing is judged without it.
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "remove-spec",
  method: "delete",
  path: "/specs/{id}",
  tag: "specs",
  summary: "Remove a document",
  parameters: { id: inPath("Id of the document.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 204: "Removed, and all standings judged without it." },
  content: { kind: "none" },
  refusals: ["conflict", "spec-unknown"],
  async handle({ path: { id } }, { specs, governance }) {
    const result = await specs.remove(id);
    if (result === "unknown") throw new Refusal("spec-unknown");
    if (result === "conflict") throw new Refusal("conflict");
    governance.rulesChanged();
    return { status: 204 };
  },
});
