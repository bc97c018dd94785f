// GET /ai/risks: the rules about language models, what each maps to and where it holds.
import { risksJson, risksSchema } from "../ai-json.ts";
import { aiView } from "../ai-view.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "list-ai-risks",
  method: "get",
  path: "/ai/risks",
  tag: "ai",
  summary: "List risks of language models and where they hold",
  description: "Mapped to the OWASP Top 10 for LLM applications (2025) and for APIs (2023).",
  parameters: {},
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "Rules, and what no listener can see." },
  content: { kind: "json", schema: risksSchema },
  refusals: [],
  handle: async (_asked, parts) => ({ status: 200, json: risksJson((await aiView(parts)).held) }),
});
