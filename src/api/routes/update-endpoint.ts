// PATCH /endpoints/{id}: what people say about an endpoint, which no traffic can change.
import { z } from "zod";
import { verdictEvent } from "../../inventory/events.ts";
import { withDecidedAi } from "../../model/decided-ai.ts";
import type { Governance } from "../../model/governance.ts";
import { AI_DECISIONS, changed, unreviewed } from "../../model/governance.ts";
import { endpointDetail, endpointDetailJson, withDecision } from "../endpoint-json.ts";
import { forgetAiView } from "../ai-view.ts";
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute } from "../route.ts";
import type { Endpoint } from "../../model/inventory.ts";
import type { InventoryStore } from "../../store/store.ts";
import { component } from "../schema.ts";
import { DECISIONS } from "../words.ts";

// A team, a person or an address: an e-mail address may have 254 characters (RFC 5321, section 4.5.3.1.3).
const MAX_OWNER = 254;

const change = component(
  "EndpointChange",
  "What to change; at least one of owner, decision and ai.",
  z
    .strictObject({
      owner: z
        .string()
        .min(1)
        .max(MAX_OWNER)
        .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "must be one line of text")
        .nullable()
        .optional()
        .describe("Who answers for it; null takes back what a person said."),
      decision: z.enum(DECISIONS).optional(),
      ai: z
        .enum(AI_DECISIONS)
        .nullable()
        .optional()
        .describe(
          "Whether a model is behind it, whatever the evidence; null lets the evidence decide again.",
        ),
      reason: z.string().min(1).max(1000).optional().describe("Why, for the history."),
    })
    .refine(
      ({ owner, decision, ai }) => owner !== undefined || decision !== undefined || ai !== undefined,
      "needs owner, decision or ai",
    ),
);

/** A verdict that a person changed is news as well as one that traffic changed. */
async function tellVerdict(
  store: InventoryStore,
  endpoint: Endpoint,
  { was, is }: { readonly was: Governance | undefined; readonly is: Governance },
): Promise<void> {
  const at = is.history.at(-1)?.at ?? 0;
  const event = verdictEvent(withDecidedAi(endpoint, was), withDecidedAi(endpoint, is), at);
  if (event !== null) await store.commit({ ...NO_ROWS, events: [event] });
  forgetAiView(store);
}

const NO_ROWS = {
  position: null,
  expectedOffset: null,
  specRevision: null,
  services: [],
  endpoints: [],
  removedEndpointIds: [],
  health: [],
} as const;

export default defineRoute({
  id: "update-endpoint",
  method: "patch",
  path: "/endpoints/{id}",
  tag: "endpoints",
  summary: "Set owner, decision or AI verdict of an endpoint",
  parameters: { id: inPath("Id of the endpoint.") },
  query: {},
  body: { kind: "json", schema: change },
  answers: { 200: "The endpoint as it is now." },
  content: { kind: "json", schema: endpointDetail },
  refusals: ["endpoint-unknown"],
  async handle({ path, by, body: { owner, decision, ai, reason } }, { store, governance }) {
    const found = await store.endpoint(path.id);
    if (found === null) throw new Refusal("endpoint-unknown");
    const { endpoint } = found;
    const known = await store.governance.governance([endpoint.id]);
    const said = { at: governance.now(), by, reason: reason ?? null };
    let row = known.get(endpoint.id) ?? unreviewed(endpoint.id);
    if (owner !== undefined) row = changed(row, { ...said, field: "owner", to: owner });
    if (decision !== undefined) row = changed(row, { ...said, field: "decision", to: decision });
    if (ai !== undefined) row = changed(row, { ...said, field: "ai", to: ai });
    await store.governance.putGovernance([row]);
    await tellVerdict(store, endpoint, { was: known.get(endpoint.id), is: row });
    await governance.judge([endpoint]);
    const stored = await store.endpoint(endpoint.id);
    if (stored === null) throw new Refusal("endpoint-unknown");
    return {
      status: 200,
      json: endpointDetailJson(withDecision(stored, row)),
    };
  },
});
