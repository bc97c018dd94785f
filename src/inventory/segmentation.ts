// Least-privilege rules for one service: who was heard calling what, and what such rules would have blocked lately.
import type { Endpoint } from "../model/inventory.ts";
import type { CallerFacts } from "../model/sighting.ts";
import { exposureOfAddress } from "./exposure.ts";
import type { PlaceFinder } from "./places.ts";
import { evidenceWarnings } from "./segmentation-evidence.ts";
import { targetWorkload } from "./segmentation-target.ts";
import type { AllowRule, AllowedOperation, Blocked, Peer, SegmentationPlan } from "./segmentation-types.ts";

export interface PlanOptions {
  /** Evidence counts from then until then; milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
  /** Now: what was heard in the 30 days before is held against the rules. */
  readonly now: number;
  readonly placeOf: PlaceFinder;
}

const DAY_MS = 86_400_000;
/** A month sees monthly jobs once; the issue of a rule is seldom older than that. */
export const REPLAY_DAYS = 30;
// Fewer requests, or all of them within a day, may be a test, a mistake or an attack as well as a need.
const THIN_REQUESTS = 10;

/** One caller at one endpoint. */
interface Call {
  readonly endpoint: Endpoint;
  readonly caller: CallerFacts;
}

/** `endpoints` are all of one service. */
export function segmentationPlan(
  service: string,
  endpoints: readonly Endpoint[],
  options: PlanOptions,
): SegmentationPlan {
  const heard = endpoints.filter(({ facts }) => facts !== null);
  const calls = heard.flatMap((endpoint) =>
    Object.values(endpoint.facts?.callers.kept ?? {}).map((caller) => ({ endpoint, caller })),
  );
  const rules = rulesOf(calls, options);
  const target = targetWorkload(service, heard, options.placeOf);
  return {
    service,
    target,
    window: { from: options.from, until: options.until },
    rules,
    blocked: blockedOf(calls, options),
    warnings: evidenceWarnings(heard, { rules, target, from: options.from, until: options.until }),
    cleartext: heard.length === 0 || heard.some(({ facts }) => !isOnlyEncrypted(facts?.schemes ?? {})),
  };
}

function isOnlyEncrypted(schemes: Readonly<Record<string, number>>): boolean {
  return (schemes["https"] ?? 0) > 0 && (schemes["http"] ?? 0) + (schemes["unknown"] ?? 0) === 0;
}

/** Why a call gives no rule; null when it does. */
function refusal({ endpoint, caller }: Call, { from, until }: PlanOptions): string | null {
  if (endpoint.confidence === "noise" || endpoint.category === "probe")
    return "only a probe: nothing answered there";
  if (exposureOfAddress(caller.address) === "unknown") return "the caller's address is not known";
  if (caller.firstSeen > until) return "first heard after the evidence ended";
  if (caller.lastSeen < from) return "last heard before the evidence began";
  return null;
}

function rulesOf(calls: readonly Call[], options: PlanOptions): readonly AllowRule[] {
  const groups = new Map<string, { peer: Peer; calls: Call[] }>();
  for (const call of calls) {
    if (refusal(call, options) !== null) continue;
    const peer = peerOf(call.caller.address, options.placeOf);
    const key = peerKey(peer);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { peer, calls: [call] });
    else group.calls.push(call);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ruleOf(group))
    .sort((a, b) => b.requests - a.requests);
}

function peerOf(address: string, placeOf: PlaceFinder): Peer {
  const place = placeOf(address);
  if (place !== null) return { kind: "workload", place };
  return { kind: "address", cidr: `${address}/${address.includes(":") ? 128 : 32}` };
}

export function peerKey(peer: Peer): string {
  return peer.kind === "workload" ? `workload ${peer.place.name}` : `address ${peer.cidr}`;
}

function ruleOf({ peer, calls }: { readonly peer: Peer; readonly calls: readonly Call[] }): AllowRule {
  const operations = new Map<string, Call[]>();
  for (const call of calls) {
    const key = `${call.endpoint.path} ${call.endpoint.method}`;
    operations.set(key, [...(operations.get(key) ?? []), call]);
  }
  const { requests, firstSeen, lastSeen } = countsOf(calls);
  return {
    peer,
    operations: [...operations].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, own]) => operationOf(own)),
    requests,
    firstSeen,
    lastSeen,
    thin: requests < THIN_REQUESTS || lastSeen - firstSeen < DAY_MS,
  };
}

function countsOf(calls: readonly Call[]): Pick<AllowRule, "requests" | "firstSeen" | "lastSeen"> {
  return {
    requests: calls.reduce((sum, { caller }) => sum + caller.requests, 0),
    firstSeen: Math.min(...calls.map(({ caller }) => caller.firstSeen)),
    lastSeen: Math.max(...calls.map(({ caller }) => caller.lastSeen)),
  };
}

/** `calls` of one caller at one endpoint. */
function operationOf(calls: readonly Call[]): readonly AllowedOperation[] {
  return calls.slice(0, 1).map(({ endpoint: { method, path, parameters } }) => ({
    method,
    path,
    tail: parameters.at(-1)?.class === "tail",
    ...countsOf(calls),
  }));
}

function blockedOf(calls: readonly Call[], options: PlanOptions): readonly Blocked[] {
  const since = options.now - REPLAY_DAYS * DAY_MS;
  const allowed = new Set<string>();
  const allowedPeers = new Set<string>();
  for (const call of calls) {
    if (refusal(call, options) !== null) continue;
    const peer = peerKey(peerOf(call.caller.address, options.placeOf));
    allowed.add(`${peer}\n${call.endpoint.id}`);
    allowedPeers.add(peer);
  }
  const blocked = calls.flatMap((call) => {
    const reason = call.caller.lastSeen < since ? null : refusal(call, options);
    const peer = peerKey(peerOf(call.caller.address, options.placeOf));
    if (reason === null || allowed.has(`${peer}\n${call.endpoint.id}`)) return [];
    return [blockedCall(call, reason, allowedPeers.has(peer))];
  });
  return blocked.sort((a, b) => b.requests - a.requests || (blockedKey(a) < blockedKey(b) ? -1 : 1));
}

function blockedCall({ endpoint, caller }: Call, reason: string, addressAllowed: boolean): Blocked {
  const { address, agent, requests, lastSeen } = caller;
  const { method, path } = endpoint;
  return { caller: address || "unknown", agent, method, path, requests, lastSeen, reason, addressAllowed };
}

function blockedKey({ caller, method, path, agent }: Blocked): string {
  return [caller, path, method, agent].join("\n");
}
