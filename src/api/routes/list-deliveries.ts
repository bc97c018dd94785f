// GET /deliveries: what became of news that was sent.
import { z } from "zod";
import type { Delivery } from "../../model/governance.ts";
import { PAGING, paged } from "../page.ts";
import { oneOf } from "../parameter.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";
import { component, count, iso, pageOf, time } from "../schema.ts";
import { DELIVERY_STATES } from "../words.ts";

const delivery = component(
  "Delivery",
  "One message to one contact.",
  z.object({
    id: z.string().describe("Goes along as idempotency key."),
    contact: z
      .string()
      .describe("Its kind and where it is; of addresses only the host, for they may hold keys."),
    state: z.enum(DELIVERY_STATES),
    attempts: count,
    created_at: time,
    next_at: time.describe("When it is tried next, while it is pending."),
    last_error: z.string().nullable(),
    finding_id: z.string(),
    turn: z.string(),
  }),
);

const deliveryPage = pageOf("DeliveryPage", delivery);

export default defineRoute({
  id: "list-deliveries",
  method: "get",
  path: "/deliveries",
  tag: "governance",
  summary: "List deliveries, newest first",
  parameters: {},
  query: { state: oneOf("In this state.", DELIVERY_STATES), ...PAGING },
  body: NO_REQUEST_BODY,
  answers: { 200: "Deliveries that meet the condition." },
  content: { kind: "json", schema: deliveryPage },
  refusals: ["bad-cursor"],
  async handle({ query }, { store }) {
    const { state = null } = query;
    const json = await paged(query, (page) => store.governance.deliveries(state, page), deliveryJson);
    return { status: 200, json };
  },
});

function deliveryJson(one: Delivery): z.infer<typeof delivery> {
  return {
    id: one.id,
    contact: contactText(one.contact),
    state: one.state,
    attempts: one.attempts,
    created_at: iso(one.createdAt),
    next_at: iso(one.nextAt),
    last_error: one.lastError,
    finding_id: one.news.finding.id,
    turn: one.news.turn,
  };
}

/** Incoming webhooks carry their key in the path: it is not shown. */
function contactText(contact: Delivery["contact"]): string {
  if ("url" in contact)
    return `${contact.kind} ${URL.canParse(contact.url) ? new URL(contact.url).host : ""}`.trim();
  return "address" in contact ? `${contact.kind} ${contact.address}` : contact.kind;
}
