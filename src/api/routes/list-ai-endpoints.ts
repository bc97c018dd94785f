// GET /ai/endpoints: endpoints of the AI inventory by kind, role, vendor, model and verdict, with the evidence for each.
import { aiEndpointJson, aiEndpointsSchema } from "../ai-json.ts";
import { allEndpoints } from "../every-page.ts";
import { oneOf, text } from "../parameter.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

// A page of evidence; filters narrow what is more.
const MOST = 500;

export default defineRoute({
  id: "list-ai-endpoints",
  method: "get",
  path: "/ai/endpoints",
  tag: "ai",
  summary: "Search the AI inventory",
  description: `All conditions given must hold. At most ${MOST} endpoints, the surest first.`,
  parameters: {},
  query: {
    verdict: oneOf("Verdict; confirmed and likely if not given.", ["confirmed", "likely", "watch"]),
    kind: text("Kind, such as chat-completion or mcp-server.", 64),
    role: oneOf("Part it plays.", ["provider", "consumer", "gateway"]),
    vendor: text("Name of the vendor whose host it is, in any case.", 128),
    model: text("Part of a model's name, in any case.", 128),
  },
  body: NO_REQUEST_BODY,
  answers: { 200: "Endpoints with evidence and findings." },
  content: { kind: "json", schema: aiEndpointsSchema },
  refusals: [],
  async handle({ query }, { store }) {
    const ai = query.verdict === undefined ? (["confirmed", "likely"] as const) : [query.verdict];
    const items = (await allEndpoints(store, { ai }))
      .map(aiEndpointJson)
      .filter((row) => query.kind === undefined || row.kind === query.kind)
      .filter((row) => query.role === undefined || row.role === query.role)
      .filter((row) => has(row.vendor === null ? [] : [row.vendor], query.vendor))
      .filter((row) => has(row.models, query.model))
      .sort((a, b) => b.score - a.score || (a.endpoint_id < b.endpoint_id ? -1 : 1))
      .slice(0, MOST);
    return { status: 200, json: { items } };
  },
});

function has(names: readonly string[], wanted: string | undefined): boolean {
  return wanted === undefined || names.some((name) => name.toLowerCase().includes(wanted.toLowerCase()));
}
