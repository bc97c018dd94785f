// GET /specs/{id}: one document, as far as it was understood.
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";
import { specDetail, specDetailJson } from "../spec-json.ts";

export default defineRoute({
  id: "get-spec",
  method: "get",
  path: "/specs/{id}",
  tag: "specs",
  summary: "Show one document",
  parameters: { id: inPath("Id of the document.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "The document and the operations it lists." },
  content: { kind: "json", schema: specDetail },
  refusals: ["spec-unknown"],
  async handle({ path: { id } }, { store }) {
    const { specs } = await store.specs();
    const spec = specs.find((one) => one.id === id);
    if (spec === undefined) throw new Refusal("spec-unknown");
    return { status: 200, json: specDetailJson(spec) };
  },
});
