// GET /owner-files: the files in which people keep owners.
import { ownerFileJson, ownerFileList } from "../governance-json.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "list-owner-files",
  method: "get",
  path: "/owner-files",
  tag: "governance",
  summary: "List files of owners",
  parameters: {},
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "All of them, in order of name." },
  content: { kind: "json", schema: ownerFileList },
  refusals: [],
  async handle(_asked, { store }) {
    return { status: 200, json: { items: (await store.governance.ownerFiles()).map(ownerFileJson) } };
  },
});
