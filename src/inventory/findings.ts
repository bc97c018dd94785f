// What an endpoint's facts say that somebody should act on: a small table of rules, each with its sentence.
import type { Endpoint } from "../model/inventory.ts";
import type { AuthFacts, DataClassFacts } from "../model/sighting.ts";
import { AI_ATTACK_RULES } from "./ai-attacks.ts";
import { AI_DYNAMIC_RULES } from "./ai-dynamic-rules.ts";
import { AI_RULES } from "./ai-rules.ts";
import { AI_TOOL_RULES } from "./ai-tool-rules.ts";
import { counted } from "./counted.ts";
import { BASELINE_RULES } from "./drift-baseline.ts";
import { DRIFT_RULES } from "./drift-rules.ts";
import { REACH_RULES } from "./reach-findings.ts";

/** Worst first. */
export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Finding {
  /** Rule id, e.g. "shadow"; what `--fail-on` takes. */
  readonly rule: string;
  readonly severity: Severity;
  readonly endpointId: string;
  /** One sentence with the evidence; built from names and counts, never from values. */
  readonly text: string;
}

interface Rule {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** The evidence, or null when the rule does not hold. */
  holds(endpoint: Endpoint): string | null;
}

const RULES: readonly Rule[] = [
  {
    id: "shadow",
    severity: "medium",
    title: "Undocumented endpoint",
    holds: (endpoint) =>
      endpoint.standing === "shadow" && endpoint.category === "api" && endpoint.confidence !== "noise"
        ? `answers requests but stands in no API document (${endpoint.standingReason})`
        : null,
  },
  {
    id: "zombie",
    severity: "high",
    title: "Retired endpoint still in use",
    holds: (endpoint) => (endpoint.standing === "zombie" ? endpoint.standingReason : null),
  },
  {
    id: "ai",
    severity: "medium",
    title: "LLM-style endpoint",
    holds: ({ ai }) =>
      ai.verdict === "confirmed" || ai.verdict === "likely"
        ? `${ai.verdict} ${ai.kind ?? "AI"} endpoint: ${ai.evidence.map((reason) => reason.text).join("; ")}`
        : null,
  },
  {
    id: "no-auth",
    severity: "high",
    title: "Sensitive data without authentication",
    holds: sensitiveWithoutAuth,
  },
  {
    id: "key-in-url",
    severity: "medium",
    title: "Credential in the URL",
    holds: (endpoint) => {
      const keys = authOf(endpoint).filter((auth) => auth.scheme === "api-key-query");
      return keys.length === 0
        ? null
        : `a credential travels in the query (${keys.map((key) => key.name).join(", ")})`;
    },
  },
  {
    id: "cleartext",
    severity: "medium",
    title: "Credentials over cleartext HTTP",
    holds: (endpoint) => {
      const plain = endpoint.facts?.schemes["http"] ?? 0;
      const sent = authOf(endpoint).filter(
        (auth) => auth.scheme !== "none" && auth.scheme !== "not-recorded",
      );
      return plain > 0 && sent.length > 0
        ? `${counted(plain, "request")} over plain HTTP; credentials seen: ${sent.map((auth) => auth.scheme).join(", ")}`
        : null;
    },
  },
  ...AI_RULES,
  ...AI_ATTACK_RULES,
  ...AI_TOOL_RULES,
  ...AI_DYNAMIC_RULES,
  ...DRIFT_RULES,
];

/** Ids and titles of all rules, in order. */
export const findingRules: readonly {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
}[] = [...RULES, ...BASELINE_RULES, ...REACH_RULES].map(({ id, title, severity }) => ({
  id,
  title,
  severity,
}));

/** What `--fail-on` takes. */
export const findingRuleIds: readonly string[] = findingRules.map(({ id }) => id);

/** All findings about `endpoints`, in their order. */
export function findingsOf(endpoints: readonly Endpoint[]): readonly Finding[] {
  return endpoints.flatMap((endpoint) =>
    RULES.flatMap((rule) => {
      // What was not heard is nothing to act on; the AI verdict of a server name stands in the inventory.
      const text = endpoint.category === "encrypted" ? null : rule.holds(endpoint);
      return text === null ? [] : [{ rule: rule.id, severity: rule.severity, endpointId: endpoint.id, text }];
    }),
  );
}

function authOf(endpoint: Endpoint): readonly AuthFacts[] {
  return Object.values(endpoint.facts?.auth.kept ?? {});
}

function sensitiveWithoutAuth(endpoint: Endpoint): string | null {
  const open = authOf(endpoint).filter((auth) => auth.scheme === "none" && auth.successes > 0);
  const classes = Object.values(endpoint.facts?.dataClasses.kept ?? {}).filter(isAnswer);
  if (open.length === 0 || classes.length === 0) return null;
  const names = [...new Set(classes.map((found) => found.dataClass))].sort();
  return `answers without any credential and returns ${names.join(", ")}`;
}

function isAnswer(found: DataClassFacts): boolean {
  return found.place === "response.body" || found.place === "response.header";
}
