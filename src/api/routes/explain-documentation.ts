// GET /endpoints/{id}/documentation: what documents say about an endpoint, and if none lists it, which come nearest.
import { z } from "zod";
import { nearMisses } from "../../openapi/near-miss.ts";
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";
import { component } from "../schema.ts";

const nearOperation = z.object({
  spec_id: z.string(),
  document: z.string(),
  method: z.string(),
  path: z.string().describe("Template with its base path."),
  reason: z.string().describe("What keeps it from fitting."),
  likeness: z.number().describe("0 to 1; 1 would fit but for the reason."),
});

const documentation = component(
  "EndpointDocumentation",
  "What documents say about an endpoint.",
  z.object({
    standing: z.string(),
    reason: z.string(),
    spec_ids: z.array(z.string()),
    near: z
      .array(nearOperation)
      .describe("For endpoints no document lists: the nearest operations, best first."),
  }),
);

export default defineRoute({
  id: "explain-documentation",
  method: "get",
  path: "/endpoints/{id}/documentation",
  tag: "endpoints",
  summary: "Explain why documents list an endpoint or do not",
  parameters: { id: inPath("Id of the endpoint.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "What they say." },
  content: { kind: "json", schema: documentation },
  refusals: ["endpoint-unknown"],
  async handle({ path: { id } }, { store }) {
    const stored = await store.endpoint(id);
    if (stored === null) throw new Refusal("endpoint-unknown");
    const { endpoint } = stored;
    const { specs } = endpoint.standing === "shadow" ? await store.specs() : { specs: [] };
    const near = nearMisses(specs, endpoint).map(({ specId, ...miss }) => ({ spec_id: specId, ...miss }));
    const { standing, standingReason: reason, specIds } = endpoint;
    return { status: 200, json: { standing, reason, spec_ids: [...specIds], near } };
  },
});
