// The document `umbra scan` gives: a stable, value-free picture of what was heard (schema in docs/scan.schema.json).
import type { Approvals } from "../inventory/ai-approvals.ts";
import { modelsOf } from "../inventory/ai-inventory.ts";
import type { Finding } from "../inventory/findings.ts";
import { findingsOf } from "../inventory/findings.ts";
import type { Histogram } from "../model/bounded.ts";
import type { CaptureHealth } from "../model/health.ts";
import type { AiVerdict, Endpoint, Service } from "../model/inventory.ts";
import { isHeardApi, isShadowApi, looksAi } from "../model/inventory.ts";
import type { Facts } from "../model/sighting.ts";
import { total } from "../model/sketch.ts";
import type { AiSection } from "./ai-section.ts";
import { aiSection } from "./ai-section.ts";
import { type WireRow, wireRow } from "./wire-row.ts";

/** Everything a report is made from. */
export interface Inventory {
  readonly services: readonly Service[];
  readonly endpoints: readonly Endpoint[];
  readonly health: readonly CaptureHealth[];
  /** Hosts that are one service; absent: nobody looked. */
  readonly hostGroups?: readonly HostGroup[];
  /** Which vendors are allowed; absent: nobody said so. */
  readonly approvals?: Approvals;
  /** Beside those that follow from endpoints. */
  readonly findings?: readonly Finding[];
  /** Of the inputs it was compared with; absent: it was compared with none. */
  readonly baseline?: readonly CaptureHealth[];
}

export interface HostGroup {
  /** `{tenant}.api.example.com` */
  readonly pattern: string;
  readonly members: readonly { readonly authority: string; readonly value: string }[];
}

export interface ScanEndpoint extends WireRow {
  readonly id: string;
  readonly method: string;
  readonly authority: string;
  readonly path: string;
  readonly protocol: string;
  readonly style: string;
  readonly operation: string | null;
  readonly category: string;
  readonly requests: number;
  /** Bytes of all requests and of all responses whose size is known, within 5 %. */
  readonly request_bytes: number;
  readonly response_bytes: number;
  /** ISO 8601 UTC; null for an orphan. */
  readonly first_seen: string | null;
  readonly last_seen: string | null;
  /** Requests by status, "unknown" where none was heard. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly auth: readonly {
    readonly scheme: string;
    readonly name: string | null;
    readonly requests: number;
    readonly successes: number;
  }[];
  readonly standing: string;
  readonly standing_reason: string;
  readonly data_classes: readonly {
    readonly data_class: string;
    readonly place: string;
    readonly field: string;
    readonly exchanges: number;
  }[];
  readonly callers: readonly {
    readonly address: string;
    readonly agent: string;
    readonly requests: number;
  }[];
  readonly ai: ScanAi;
  readonly confidence: string;
  readonly parameters: readonly { readonly name: string; readonly class: string }[];
}

export interface ScanAi extends Pick<AiVerdict, "verdict" | "score" | "kind" | "role" | "formats"> {
  readonly vendor: string | null;
  /** What it rests on; null where there is no verdict. */
  readonly basis: string | null;
  /** Software that serves it; null where nothing tells. */
  readonly product: string | null;
  readonly models: readonly string[];
  readonly evidence: readonly {
    readonly group: string;
    readonly weight: number;
    readonly text: string;
    readonly count: number;
    readonly first_seen: string | null;
    readonly last_seen: string | null;
  }[];
}

/** What could and could not be heard. */
export interface ScanCapture {
  readonly inputs: readonly {
    readonly name: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly counters: Readonly<Record<string, number>>;
    readonly weirds: Readonly<Record<string, number>>;
  }[];
  readonly counters: Readonly<Record<string, number>>;
  readonly weirds: Readonly<Record<string, number>>;
}

export interface ScanReport {
  readonly schema: "umbra.scan/1";
  readonly capture: ScanCapture & {
    /** Of the inputs it was compared with; absent where there are none. */
    readonly baseline?: ScanCapture;
  };
  readonly services: readonly {
    readonly authority: string;
    readonly requests: number;
    readonly first_seen: string;
    readonly last_seen: string;
    readonly endpoints: number;
    readonly shadow: number;
    readonly ai: number;
    /** Pattern of the hosts that are one service with it; absent where there is none. */
    readonly host_group?: string;
  }[];
  readonly endpoints: readonly ScanEndpoint[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly endpoint: string;
    readonly text: string;
  }[];
  /** Of language models, above endpoints. */
  readonly ai: AiSection;
}

/** Same inventory, same report: everything is sorted. */
export function scanReport(inventory: Inventory): ScanReport {
  const { services, endpoints, health, baseline, approvals, hostGroups = [], findings = [] } = inventory;
  const sorted = [...endpoints].sort(byPlace);
  return {
    schema: "umbra.scan/1",
    capture: { ...captureOf(health), ...(baseline !== undefined && { baseline: captureOf(baseline) }) },
    services: [...services]
      .sort((a, b) => compare(a.authority, b.authority))
      .map((service) => ({ ...serviceRow(service, sorted), ...hostGroupOf(service, hostGroups) })),
    endpoints: sorted.map(endpointRow),
    findings: [...findingsOf(sorted), ...findings].map(findingRow),
    ai: aiSection(sorted, approvals),
  };
}

function hostGroupOf(
  { authority }: Service,
  groups: readonly HostGroup[],
): Pick<ScanReport["services"][number], "host_group"> {
  const found = groups.find(({ members }) => members.some((member) => member.authority === authority));
  return found === undefined ? {} : { host_group: found.pattern };
}

function captureOf(health: readonly CaptureHealth[]): ScanCapture {
  return {
    inputs: health.map(({ collector, from, to, counters, weirds }) => ({
      name: collector,
      from: from === null ? null : iso(from),
      to: to === null ? null : iso(to),
      counters,
      weirds,
    })),
    counters: addUp(health.map((report) => report.counters)),
    weirds: addUp(health.map((report) => report.weirds)),
  };
}

function serviceRow(service: Service, endpoints: readonly Endpoint[]): ScanReport["services"][number] {
  const own = endpoints.filter((endpoint) => endpoint.authority === service.authority);
  return {
    authority: service.authority,
    requests: service.requests,
    first_seen: iso(service.firstSeen),
    last_seen: iso(service.lastSeen),
    endpoints: own.filter(isHeardApi).length,
    shadow: own.filter(isShadowApi).length,
    ai: own.filter(looksAi).length,
  };
}

function endpointRow(endpoint: Endpoint): ScanEndpoint {
  const { facts } = endpoint;
  return {
    id: endpoint.id,
    method: endpoint.method,
    authority: endpoint.authority,
    path: endpoint.path,
    protocol: endpoint.protocol,
    style: endpoint.style,
    operation: endpoint.operation,
    category: endpoint.category,
    requests: facts?.requests ?? 0,
    request_bytes: bytesIn(facts?.requestBytes),
    response_bytes: bytesIn(facts?.responseBytes),
    first_seen: facts === null ? null : iso(facts.firstSeen),
    last_seen: facts === null ? null : iso(facts.lastSeen),
    statuses: statusesOf(endpoint),
    auth: authRows(facts),
    standing: endpoint.standing,
    standing_reason: endpoint.standingReason,
    data_classes: dataClassRows(facts),
    callers: callerRows(facts),
    ai: aiOf(endpoint, modelsOf([endpoint])),
    confidence: endpoint.confidence,
    ...wireRow(facts),
    parameters: endpoint.parameters.map(({ name, class: kind }) => ({ name, class: kind })),
  };
}

function aiOf({ ai }: Endpoint, models: readonly string[]): ScanAi {
  const { verdict, score, kind, role, formats, vendor, basis, product, evidence } = ai;
  const reasons = evidence.map(({ group, weight, text, count, firstSeen, lastSeen }) => ({
    group,
    weight,
    text,
    count,
    first_seen: firstSeen === undefined ? null : iso(firstSeen),
    last_seen: lastSeen === undefined ? null : iso(lastSeen),
  }));
  const host = { vendor: vendor ?? null, basis: basis ?? null, product: product ?? null };
  return { verdict, score, kind, role, formats, ...host, models, evidence: reasons };
}

function bytesIn(sizes: Histogram | undefined): number {
  return sizes === undefined ? 0 : Math.round(total(sizes));
}

function authRows(facts: Facts | null): ScanEndpoint["auth"] {
  return Object.values(facts?.auth.kept ?? {})
    .map(({ scheme, name, requests, successes }) => ({ scheme, name, requests, successes }))
    .sort((a, b) => b.requests - a.requests || compare(`${a.scheme} ${a.name}`, `${b.scheme} ${b.name}`));
}

function dataClassRows(facts: Facts | null): ScanEndpoint["data_classes"] {
  return Object.values(facts?.dataClasses.kept ?? {})
    .map(({ dataClass, place, field, exchanges }) => ({ data_class: dataClass, place, field, exchanges }))
    .sort((a, b) =>
      compare(`${a.data_class} ${a.place} ${a.field}`, `${b.data_class} ${b.place} ${b.field}`),
    );
}

function callerRows(facts: Facts | null): ScanEndpoint["callers"] {
  return Object.values(facts?.callers.kept ?? {})
    .map(({ address, agent, requests }) => ({ address, agent, requests }))
    .sort((a, b) => b.requests - a.requests || compare(`${a.address} ${a.agent}`, `${b.address} ${b.agent}`));
}

/** Requests by status, in order of status. */
export function statusesOf(endpoint: Endpoint): Readonly<Record<string, number>> {
  const rows = Object.entries(endpoint.facts?.responses ?? {}).sort(([a], [b]) => compare(a, b));
  return Object.fromEntries(rows.map(([status, response]) => [status, response.count]));
}

function findingRow({ rule, severity, endpointId, text }: Finding): ScanReport["findings"][number] {
  return { rule, severity, endpoint: endpointId, text };
}

function addUp(records: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const record of records) {
    for (const [name, count] of Object.entries(record)) sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => compare(a, b)));
}

function byPlace(a: Endpoint, b: Endpoint): number {
  return (
    compare(a.authority, b.authority) ||
    compare(a.path, b.path) ||
    compare(a.method, b.method) ||
    compare(a.operation ?? "", b.operation ?? "") ||
    compare(a.id, b.id)
  );
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** By code unit, so that no locale changes a report. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
