// GET /ai/assets: what runs or is used of AI, one row for each service.
import { asset } from "../ai-json.ts";
import { aiPage, defineAiList } from "../ai-list.ts";
import { text } from "../parameter.ts";

export default defineAiList({
  id: "list-ai-assets",
  summary: "List AI assets",
  description:
    "Applications, model servers, gateways, tool servers, agents, vector stores and vendors, in order of authority.",
  schema: aiPage("AiAssets", "What runs or is used of AI.", asset),
  query: { kind: text("Kind of asset, such as model-server or gateway.", 64) },
  rows: ({ assets }, { kind }) => assets.filter((row) => kind === undefined || row.kind === kind),
});
