// GET /ai: what runs or is used of AI, above endpoints.
import { inventoryJson, inventorySchema } from "../ai-json.ts";
import { aiView } from "../ai-view.ts";
import { PAGING } from "../page.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "get-ai-inventory",
  method: "get",
  path: "/ai",
  tag: "ai",
  summary: "Show the AI inventory",
  description:
    "Assets (applications, model servers, gateways, tool servers, vendors), vendors with who asks them and whether they are allowed, tokens with estimated cost, APIs that machines made, and findings over several services. The first rows of each; /ai/assets, /ai/vendors, /ai/usage, /ai/dynamic and /ai/findings have all.",
  parameters: {},
  query: { limit: PAGING.limit },
  body: NO_REQUEST_BODY,
  answers: { 200: "The first rows of each list, and how many there are." },
  content: { kind: "json", schema: inventorySchema },
  refusals: [],
  async handle({ query: { limit } }, parts) {
    const { section } = await aiView(parts);
    return { status: 200, json: inventoryJson(section, limit) };
  },
});
