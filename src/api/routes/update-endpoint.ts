// PATCH /endpoints/{id}: what people say about an endpoint, which no traffic can change.
import { z } from "zod";
import { endpointDetail, endpointDetailJson } from "../endpoint-json.ts";
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute } from "../route.ts";
import { component } from "../schema.ts";

// A team, a person or an address: an e-mail address may have 254 characters (RFC 5321, section 4.5.3.1.3).
const MAX_OWNER = 254;

const change = component(
  "EndpointChange",
  "What to change; at least one field.",
  z.strictObject({
    owner: z
      .string()
      .min(1)
      .max(MAX_OWNER)
      .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "must be one line of text")
      .nullable()
      .describe("Who answers for it; null for nobody."),
  }),
);

export default defineRoute({
  id: "update-endpoint",
  method: "patch",
  path: "/endpoints/{id}",
  tag: "endpoints",
  summary: "Set the owner of an endpoint",
  parameters: { id: inPath("Id of the endpoint.") },
  query: {},
  body: { kind: "json", schema: change },
  answers: { 200: "The endpoint as it is now." },
  content: { kind: "json", schema: endpointDetail },
  refusals: ["endpoint-unknown"],
  async handle({ path: { id }, body: { owner } }, { store }) {
    const found = await store.setOwner(id, owner);
    const stored = found ? await store.endpoint(id) : null;
    if (stored === null) throw new Refusal("endpoint-unknown");
    return { status: 200, json: endpointDetailJson(stored) };
  },
});
