// Drift as findings: one rule for each kind of change, so that people can acknowledge, accept and route them like others.
import type { Endpoint } from "../model/inventory.ts";
import type { DriftFinding } from "./drift.ts";
import { driftOf, silence } from "./drift.ts";

interface Kind {
  readonly category: string;
  readonly severity: "info" | "medium" | "high" | "critical";
  readonly title: string;
}

const KINDS: readonly Kind[] = [
  { category: "auth-weakened", severity: "critical", title: "Credentials are no longer needed" },
  { category: "data-class-new", severity: "critical", title: "New sensitive data in answers" },
  { category: "field-gone", severity: "high", title: "Field gone from answers" },
  { category: "field-optional", severity: "high", title: "Field no longer always in answers" },
  { category: "field-required", severity: "high", title: "Field needed in requests" },
  { category: "kind-new", severity: "high", title: "Field of another kind" },
  { category: "format-changed", severity: "high", title: "Texts of another format in answers" },
  { category: "kind-gone", severity: "medium", title: "Requests no longer send a kind" },
  { category: "status-mix", severity: "medium", title: "Failures rose or fell" },
  { category: "value-new", severity: "medium", title: "New value of an enumeration in answers" },
  { category: "status-new", severity: "info", title: "New status" },
  { category: "media-type-new", severity: "info", title: "New media type" },
  { category: "field-new", severity: "info", title: "New field in answers" },
];

// Rows never change, and each rule asks.
const known = new WeakMap<Endpoint, readonly DriftFinding[]>();

function driftIn(endpoint: Endpoint): readonly DriftFinding[] {
  const held = known.get(endpoint) ?? driftOf(endpoint.id, endpoint.facts?.history);
  known.set(endpoint, held);
  return held;
}

/** Locations named in one sentence; the endpoint's own list has all. */
const MAX_NAMED = 3;

export const DRIFT_RULES = KINDS.map(({ category, severity, title }) => ({
  id: `drift.${category}`,
  severity,
  title,
  /** What a single new client does is not held against the endpoint. */
  holds(endpoint: Endpoint): string | null {
    if (endpoint.category !== "api" || endpoint.confidence === "noise" || isFresh(endpoint)) return null;
    const found = driftIn(endpoint).filter((one) => one.category === category && !one.probe && isWorth(one));
    if (found.length === 0) return null;
    const named = found.slice(0, MAX_NAMED).map(({ location, text }) => `${location}: ${text}`);
    const more = found.length - named.length;
    return `${named.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
  },
}));

const DAY = 86_400_000;

/** Split off another within a day: what it lacks may only be learned anew. */
function isFresh({ carved, facts }: Endpoint): boolean {
  return carved !== undefined && facts !== null && facts.lastSeen - carved.at < DAY;
}

export const SILENT = {
  rule: "drift.silent",
  severity: "medium",
  title: "A busy endpoint has gone silent",
} as const;

/** Evidence that nobody calls it any more although its service is; null while they do. By the traffic's clock. */
export function silenceIn(endpoint: Endpoint, serviceLastSeen: number): string | null {
  const { category, confidence, facts } = endpoint;
  if (category !== "api" || confidence !== "confirmed" || facts === null || isFresh(endpoint)) return null;
  const now = Math.max(serviceLastSeen, facts.lastSeen);
  if (now - facts.lastSeen < DAY) return null;
  return silence(endpoint.id, facts.history, { now, serviceLastSeen: now })?.text ?? null;
}

/** Clients may send what they like: another kind is a finding in answers alone. */
function isWorth({ category, severity }: DriftFinding): boolean {
  return category !== "kind-new" || severity === "error";
}
