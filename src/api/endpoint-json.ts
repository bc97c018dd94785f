// Endpoints as the API shows them: the row of a list, and everything with its evidence; names as in `umbra scan`.
import { z } from "zod";
import { findingsOf } from "../inventory/findings.ts";
import { withDecidedAi } from "../model/decided-ai.ts";
import type { Governance } from "../model/governance.ts";
import { AI_DECISIONS } from "../model/governance.ts";
import type { FoundEndpoint, StoredEndpoint } from "../store/store.ts";
import { endpointRow as reportRow, evidenceRow } from "../report/endpoint-row.ts";
import { authRow, dataClassRow, distinctCallers, factsJson, factsSchema } from "./facts-json.ts";
import type { SegmentReason } from "./grouping-desk.ts";
import { pastJson, pastSchema, segmentReason, segmentReasonsJson } from "./grouping-json.ts";
import { component, count, pageOf, time } from "./schema.ts";
import { CATEGORIES, CONFIDENCES, STANDINGS, VERDICTS } from "./words.ts";

const ai = z.object({
  verdict: z.enum(VERDICTS),
  score: z.number().describe("Probability, 0 to 1."),
  kind: z.string().nullable(),
  role: z.enum(["provider", "consumer", "gateway"]).nullable(),
  formats: z.array(z.string()),
  vendor: z.string().nullable().describe("Who owns the host, where it is known to be a vendor's."),
  product: z
    .string()
    .nullable()
    .describe("Software that serves it, where a format or a header is one product's own."),
  models: z.array(z.string()).describe("Models named in requests and answers."),
  basis: z
    .enum(["bodies", "headers", "access-log", "server-name"])
    .nullable()
    .describe("What the verdict rests on; null where there is none."),
  decided: z
    .enum(AI_DECISIONS)
    .nullable()
    .describe("What a person decided, whatever the evidence; null while the evidence decides."),
});

const evidence = z.object({
  group: z.string(),
  weight: z.number().describe("Log-odds; what is below zero speaks against."),
  text: z.string(),
  count: z.number(),
  first_seen: time.nullable(),
  last_seen: time.nullable(),
});

const row = z.object({
  id: z.string(),
  method: z.string(),
  authority: z.string(),
  path: z.string().describe("Template with {name} variables."),
  protocol: z.string(),
  style: z.string(),
  operation: z.string().nullable(),
  category: z.enum(CATEGORIES),
  confidence: z.enum(CONFIDENCES),
  standing: z.enum(STANDINGS),
  owner: z.string().nullable(),
  requests: count,
  first_seen: time.nullable().describe("null when it was never heard: documented only."),
  last_seen: time.nullable(),
  statuses: z.record(z.string(), count).describe("Requests by status, `unknown` where none was heard."),
  auth: z.array(authRow),
  data_classes: z.array(dataClassRow),
  distinct_callers: count,
  ai,
});

export const endpointRow = component("EndpointRow", "An endpoint, in a list.", row);

export const endpointPage = pageOf("EndpointPage", endpointRow);

export const endpointDetail = component(
  "Endpoint",
  "An endpoint with the evidence behind everything said about it.",
  row.extend({
    ai: ai.extend({ evidence: z.array(evidence) }),
    standing_reason: z.string(),
    spec_ids: z.array(z.string()),
    parameters: z.array(z.object({ name: z.string(), class: z.string() })),
    findings: z.array(z.object({ rule: z.string(), severity: z.string(), text: z.string() })),
    ...pastSchema,
    grouping: z
      .array(segmentReason)
      .optional()
      .describe(
        "Why each segment of the path is a variable or a route word; where one endpoint is asked for.",
      ),
    facts: factsSchema.nullable().describe("null when it was never heard."),
  }),
);

export function endpointRowJson({
  endpoint,
  owner,
  aiDecision,
}: StoredEndpoint): z.infer<typeof endpointRow> {
  const row = reportRow(endpoint);
  const { facts } = endpoint;
  return {
    ...row,
    owner,
    distinct_callers: facts === null ? 0 : distinctCallers(facts),
    ai: { ...row.ai, decided: aiDecision ?? null },
  };
}

/** As lists show it: what a person decided stands in place of what the evidence says. */
export function withDecision(stored: FoundEndpoint, said: Governance | undefined): FoundEndpoint {
  const aiDecision = said?.ai ?? null;
  if (aiDecision === null) return stored;
  return { ...stored, endpoint: withDecidedAi(stored.endpoint, said), aiDecision };
}

export function endpointDetailJson(
  stored: FoundEndpoint,
  why?: readonly SegmentReason[],
): z.infer<typeof endpointDetail> {
  const { endpoint } = stored;
  const row = endpointRowJson(stored);
  return {
    ...row,
    ai: { ...row.ai, evidence: endpoint.ai.evidence.map(evidenceRow) },
    standing_reason: endpoint.standingReason,
    spec_ids: [...endpoint.specIds],
    parameters: endpoint.parameters.map(({ name, class: tokenClass }) => ({ name, class: tokenClass })),
    findings: findingsOf([endpoint]).map(({ rule, severity, text }) => ({ rule, severity, text })),
    ...pastJson(stored),
    ...(why !== undefined && { grouping: segmentReasonsJson(why) }),
    facts: endpoint.facts === null ? null : factsJson(endpoint.facts),
  };
}
