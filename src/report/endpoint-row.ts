// An endpoint as one row: what every list of endpoints says of it, over REST as in the report of a scan.
import { modelsOf } from "../inventory/ai-inventory.ts";
import { setEntry } from "../model/bounded.ts";
import type { AiBasis, AiVerdict, Endpoint, Evidence } from "../model/inventory.ts";
import type { AuthFacts, DataClassFacts, Facts } from "../model/sighting.ts";

export interface EndpointRow extends Pick<
  Endpoint,
  | "id"
  | "method"
  | "authority"
  | "path"
  | "protocol"
  | "style"
  | "operation"
  | "category"
  | "standing"
  | "confidence"
> {
  readonly requests: number;
  /** ISO 8601 UTC; null for an orphan. */
  readonly first_seen: string | null;
  readonly last_seen: string | null;
  /** Requests by status, "unknown" where none was heard. */
  readonly statuses: Record<string, number>;
  /** The most asked with first. */
  readonly auth: Pick<AuthFacts, "scheme" | "name" | "requests" | "successes">[];
  readonly data_classes: DataClassRow[];
  readonly ai: AiRow;
}

export interface DataClassRow extends Pick<DataClassFacts, "place" | "field" | "exchanges"> {
  readonly data_class: string;
}

export interface AiRow extends Pick<AiVerdict, "verdict" | "score" | "kind" | "role"> {
  readonly formats: string[];
  readonly vendor: string | null;
  /** What it rests on; null where there is no verdict. */
  readonly basis: AiBasis | null;
  /** Software that serves it; null where nothing tells. */
  readonly product: string | null;
  readonly models: string[];
}

export function endpointRow(endpoint: Endpoint): EndpointRow {
  const { id, method, authority, path, protocol, style, operation, category, facts } = endpoint;
  return {
    id,
    method,
    authority,
    path,
    protocol,
    style,
    operation,
    category,
    requests: facts?.requests ?? 0,
    first_seen: facts === null ? null : iso(facts.firstSeen),
    last_seen: facts === null ? null : iso(facts.lastSeen),
    statuses: statusesOf(endpoint),
    auth: authRows(facts),
    standing: endpoint.standing,
    data_classes: dataClassRows(facts),
    ai: aiRow(endpoint),
    confidence: endpoint.confidence,
  };
}

/** Requests by status, in order of status. */
function statusesOf({ facts }: Endpoint): Record<string, number> {
  const rows = Object.entries(facts?.responses ?? {}).sort(([a], [b]) => compare(a, b));
  const statuses: Record<string, number> = {};
  for (const [status, { count }] of rows) setEntry(statuses, status, count);
  return statuses;
}

export function authRows(facts: Facts | null): EndpointRow["auth"] {
  return Object.values(facts?.auth.kept ?? {})
    .map(({ scheme, name, requests, successes }) => ({ scheme, name, requests, successes }))
    .sort((a, b) => b.requests - a.requests || compare(`${a.scheme} ${a.name}`, `${b.scheme} ${b.name}`));
}

export function dataClassRows(facts: Facts | null): DataClassRow[] {
  return Object.values(facts?.dataClasses.kept ?? {})
    .map(({ dataClass, place, field, exchanges }) => ({ data_class: dataClass, place, field, exchanges }))
    .sort((a, b) =>
      compare(`${a.data_class} ${a.place} ${a.field}`, `${b.data_class} ${b.place} ${b.field}`),
    );
}

function aiRow(endpoint: Endpoint): AiRow {
  const { verdict, score, kind, role, formats, vendor, basis, product } = endpoint.ai;
  const host = { vendor: vendor ?? null, basis: basis ?? null, product: product ?? null };
  return { verdict, score, kind, role, formats: [...formats], ...host, models: [...modelsOf([endpoint])] };
}

export interface EvidenceRow extends Pick<Evidence, "group" | "weight" | "text" | "count"> {
  readonly first_seen: string | null;
  readonly last_seen: string | null;
}

export function evidenceRow({ group, weight, text, count, firstSeen, lastSeen }: Evidence): EvidenceRow {
  return {
    group,
    weight,
    text,
    count,
    first_seen: firstSeen === undefined ? null : iso(firstSeen),
    last_seen: lastSeen === undefined ? null : iso(lastSeen),
  };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** By code unit, so that no locale changes a report. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
