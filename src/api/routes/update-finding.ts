// PATCH /findings/{id}: what people make of a finding that holds.
import { z } from "zod";
import { decideFinding } from "../../inventory/finding-life.ts";
import { findingJson, findingSchema } from "../governance-json.ts";
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute } from "../route.ts";
import { component } from "../schema.ts";

const change = component(
  "FindingChange",
  "open, acknowledged, or accepted until a time with a reason.",
  z.discriminatedUnion("state", [
    z.strictObject({ state: z.enum(["open", "acknowledged"]) }),
    z.strictObject({
      state: z.literal("accepted"),
      until: z.iso.datetime({ offset: true }).describe("It opens again then, if it still holds."),
      reason: z.string().min(1).max(1000),
    }),
  ]),
);

const PAST = { in: "body", name: "until", detail: "must be later than now" } as const;

export default defineRoute({
  id: "update-finding",
  method: "patch",
  path: "/findings/{id}",
  tag: "governance",
  summary: "Acknowledge or accept a finding",
  parameters: { id: inPath("Id of the finding.") },
  query: {},
  body: { kind: "json", schema: change },
  answers: { 200: "The finding as it is now." },
  content: { kind: "json", schema: findingSchema },
  refusals: ["finding-unknown", "finding-resolved"],
  async handle({ path: { id }, body, by }, { store, governance }) {
    const decision =
      body.state === "accepted"
        ? { to: body.state, by, until: Date.parse(body.until), reason: body.reason }
        : { to: body.state, by };
    if ("until" in decision && decision.until <= governance.now())
      throw new Refusal("bad-body", undefined, [PAST]);
    for (;;) {
      const record = await store.governance.finding(id);
      if (record === null) throw new Refusal("finding-unknown");
      const decided = decideFinding(record, decision, governance.now());
      if (decided === null) throw new Refusal("finding-resolved");
      // Traffic may change the finding at the same moment: what is decided is decided of what it is then.
      const overtaken = await store.governance.putFindings([decided], [], [record]);
      if (overtaken.length === 0) return { status: 200, json: findingJson(decided) };
    }
  },
});
