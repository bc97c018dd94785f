// The AI inventory as the API shows it: the report's rows, checked against named schemas.
import { z } from "zod";
import { AI_ATTACK_RULES } from "../inventory/ai-attacks.ts";
import { AI_DYNAMIC_RULES } from "../inventory/ai-dynamic-rules.ts";
import { DYNAMIC_SIGNS } from "../inventory/ai-dynamic-signals.ts";
import { modelsOf } from "../inventory/ai-inventory.ts";
import { AI_RULES } from "../inventory/ai-rules.ts";
import { AI_TOOL_RULES } from "../inventory/ai-tool-rules.ts";
import { findingsOf } from "../inventory/findings.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { AiSection } from "../report/ai-section.ts";
import { component, count, time } from "./schema.ts";

const names = z.array(z.string());
const SEVERITIES = ["info", "low", "medium", "high", "critical"] as const;

const tool = z.object({
  kind: z.string(),
  name: z.string(),
  effect: z.string().describe("What its name says it does: read, write, delete, execute, pay or unknown."),
  declares: z.string().nullable().describe("destructive or read-only, when it declares so."),
  parameters: z.record(z.string(), z.string()).describe("Names to JSON types, ! behind required ones."),
  calls: count,
  errors: count,
  first_seen: time,
  last_seen: time,
  changes: names.describe("added, removed, redefined, newly-destructive, undeclared"),
  history: z
    .array(z.object({ definition: z.string(), first_seen: time, last_seen: time }))
    .describe("Wordings of name, description and input schema, oldest first, by a keyed hash."),
  backends: names.describe("What the server asked elsewhere while it answered calls."),
});

export const server = z.object({
  protocol: z.string(),
  authority: z.string(),
  revisions: names,
  clients: names,
  exchanges: count,
  lists: count,
  unauthenticated: count.describe("Requests without any credential that were answered with success."),
  tools: z.array(tool),
});

export const asset = z.object({
  authority: z.string(),
  kind: z.string(),
  vendor: z.string().nullable(),
  verdict: z.string(),
  endpoint_kinds: names,
  asks_models: names.describe("Other assets that its own addresses ask."),
  formats: names,
  models: names,
  endpoints: count,
  requests: count,
  callers: names,
  unauthenticated: count,
  first_seen: time,
  last_seen: time,
});

export const vendor = z.object({
  vendor: z.string(),
  approval: z.enum(["sanctioned", "tolerated", "unsanctioned", "unreviewed"]),
  hosts: names,
  callers: names,
  requests: count,
  connections: count.describe("Connections whose content stayed closed."),
  keys: count.describe("Different credentials heard."),
  first_seen: time,
  last_seen: time,
});

export const usage = z.object({
  authority: z.string(),
  caller: z.string(),
  model: z.string(),
  exchanges: count,
  input: count,
  output: count,
  dollars: z.number().nullable().describe("An estimate by public list prices; null where there is none."),
});

export const landscapeFinding = z.object({
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  title: z.string(),
  owasp: names,
  authority: z.string(),
  text: z.string(),
});

export const dynamicApi = z.object({
  authority: z.string(),
  likely: z.boolean().describe("Two signs of different kinds, one of them more than a name."),
  signs: z.array(z.object({ sign: z.enum(DYNAMIC_SIGNS), text: z.string(), since: time, endpoints: count })),
  endpoints: z.array(
    z.object({
      endpoint_id: z.string(),
      method: z.string(),
      path: z.string(),
      signs: z.array(z.enum(DYNAMIC_SIGNS)),
    }),
  ),
});

export const inventorySchema = component(
  "AiInventory",
  "What runs or is used of AI, above endpoints: the first rows of each list, and how many there are.",
  z.object({
    totals: z.object({
      assets: count,
      servers: count,
      vendors: count,
      usage: count,
      dynamic: count,
      findings: count,
    }),
    assets: z.array(asset),
    vendors: z.array(vendor),
    usage: z.array(usage),
    dynamic: z.array(dynamicApi),
    findings: z.array(landscapeFinding),
  }),
);

/** Servers have a place of their own. The rows of reports are the rows of answers, but for being readonly. */
export function inventoryJson(section: AiSection, limit: number) {
  const { assets, servers, vendors, usage: used, dynamic, findings } = section;
  return plain<z.infer<typeof inventorySchema>>({
    totals: {
      assets: assets.length,
      servers: servers.length,
      vendors: vendors.length,
      usage: used.length,
      dynamic: dynamic.length,
      findings: findings.length,
    },
    assets: assets.slice(0, limit),
    vendors: vendors.slice(0, limit),
    usage: used.slice(0, limit),
    dynamic: dynamic.slice(0, limit),
    findings: findings.slice(0, limit),
  });
}

/** As it goes over the wire. */
export function plain<T>(rows: object): T {
  return JSON.parse(JSON.stringify(rows)) as T;
}

export const aiEndpoint = z.object({
  endpoint_id: z.string(),
  method: z.string(),
  authority: z.string(),
  path: z.string(),
  operation: z.string().nullable(),
  verdict: z.string(),
  score: z.number(),
  kind: z.string().nullable(),
  role: z.string().nullable(),
  vendor: z.string().nullable(),
  basis: z.string().nullable().describe("What the verdict rests on."),
  formats: names,
  models: names,
  actors: z.array(z.object({ class: z.string(), requests: count, supported: count })),
  evidence: z.array(z.object({ group: z.string(), weight: z.number(), text: z.string(), count })),
  findings: z.array(z.object({ rule: z.string(), severity: z.enum(SEVERITIES), text: z.string() })),
});

export function aiEndpointJson(endpoint: Endpoint): z.infer<typeof aiEndpoint> {
  const { ai, facts } = endpoint;
  return {
    endpoint_id: endpoint.id,
    method: endpoint.method,
    authority: endpoint.authority,
    path: endpoint.path,
    operation: endpoint.operation,
    verdict: ai.verdict,
    score: ai.score,
    kind: ai.kind,
    role: ai.role,
    vendor: ai.vendor ?? null,
    basis: ai.basis ?? null,
    formats: [...ai.formats],
    models: [...modelsOf([endpoint])],
    actors: Object.entries(facts?.ai?.actors ?? {})
      .map(([name, { requests, supported }]) => ({ class: name, requests, supported }))
      .sort((a, b) => b.requests - a.requests),
    evidence: ai.evidence.map(({ group, weight, text, count: seen }) => ({
      group,
      weight,
      text,
      count: seen,
    })),
    findings: findingsOf([endpoint]).map(({ rule, severity, text }) => ({ rule, severity, text })),
  };
}

export const risksSchema = component(
  "AiRisks",
  "What is looked for, what it maps to, how much of it a listener can see, and where it holds.",
  z.object({
    items: z.array(
      z.object({
        rule: z.string(),
        title: z.string(),
        severity: z.enum(SEVERITIES),
        owasp: names,
        observable: z.enum(["yes", "partly"]),
        endpoints: count,
      }),
    ),
    not_observable: z.array(z.object({ owasp: z.string(), why: z.string() })),
  }),
);

/** Said openly: what passes by does not tell it. */
const NOT_OBSERVABLE = [
  {
    owasp: "LLM04:2025",
    why: "Poisoned training data shows in what a model was trained on; only writes to stores and instructions in documents pass by.",
  },
  {
    owasp: "LLM09:2025",
    why: "Whether an answer is true cannot be told from traffic; numbers of answers and their sources can.",
  },
];

export function risksJson(held: ReadonlyMap<string, number>): z.infer<typeof risksSchema> {
  const rules = [...AI_RULES, ...AI_ATTACK_RULES, ...AI_TOOL_RULES, ...AI_DYNAMIC_RULES];
  return {
    items: rules.map(({ id, title, severity, owasp, observable }) => ({
      rule: id,
      title,
      severity,
      owasp: [...owasp],
      observable,
      endpoints: held.get(id) ?? 0,
    })),
    not_observable: NOT_OBSERVABLE,
  };
}
