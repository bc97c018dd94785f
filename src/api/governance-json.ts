// Findings, ownership, decisions and teams as the API shows them.
import { z } from "zod";
import type { Axes, Axis } from "../inventory/axes.ts";
import { QUIET_DAYS } from "../inventory/axes.ts";
import type { Risk } from "../inventory/risk.ts";
import { AI_DECISIONS } from "../model/governance.ts";
import type { FindingRecord, Governance, OwnerFile, Ownership, Team } from "../model/governance.ts";
import type { Endpoint } from "../model/inventory.ts";
import { declaredJson, declaredSchema } from "./declared-json.ts";
import { component, count, iso, pageOf, time } from "./schema.ts";
import { CLAIMS, DECISIONS, FINDING_STATES, OWNER_FILES, SEVERITIES, STANDINGS, TRAFFIC } from "./words.ts";

export const findingSchema = component(
  "Finding",
  "Something to act on, over time: one for each rule and endpoint.",
  z.object({
    id: z.string(),
    rule: z.string().describe("Id of the rule; `policy.` before those of policies."),
    title: z.string(),
    severity: z.enum(SEVERITIES),
    endpoint_id: z.string(),
    authority: z.string(),
    text: z.string().describe("The evidence as it was last heard."),
    state: z.enum(FINDING_STATES),
    opened_at: time,
    changed_at: time,
    resolved_at: time.nullable(),
    accepted_until: time.nullable(),
    reason: z.string().nullable().describe("Why it is accepted."),
    by: z.string().nullable().describe("Who acknowledged or accepted it; null while nobody did."),
    reopened: count.describe("How often it came back."),
    review_by: time.nullable().describe("Somebody has to look at it by then."),
  }),
);

export const findingPage = pageOf("FindingPage", findingSchema);

export function findingJson(record: FindingRecord): z.infer<typeof findingSchema> {
  const { id, rule, title, severity, authority, text, state, reason, by, reopened } = record;
  return {
    id,
    rule,
    title,
    severity,
    endpoint_id: record.endpointId,
    authority,
    text,
    state,
    opened_at: iso(record.openedAt),
    changed_at: iso(record.changedAt),
    resolved_at: when(record.resolvedAt),
    accepted_until: when(record.acceptedUntil),
    reason,
    by,
    reopened,
    review_by: when(record.reviewBy),
  };
}

function when(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}

const claim = z.object({
  owner: z.string(),
  source: z.enum(CLAIMS),
  confidence: z.number().describe("0 to 1; 1 for what was said outright."),
  reason: z.string(),
});

const axis = <T extends readonly [string, ...string[]]>(states: T) =>
  z.object({
    state: z.enum(states),
    since: time.nullable(),
    by: z.string().nullable().describe("Who said it; null for traffic and documents."),
    evidence: z.string().nullable(),
    history: z.array(z.object({ at: time, from: z.string().nullable(), to: z.string() })),
  });

const axes = z.object({
  documentation: axis(STANDINGS),
  traffic: axis(TRAFFIC).describe(`quiet: not heard for ${QUIET_DAYS} days, while other traffic was.`),
  governance: axis(DECISIONS),
});

function axisJson<T extends string>({ state, since, by, evidence, history }: Axis<T>) {
  const turns = history.map(({ at, from, to }) => ({ at: iso(at), from, to }));
  return { state, since: when(since), by, evidence, history: turns };
}

export const governanceSchema = component(
  "Governance",
  "What is decided about an endpoint, who owns it, and how risky it is, each with its reasons.",
  z.object({
    axes: axes.describe("Where it stands, since when, by whom or which evidence, and what it was before."),
    decision: z.enum(DECISIONS),
    decided_at: time.nullable(),
    decided_by: z.string().nullable(),
    ai: z.enum(AI_DECISIONS).nullable().describe("What a person said of the AI verdict; null: nothing."),
    owner: claim.nullable(),
    conflicts: z.array(claim).describe("Other owners somebody or some file names."),
    proposals: z.array(claim).describe("Inferred; set the owner to accept one."),
    declared: declaredSchema,
    risk: z.object({
      score: z.number().describe("0 to 100."),
      factors: z.array(
        z.object({ id: z.string(), points: z.number(), reason: z.string(), owasp: z.array(z.string()) }),
      ),
    }),
    findings: z.array(findingSchema),
    history: z.array(
      z.object({
        at: time,
        by: z.string(),
        field: z.enum(["decision", "owner", "ai"]),
        from: z.string().nullable(),
        to: z.string().nullable(),
        reason: z.string().nullable(),
        of: z
          .string()
          .nullable()
          .describe("Endpoint it was said of, where it came along with a merge or a split; null: this one."),
      }),
    ),
  }),
);

export interface Governed {
  readonly endpoint: Pick<Endpoint, "facts">;
  readonly said: Governance;
  readonly axes: Axes;
  readonly ownership: Ownership;
  readonly risk: Risk;
  readonly findings: readonly FindingRecord[];
}

export function governanceJson({
  endpoint,
  said,
  axes: stands,
  ownership,
  risk,
  findings,
}: Governed): z.infer<typeof governanceSchema> {
  const { owner, conflicts, proposals } = ownership;
  return {
    axes: {
      documentation: axisJson(stands.documentation),
      traffic: axisJson(stands.traffic),
      governance: axisJson(stands.governance),
    },
    decision: said.decision,
    decided_at: when(said.decidedAt),
    decided_by: said.decidedBy,
    ai: said.ai ?? null,
    owner,
    conflicts: [...conflicts],
    proposals: [...proposals],
    declared: declaredJson(endpoint.facts),
    risk: {
      score: risk.score,
      factors: risk.factors.map((factor) => ({ ...factor, owasp: [...factor.owasp] })),
    },
    findings: findings.map(findingJson),
    history: said.history.map(({ at, of = null, ...change }) => ({ at: iso(at), ...change, of })),
  };
}

// Of an address (RFC 5321, 4.5.3.1.3), and of a link as browsers take it.
const MAX_ADDRESS = 254;
const MAX_URL = 2048;
const url = z.url({ protocol: /^https?$/ }).max(MAX_URL);

const contact = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("email"), address: z.email().max(MAX_ADDRESS) }),
  z.strictObject({ kind: z.literal("webhook"), url }),
  z.strictObject({ kind: z.literal("slack"), url }),
  z.strictObject({ kind: z.literal("teams"), url }),
]);

export const teamSchema = component(
  "Team",
  "Who answers for endpoints, and how they are told.",
  z.strictObject({
    id: z.string().regex(/^[\w.@/-]{1,128}$/, "must be 1 to 128 letters, digits and ._@/-"),
    name: z.string().min(1).max(200),
    contacts: z.array(contact).max(20).default([]),
  }),
);

export const teamList = component("TeamList", "All teams.", z.object({ items: z.array(teamSchema) }));

export function teamJson({ id, name, contacts }: Team): z.infer<typeof teamSchema> {
  return { id, name, contacts: contacts.map((one) => ({ ...one })) };
}

export const ownerFileSchema = component(
  "OwnerFile",
  "A file in which people keep owners.",
  z.object({ name: z.string(), kind: z.enum(OWNER_FILES), uploaded_at: time }),
);

export const ownerFileList = component(
  "OwnerFileList",
  "All files of owners.",
  z.object({ items: z.array(ownerFileSchema) }),
);

export function ownerFileJson({ name, kind, uploadedAt }: OwnerFile): z.infer<typeof ownerFileSchema> {
  return { name, kind, uploaded_at: iso(uploadedAt) };
}
