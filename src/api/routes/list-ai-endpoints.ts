// GET /ai/endpoints: endpoints of the AI inventory by kind, role, vendor, model and verdict, with the evidence for each.
import { modelsOf } from "../../inventory/ai-inventory.ts";
import { aiEndpoint, aiEndpointJson } from "../ai-json.ts";
import { aiPage, pageOfRows } from "../ai-list.ts";
import { allEndpoints } from "../every-page.ts";
import { PAGING } from "../page.ts";
import { oneOf, text } from "../parameter.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "list-ai-endpoints",
  method: "get",
  path: "/ai/endpoints",
  tag: "ai",
  summary: "Search the AI inventory",
  description: "All conditions given must hold. The surest first.",
  parameters: {},
  query: {
    verdict: oneOf("Verdict; confirmed and likely if not given.", ["confirmed", "likely", "watch"]),
    kind: text("Kind, such as chat-completion or mcp-server.", 64),
    role: oneOf("Part it plays.", ["provider", "consumer", "gateway"]),
    vendor: text("Name of the vendor whose host it is, in any case.", 128),
    model: text("Part of a model's name, in any case.", 128),
    ...PAGING,
  },
  body: NO_REQUEST_BODY,
  answers: { 200: "Endpoints with evidence and findings." },
  content: {
    kind: "json",
    schema: aiPage("AiEndpoints", "Endpoints of the AI inventory, with the evidence for each.", aiEndpoint),
  },
  refusals: ["bad-cursor"],
  async handle({ query }, { store }) {
    const ai = query.verdict === undefined ? (["confirmed", "likely"] as const) : [query.verdict];
    const found = (await allEndpoints(store, { ai }))
      .filter((row) => query.kind === undefined || row.ai.kind === query.kind)
      .filter((row) => query.role === undefined || row.ai.role === query.role)
      .filter((row) => has(row.ai.vendor === undefined ? [] : [row.ai.vendor], query.vendor))
      .filter((row) => has(modelsOf([row]), query.model))
      .sort((a, b) => b.ai.score - a.ai.score || (a.id < b.id ? -1 : 1));
    const { items, next_cursor } = pageOfRows("ai endpoints", found, query);
    return { status: 200, json: { items: items.map(aiEndpointJson), next_cursor } };
  },
});

function has(names: readonly string[], wanted: string | undefined): boolean {
  return wanted === undefined || names.some((name) => name.toLowerCase().includes(wanted.toLowerCase()));
}
