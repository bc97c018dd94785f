// GET /specs: the documents standings are judged by.
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";
import { specList, specRowJson } from "../spec-json.ts";

export default defineRoute({
  id: "list-specs",
  method: "get",
  path: "/specs",
  tag: "specs",
  summary: "List documents",
  parameters: {},
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "All documents; there are few, so this list has no pages." },
  content: { kind: "json", schema: specList },
  refusals: [],
  async handle(_asked, { store }) {
    const { revision, specs } = await store.specs();
    const sorted = [...specs].sort((a, b) => a.uploadedAt - b.uploadedAt || (a.id < b.id ? -1 : 1));
    return { status: 200, json: { revision, items: sorted.map(specRowJson) } };
  },
});
