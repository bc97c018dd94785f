// Reads policies from YAML and says exactly what is wrong with them; nothing unknown passes in silence.
import { parseDocument } from "yaml";
import { z } from "zod";
import type { Parsed } from "../model/parsed.ts";
import { parsed, weird } from "../model/parsed.ts";
import { AUTH_SCHEMES } from "../model/sighting.ts";
import { SILENT } from "./drift-rules.ts";
import { findingRuleIds } from "./findings.ts";
import type { Policy } from "./policy.ts";

// Policies are written by hand; a hundred times the largest set seen in practice.
const MAX_POLICIES = 5_000;
const MAX_BYTES = 4 * 1024 * 1024;

/** A word or a list of words. */
function wordsOf<T extends string>(word: z.ZodType<T>) {
  return z.union([word.transform((one): readonly T[] => [one]), z.array(word).min(1).max(200).readonly()]);
}

const words = wordsOf(z.string().min(1).max(256));

const DRIFT = "drift.";
const DRIFTS = [...findingRuleIds, SILENT.rule].flatMap((id) =>
  id.startsWith(DRIFT) ? [id.slice(DRIFT.length)] : [],
);

/** A word nobody knows would hold of nothing, in silence. */
function knownWords(what: string, known: readonly string[]) {
  const isKnown = new Set(known);
  return wordsOf(
    z.string().refine((word) => isKnown.has(word), `no such ${what}; known: ${known.join(", ")}`),
  );
}

const conditions = z
  .strictObject({
    service: words,
    namespace: words,
    method: words,
    path: words,
    standing: wordsOf(z.enum(["documented", "shadow", "zombie", "orphan", "unjudged"])),
    confidence: wordsOf(z.enum(["candidate", "confirmed", "noise"])),
    decision: wordsOf(z.enum(["unreviewed", "approved", "to-be-retired", "ignored"])),
    auth: wordsOf(z.enum(AUTH_SCHEMES)),
    data_class: words,
    answers_with: words,
    ai_verdict: wordsOf(z.enum(["confirmed", "likely", "watch", "none"])),
    ai_kind: words,
    ai_role: wordsOf(z.enum(["provider", "consumer", "gateway"])),
    ai_format: words,
    ai_vendor: words,
    ai_approval: wordsOf(z.enum(["sanctioned", "tolerated", "unsanctioned", "unreviewed"])),
    says: words,
    actor: words,
    exposure: wordsOf(z.enum(["internal", "external", "unknown"])),
    owner: words,
    environment: words,
    drift: knownWords("change", DRIFTS),
    finding: knownWords("finding", findingRuleIds),
    risk_at_least: z.number().min(0).max(100),
    known_for_days: z.number().min(0).max(3650),
    quiet_for_days: z.number().min(0).max(3650),
  })
  .partial();

const when = conditions.refine((given) => Object.keys(given).length > 0, "needs at least one condition");

const policy = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "must be lower-case words joined by dashes"),
  title: z.string().min(1).max(200),
  severity: z.enum(["info", "low", "medium", "high", "critical"]),
  when,
  unless: when.optional(),
  notify: z.array(z.string().min(1).max(254)).max(20).default([]),
  review_within_days: z.int().min(1).max(365).optional(),
  advice: z.string().min(1).max(1000).optional(),
});

const environment = z.strictObject({ name: z.string().min(1).max(64), service: words });

const file = z.strictObject({
  environments: z.array(environment).max(1_000).default([]),
  policies: z.array(policy).max(MAX_POLICIES),
});

/** A name for services; the first whose patterns fit. */
export interface Environment {
  readonly name: string;
  readonly service: readonly string[];
}

export interface PolicyFile {
  readonly policies: readonly Policy[];
  readonly environments: readonly Environment[];
}

/**
 * `environments: [{name, service}]` and `policies: [{id, title, severity, when, …}]`. The weird's detail names the policy
 * and the field.
 */
export function readPolicies(text: string): Parsed<PolicyFile> {
  if (text.length > MAX_BYTES) return weird("policy.too-large", `more than ${MAX_BYTES} characters`);
  const document = parseDocument(text, { logLevel: "silent" });
  const [error] = document.errors;
  if (error !== undefined) return weird("policy.not-yaml", `line ${error.linePos?.[0].line ?? 1}: not YAML`);
  const given = plain(document);
  const read = file.safeParse(given);
  if (!read.success) return weird("policy.invalid", complaint(read.error, given));
  const ids = new Set<string>();
  for (const { id } of read.data.policies) {
    if (ids.has(id)) return weird("policy.twice", `the id ${id} stands there twice`);
    ids.add(id);
  }
  // zod spells an absent field `undefined`; the model leaves it out.
  return parsed(read.data as PolicyFile);
}

function plain(document: { toJS(options: { maxAliasCount: number }): unknown }): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return null;
  }
}

// What is mended in one go; the rest is told the next time.
const MOST_COMPLAINTS = 5;

function complaint({ issues }: z.ZodError, given: unknown): string {
  const told = issues.slice(0, MOST_COMPLAINTS).map((issue) => {
    const id = idAt(given, issue.path);
    return `${issue.path.join(".") || "the file"}: ${reasonOf(issue)}${id === null ? "" : ` (policy ${id})`}`;
  });
  const left = issues.length - told.length;
  return [...told, ...(left > 0 ? [`and ${left} more`] : [])].join("; ") || "not a set of policies";
}

/** Of a word or a list, what is wrong with the one that was given. */
function reasonOf(issue: z.core.$ZodIssue): string {
  const inner =
    issue.code === "invalid_union" ? issue.errors.find(([one]) => one?.code !== "invalid_type") : undefined;
  return inner?.[0]?.message ?? issue.message;
}

/** People know their policies by id, not by number. */
function idAt(given: unknown, [list, index]: readonly PropertyKey[]): string | null {
  if (list !== "policies" || typeof index !== "number") return null;
  const { policies } = given as { readonly policies: readonly unknown[] };
  const policy = policies[index] as { readonly id?: unknown } | null | undefined;
  return typeof policy?.id === "string" ? policy.id : null;
}
