// The document `umbra scan` gives: a stable, value-free picture of what was heard (schema in docs/scan.schema.json).
import type { Approvals } from "../inventory/ai-approvals.ts";
import type { Finding } from "../inventory/findings.ts";
import { findingsOf } from "../inventory/findings.ts";
import type { Histogram } from "../model/bounded.ts";
import type { CaptureHealth } from "../model/health.ts";
import type { Endpoint, Service } from "../model/inventory.ts";
import { isHeardApi, isShadowApi, looksAi } from "../model/inventory.ts";
import type { Facts } from "../model/sighting.ts";
import { total } from "../model/sketch.ts";
import type { AiSection } from "./ai-section.ts";
import { aiSection } from "./ai-section.ts";
import type { DeclaredRow } from "./declared-rows.ts";
import { declaredRows } from "./declared-rows.ts";
import type { AiRow, EndpointRow, EvidenceRow } from "./endpoint-row.ts";
import { compare, endpointRow, evidenceRow } from "./endpoint-row.ts";
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

export interface ScanEndpoint extends Omit<EndpointRow, "ai">, WireRow {
  /** Bytes of all requests and of all responses whose size is known, within 5 %. */
  readonly request_bytes: number;
  readonly response_bytes: number;
  readonly standing_reason: string;
  readonly callers: readonly {
    readonly address: string;
    readonly agent: string;
    /** What headers or logs call it; absent where they do not. */
    readonly workload?: string;
    readonly requests: number;
  }[];
  /** Who answers, as headers and logs declare it; absent where none does. */
  readonly declared?: readonly DeclaredRow[];
  readonly ai: AiRow & { readonly evidence: readonly EvidenceRow[] };
  readonly parameters: readonly { readonly name: string; readonly class: string }[];
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
    endpoints: sorted.map(scanEndpoint),
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

function scanEndpoint(endpoint: Endpoint): ScanEndpoint {
  const { facts, ai } = endpoint;
  const row = endpointRow(endpoint);
  const declared = declaredRows(facts);
  // Assigned rather than spread, for thousands are held, and each spread one had a hidden class of its own.
  return Object.assign(row, {
    request_bytes: bytesIn(facts?.requestBytes),
    response_bytes: bytesIn(facts?.responseBytes),
    standing_reason: endpoint.standingReason,
    callers: callerRows(facts),
    ...(declared.length > 0 && { declared }),
    ai: Object.assign(row.ai, { evidence: ai.evidence.map(evidenceRow) }),
    ...wireRow(facts),
    parameters: endpoint.parameters.map(({ name, class: kind }) => ({ name, class: kind })),
  });
}

function bytesIn(sizes: Histogram | undefined): number {
  return sizes === undefined ? 0 : Math.round(total(sizes));
}

function callerRows(facts: Facts | null): ScanEndpoint["callers"] {
  return Object.values(facts?.callers.kept ?? {})
    .map(({ address, agent, workload, requests }) => ({
      address,
      agent,
      ...(workload !== undefined && { workload }),
      requests,
    }))
    .sort((a, b) => b.requests - a.requests || compare(`${a.address} ${a.agent}`, `${b.address} ${b.agent}`));
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
