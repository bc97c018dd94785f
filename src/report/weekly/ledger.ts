// What the weekly report needs of an endpoint: a slim row, so that a hundred thousand of them fit into memory.
import type { Exposure, ExposureFinder } from "../../inventory/exposure.ts";
import { exposureOf } from "../../inventory/exposure.ts";
import type { Finding } from "../../inventory/findings.ts";
import { findingsOf } from "../../inventory/findings.ts";
import type { AiVerdictName, Category, Confidence, Endpoint, Standing } from "../../model/inventory.ts";
import type { CallerFacts, Facts } from "../../model/sighting.ts";
import { compare } from "../endpoint-row.ts";

export interface LedgerCaller {
  readonly address: string;
  readonly agent: string;
  readonly requests: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

export interface LedgerTool {
  readonly kind: string;
  readonly name: string;
  readonly firstSeen: number;
}

export interface LedgerRow {
  readonly id: string;
  readonly authority: string;
  readonly method: string;
  readonly path: string;
  readonly operation: string | null;
  readonly category: Category;
  readonly confidence: Confidence;
  readonly standing: Standing;
  readonly reason: string;
  readonly specIds: readonly string[];
  readonly verdict: AiVerdictName;
  readonly aiKind: string | null;
  readonly aiRole: string | null;
  /** Whose host it is, where it is a vendor's. */
  readonly vendor: string | null;
  /** What it offers to language models, in order of name. */
  readonly tools: readonly LedgerTool[];
  readonly owner: string | null;
  readonly requests: number;
  /** Milliseconds since the epoch; null for an orphan. */
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
  readonly auth: readonly string[];
  readonly dataClasses: readonly string[];
  readonly exposure: Exposure;
  readonly firstCaller: LedgerCaller | null;
  /** Those heard last, at most `MAX_CALLERS`. */
  readonly callers: readonly LedgerCaller[];
  /** How many callers are known; above the cap of the facts, at least so many. */
  readonly callerCount: number;
  readonly findings: readonly Finding[];
}

// A table cell names three; the others only say whether a caller was there in a given week.
const MAX_CALLERS = 8;

export function ledgerRow(endpoint: Endpoint, owner: string | null, exposureAt?: ExposureFinder): LedgerRow {
  const { id, authority, method, path, operation, category, confidence, standing, ai, facts } = endpoint;
  const callers = Object.values(facts?.callers.kept ?? {});
  return {
    id,
    authority,
    method,
    path,
    operation,
    category,
    confidence,
    standing,
    reason: endpoint.standingReason,
    specIds: endpoint.specIds,
    verdict: ai.verdict,
    aiKind: ai.kind,
    aiRole: ai.role,
    vendor: ai.vendor ?? null,
    tools: toolsOf(facts),
    owner,
    requests: facts?.requests ?? 0,
    firstSeen: facts?.firstSeen ?? null,
    lastSeen: facts?.lastSeen ?? null,
    ...securityOf(facts),
    exposure: exposureOf(callers, exposureAt),
    firstCaller: earliest(callers),
    callers: [...callers].sort(latestFirst).slice(0, MAX_CALLERS).map(callerOf),
    callerCount: callers.length,
    findings: findingsOf([endpoint]),
  };
}

const NO_TOOLS: readonly LedgerTool[] = [];

function toolsOf(facts: Facts | null): readonly LedgerTool[] {
  if (facts?.tools === undefined) return NO_TOOLS;
  return Object.values(facts.tools.kept)
    .map(({ kind, name, firstSeen }) => ({ kind, name, firstSeen }))
    .sort((a, b) => compare(a.name, b.name) || compare(a.kind, b.kind));
}

function securityOf(facts: Facts | null): Pick<LedgerRow, "auth" | "dataClasses"> {
  return {
    auth: distinct(Object.values(facts?.auth.kept ?? {}).map(({ scheme }) => scheme)),
    dataClasses: distinct(Object.values(facts?.dataClasses.kept ?? {}).map(({ dataClass }) => dataClass)),
  };
}

function earliest(callers: readonly CallerFacts[]): LedgerCaller | null {
  const [first] = [...callers].sort(
    (a, b) => a.firstSeen - b.firstSeen || compare(a.address, b.address) || compare(a.agent, b.agent),
  );
  return first === undefined ? null : callerOf(first);
}

function latestFirst(a: CallerFacts, b: CallerFacts): number {
  return b.lastSeen - a.lastSeen || compare(a.address, b.address) || compare(a.agent, b.agent);
}

function callerOf({ address, agent, requests, firstSeen, lastSeen }: CallerFacts): LedgerCaller {
  return { address, agent, requests, firstSeen, lastSeen };
}

export function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

/** By place, as reports list endpoints. */
export function byPlace(a: LedgerRow, b: LedgerRow): number {
  return (
    compare(a.authority, b.authority) ||
    compare(a.path, b.path) ||
    compare(a.method, b.method) ||
    compare(a.operation ?? "", b.operation ?? "") ||
    compare(a.id, b.id)
  );
}
