// GET /health/capture: what was heard, and what was lost on the way.
import { healthJson, healthSchema } from "../health-json.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "get-capture-health",
  method: "get",
  path: "/health/capture",
  tag: "health",
  summary: "Show what collectors heard and lost",
  parameters: {},
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "One report per collector." },
  content: { kind: "json", schema: healthSchema },
  refusals: [],
  async handle(_asked, { store }) {
    return { status: 200, json: healthJson(await store.health()) };
  },
});
