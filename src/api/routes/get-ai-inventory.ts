// GET /ai: what runs or is used of AI, above endpoints.
import { aiSection } from "../../report/ai-section.ts";
import { inventoryJson, inventorySchema } from "../ai-json.ts";
import { allEndpoints } from "../every-page.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "get-ai-inventory",
  method: "get",
  path: "/ai",
  tag: "ai",
  summary: "Show the AI inventory",
  description:
    "Assets (applications, model servers, gateways, tool servers, vendors), vendors with who asks them and whether they are allowed, tokens with estimated cost, and findings over several services.",
  parameters: {},
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "Assets, vendors, tokens and findings." },
  content: { kind: "json", schema: inventorySchema },
  refusals: [],
  async handle(_asked, { store, approvals }) {
    return { status: 200, json: inventoryJson(aiSection(await allEndpoints(store, {}), await approvals())) };
  },
});
