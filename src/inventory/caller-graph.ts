// Who talks to whom: from the callers that endpoints were heard with, by workload or address range.
import ipaddr from "ipaddr.js";
import type { Endpoint } from "../model/inventory.ts";
import { looksAi } from "../model/inventory.ts";
import type { CallerFacts } from "../model/sighting.ts";
import type { Exposure, ExposureFinder } from "./exposure.ts";
import { exposureOf, exposureOfAddress } from "./exposure.ts";
import type { PlaceFinder } from "./places.ts";

export interface CallerNode {
  /** Unique: `workload:checkout`, `declared:shop/checkout`, `address:10.0.0.9`, `range:10.0.0.0/24`, `name:host`, `unknown`. */
  readonly id: string;
  /** workload: as the file of places has it; declared: as headers or logs call it; name: a host name in a log. */
  readonly kind: "workload" | "declared" | "address" | "range" | "name" | "unknown";
  readonly name: string;
  readonly exposure: Exposure;
}

export interface TargetNode {
  /** Authority, or id of the endpoint. */
  readonly id: string;
  readonly authority: string;
  /** null where a whole service is meant. */
  readonly method: string | null;
  readonly path: string | null;
  readonly operation: string | null;
  /** An outside service of an AI vendor. */
  readonly vendor: boolean;
  readonly aiKind: string | null;
}

export interface CallerEdge {
  readonly caller: string;
  readonly target: string;
  /** Of caller and target, as far as their addresses tell. */
  readonly direction: "east-west" | "inbound" | "outbound" | "unknown";
  readonly requests: number;
  /** Milliseconds since the epoch. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly agents: readonly string[];
  /** What the target accepted and carried, from all its callers: nobody tells these apart by caller. */
  readonly auth: readonly string[];
  readonly dataClasses: readonly string[];
}

export interface CallerGraph {
  readonly callers: readonly CallerNode[];
  readonly targets: readonly TargetNode[];
  readonly edges: readonly CallerEdge[];
  /** Edges beyond `MAX_EDGES`, the quietest. */
  readonly edgesLeftOut: number;
  /** Requests of callers that endpoints did not keep apart. */
  readonly requestsLeftOut: number;
}

export interface GraphOptions {
  readonly level: "service" | "endpoint";
  readonly placeOf: PlaceFinder;
}

// A drawing of more is a black square; the whole is in the endpoints themselves.
const MAX_EDGES = 5_000;
// Addresses of one range beyond which they are shown as that range: a subnet of clients, not a handful of servers.
const MAX_APART = 8;

/** Noise is left out; everything else that was called is in. Order of endpoints changes nothing. */
export function callerGraph(endpoints: Iterable<Endpoint>, options: GraphOptions): CallerGraph {
  const heard = [...endpoints].filter(({ facts, confidence }) => facts !== null && confidence !== "noise");
  const { exposureAt = exposureOfAddress } = options.placeOf;
  const nodeOf = createNaming(heard, options.placeOf, exposureAt);
  const callers = new Map<string, CallerNode>();
  const targets = new Map<string, TargetNode>();
  const edges = new Map<string, Own<CallerEdge>>();
  let requestsLeftOut = 0;
  for (const endpoint of heard) {
    const target = targetOf(endpoint, options.level);
    targets.set(target.id, joinTarget(targets.get(target.id), target));
    requestsLeftOut += endpoint.facts?.callers.rest?.requests ?? 0;
    for (const caller of Object.values(endpoint.facts?.callers.kept ?? {})) {
      const node = nodeOf(caller);
      callers.set(node.id, joinCaller(callers.get(node.id), node));
      addEdge(edges, { node, target, endpoint, caller, exposureAt });
    }
  }
  const ranked = [...edges.values()].sort(
    (a, b) => b.requests - a.requests || compare(a.caller, b.caller) || compare(a.target, b.target),
  );
  const kept = ranked.slice(0, MAX_EDGES);
  const used = new Set(kept.flatMap(({ caller, target }) => [`c ${caller}`, `t ${target}`]));
  return {
    callers: [...callers.values()].filter(({ id }) => used.has(`c ${id}`)).sort(byId),
    targets: [...targets.values()].filter(({ id }) => used.has(`t ${id}`)).sort(byId),
    edges: kept,
    edgesLeftOut: ranked.length - kept.length,
    requestsLeftOut,
  };
}

type Own<T> = { -readonly [K in keyof T]: T[K] };

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return compare(a.id, b.id);
}

function targetOf(endpoint: Endpoint, level: GraphOptions["level"]): TargetNode {
  const { id, authority, method, path, operation, ai } = endpoint;
  const isAi = looksAi(endpoint);
  const base = { authority, vendor: isAi && ai.role === "consumer", aiKind: isAi ? ai.kind : null };
  return level === "service"
    ? { id: authority, method: null, path: null, operation: null, ...base }
    : { id, method, path, operation, ...base };
}

/** Addresses of one name may be on different sides: outside is what matters. */
function joinCaller(held: CallerNode | undefined, other: CallerNode): CallerNode {
  const sides = [held?.exposure, other.exposure];
  const exposure = SIDES.find((side) => sides.includes(side)) ?? other.exposure;
  return held?.exposure === exposure ? held : { ...other, exposure };
}

const SIDES = ["external", "internal"] as const satisfies readonly Exposure[];

/** Several endpoints of one service: AI if any is; of several kinds the first by name. */
function joinTarget(held: TargetNode | undefined, other: TargetNode): TargetNode {
  if (held === undefined) return other;
  const kinds = [held.aiKind, other.aiKind].filter((kind) => kind !== null).sort();
  return { ...held, vendor: held.vendor || other.vendor, aiKind: kinds[0] ?? null };
}

/** One caller at one endpoint. */
interface Call {
  readonly node: CallerNode;
  readonly target: TargetNode;
  readonly endpoint: Endpoint;
  readonly caller: CallerFacts;
  readonly exposureAt: ExposureFinder;
}

function addEdge(edges: Map<string, Own<CallerEdge>>, of: Call): void {
  const { node, target, endpoint, caller } = of;
  const key = `${node.id}\n${target.id}`;
  const made = edgeOf(of);
  const held = edges.get(key);
  if (held === undefined) {
    edges.set(key, made);
    return;
  }
  held.requests += caller.requests;
  held.firstSeen = Math.min(held.firstSeen, caller.firstSeen);
  held.lastSeen = Math.max(held.lastSeen, caller.lastSeen);
  held.agents = union(held.agents, made.agents);
  if (endpoint.id !== target.id) {
    held.auth = union(held.auth, made.auth);
    held.dataClasses = union(held.dataClasses, made.dataClasses);
  }
  if (made.direction !== held.direction) held.direction = "unknown";
}

function edgeOf(of: Call): Own<CallerEdge> {
  const { node, target, endpoint, caller } = of;
  const { facts } = endpoint;
  return {
    caller: node.id,
    target: target.id,
    direction: directionOf(of),
    requests: caller.requests,
    firstSeen: caller.firstSeen,
    lastSeen: caller.lastSeen,
    agents: caller.agent === "" ? [] : [caller.agent],
    auth: union(
      [],
      Object.values(facts?.auth.kept ?? {}).map(({ scheme }) => scheme),
    ),
    dataClasses: union(
      [],
      Object.values(facts?.dataClasses.kept ?? {}).map(({ dataClass }) => dataClass),
    ),
  };
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].sort();
}

function directionOf({ node, target, endpoint: { facts }, exposureAt }: Call): CallerEdge["direction"] {
  const servers = Object.keys(facts?.servers.kept ?? {}).map((server) => ({ address: hostOf(server) }));
  const inside = target.vendor ? "external" : exposureOf(servers, exposureAt);
  if (node.exposure === "external") return inside === "external" ? "unknown" : "inbound";
  if (inside === "external") return "outbound";
  return node.exposure === "internal" && inside === "internal" ? "east-west" : "unknown";
}

/** The address of a server as sightings write it: `10.0.0.1:80`, `[fd00::1]:80`, either without its port. */
export function hostOf(server: string): string {
  return /^\[([^\]]+)\]/.exec(server)?.[1] ?? server.replace(/:\d+$/, "");
}

/** Names callers; addresses of crowded ranges share the range's name. */
function createNaming(
  heard: readonly Endpoint[],
  placeOf: PlaceFinder,
  exposureAt: ExposureFinder,
): (caller: Pick<CallerFacts, "address" | "workload">) => CallerNode {
  const crowded = new Map<string, Set<string>>();
  for (const { facts } of heard) {
    for (const { address } of Object.values(facts?.callers.kept ?? {})) {
      const range = placeOf(address) === null ? rangeOf(address) : null;
      if (range !== null) crowded.set(range, (crowded.get(range) ?? new Set<string>()).add(address));
    }
  }
  return ({ address, workload = "*" }) => {
    const exposure = exposureAt(address);
    const place = placeOf(address);
    if (place !== null) return { id: `workload:${place.name}`, kind: "workload", name: place.name, exposure };
    if (workload !== "*") return { id: `declared:${workload}`, kind: "declared", name: workload, exposure };
    const range = rangeOf(address);
    if (range === null) return unaddressed(address);
    return (crowded.get(range)?.size ?? 0) > MAX_APART
      ? { id: `range:${range}`, kind: "range", name: range, exposure }
      : { id: `address:${address}`, kind: "address", name: address, exposure };
  };
}

/** "*" stands for several in joined facts. */
function unaddressed(name: string): CallerNode {
  if (name === "" || name === "*")
    return { id: "unknown", kind: "unknown", name: "unknown", exposure: "unknown" };
  return { id: `name:${name}`, kind: "name", name, exposure: "unknown" };
}

/** The /24 of an IPv4 address, the /64 of an IPv6 one; null for what is no address. */
function rangeOf(address: string): string | null {
  if (!ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address);
  return parsed.kind() === "ipv4"
    ? `${ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/24`).toString()}/24`
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}
