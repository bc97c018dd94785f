// GET /specs/{id}/source: the text as it was uploaded.
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "get-spec-source",
  method: "get",
  path: "/specs/{id}/source",
  tag: "specs",
  summary: "Show a document's text as it was uploaded",
  parameters: { id: inPath("Id of the document.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "The text." },
  content: { kind: "text", types: ["application/json", "application/yaml"] },
  refusals: ["spec-unknown"],
  async handle({ path: { id } }, { store }) {
    const source = await store.specSource(id);
    if (source === null) throw new Refusal("spec-unknown");
    return { status: 200, text: source, type: isJson(source) ? "application/json" : "application/yaml" };
  },
});

/** The documents kept were read, so the first mark tells; a flow mapping that is no JSON would only be mislabelled. */
function isJson(source: string): boolean {
  return /^\uFEFF?\s*\{/.test(source);
}
