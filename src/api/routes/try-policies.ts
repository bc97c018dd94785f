// POST /policies/dry-run: what a set of policies would find now; nothing is kept and nobody is told.
import { z } from "zod";
import { Refusal } from "../problem.ts";
import { defineRoute } from "../route.ts";
import { component, count } from "../schema.ts";
import { SEVERITIES } from "../words.ts";

const dryRun = component(
  "DryRun",
  "What each policy would find in the present inventory.",
  z.object({
    endpoints: count.describe("How many were looked at."),
    policies: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        severity: z.enum(SEVERITIES),
        hits: count,
        examples: z.array(z.object({ endpoint_id: z.string(), text: z.string() })),
      }),
    ),
  }),
);

export default defineRoute({
  id: "try-policies",
  method: "post",
  path: "/policies/dry-run",
  tag: "governance",
  summary: "Try policies against the inventory",
  parameters: {},
  query: {},
  body: {
    kind: "text",
    description: "Policies as YAML.",
    types: ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain"],
  },
  answers: { 200: "How often each would have fired." },
  content: { kind: "json", schema: dryRun },
  refusals: ["policies-unreadable"],
  async handle({ body }, { governance }) {
    const run = await governance.dryRun(String(body));
    if ("unreadable" in run)
      throw new Refusal("policies-unreadable", run.unreadable.detail ?? run.unreadable.name);
    const policies = run.policies.map(({ id, title, severity, hits, examples }) => ({
      id,
      title,
      severity: severity as (typeof SEVERITIES)[number],
      hits,
      examples: examples.map(({ endpointId, text }) => ({ endpoint_id: endpointId, text })),
    }));
    return { status: 200, json: { endpoints: run.endpoints, policies } };
  },
});
