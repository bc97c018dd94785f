// GET /endpoints/{id}/drift: what changed at an endpoint within a week, with the numbers of each test.
import { z } from "zod";
import { driftOf } from "../../inventory/drift.ts";
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";
import { component, iso, time } from "../schema.ts";

const change = z.object({
  id: z.string(),
  category: z.string().describe("As in the finding `drift.` and this word."),
  location: z.string().describe("Status, media type, class, or field: `response.body items[].id`."),
  severity: z.enum(["critical", "error", "warn", "info"]),
  text: z.string(),
  since: time.describe("Start of the day since which it is so, by the traffic's clock."),
  probe: z.boolean().describe("Only one client never heard before speaks for it."),
});

const drift = component(
  "EndpointDrift",
  "What changed at an endpoint against its own past of at least 200 successes and a day.",
  z.object({ changes: z.array(change) }),
);

export default defineRoute({
  id: "list-drift",
  method: "get",
  path: "/endpoints/{id}/drift",
  tag: "endpoints",
  summary: "Show what changed at an endpoint within a week",
  description:
    "Findings `drift.…` tell the same to people; they are acknowledged and accepted as findings are.",
  parameters: { id: inPath("Id of the endpoint.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "The changes, worst first." },
  content: { kind: "json", schema: drift },
  refusals: ["endpoint-unknown"],
  async handle({ path: { id } }, { store }) {
    const stored = await store.endpoint(id);
    if (stored === null) throw new Refusal("endpoint-unknown");
    const changes = driftOf(stored.endpoint.id, stored.endpoint.facts?.history).map(
      ({ id: changeId, category, location, severity, text, since, probe }) => ({
        id: changeId,
        category,
        location,
        severity,
        text,
        since: iso(since),
        probe,
      }),
    );
    return { status: 200, json: { changes } };
  },
});
