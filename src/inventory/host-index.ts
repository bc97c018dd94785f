// Which endpoints an address serves and which it calls: what turns single calls into paths through the network.
import type { Endpoint } from "../model/inventory.ts";
import { looksAi } from "../model/inventory.ts";
import { hostOf } from "./caller-graph.ts";
import type { Exposure, ExposureFinder } from "./exposure.ts";
import { exposureOf } from "./exposure.ts";
import type { PlaceFinder } from "./places.ts";

/** One host: a workload that people named, or an address. */
export interface Host {
  /** `workload:checkout` or `address:10.0.0.9`. */
  readonly id: string;
  readonly name: string;
  readonly kind: "workload" | "users" | "agents" | "address";
}

/** The same host is the same object: rows of a whole inventory share them. */
export interface HostFinder {
  (address: string): Host;
  readonly exposureAt?: ExposureFinder | undefined;
}

export function createHostFinder(placeOf: PlaceFinder): HostFinder {
  const hosts = new Map<string, Host>();
  const find = (address: string): Host => {
    const place = placeOf(address);
    const host: Host =
      place === null
        ? { id: `address:${address}`, name: address, kind: "address" }
        : { id: `workload:${place.name}`, name: place.name, kind: place.kind };
    const known = hosts.get(host.id);
    if (known !== undefined) return known;
    hosts.set(host.id, host);
    return host;
  };
  return Object.assign(find, { exposureAt: placeOf.exposureAt });
}

/** What of an endpoint says who reaches whom: slim, so that a hundred thousand of them fit into memory. */
export interface NetworkRow {
  readonly id: string;
  readonly authority: string;
  readonly method: string;
  readonly path: string;
  /** "own" AI answers here, a "vendor" is called; null: no AI. */
  readonly ai: "own" | "vendor" | null;
  readonly aiKind: string | null;
  /** Hosts that called it, in order of id. */
  readonly callers: readonly { readonly host: Host; readonly requests: number }[];
  /** Where its callers stand, and where what answers for it stands. */
  readonly exposure: Exposure;
  readonly servedFrom: Exposure;
  /** Hosts that answer for it, as far as the traffic tells, in order of id. */
  readonly servers: readonly Host[];
  readonly dataClasses: readonly string[];
  /** Milliseconds since the epoch. */
  readonly firstSeen: number;
}

/** null for what was not heard, and for noise. */
export function networkRow(endpoint: Endpoint, hostAt: HostFinder): NetworkRow | null {
  const { id, authority, method, path, facts, ai } = endpoint;
  if (facts === null || endpoint.confidence === "noise") return null;
  const callers = Object.values(facts.callers.kept);
  const addresses = Object.keys(facts.servers.kept).map(hostOf).filter(isKnown);
  const isAi = looksAi(endpoint);
  return {
    id,
    authority,
    method,
    path,
    ai: isAi ? (ai.role === "consumer" ? "vendor" : "own") : null,
    aiKind: isAi ? ai.kind : null,
    callers: requestsByHost(callers, hostAt),
    exposure: exposureOf(callers, hostAt.exposureAt),
    servedFrom: exposureOf(
      addresses.map((address) => ({ address })),
      hostAt.exposureAt,
    ),
    servers: [...new Set(addresses.map(hostAt))].sort(byId),
    dataClasses: [...new Set(Object.values(facts.dataClasses.kept).map(({ dataClass }) => dataClass))].sort(),
    firstSeen: facts.firstSeen,
  };
}

function requestsByHost(
  callers: readonly { readonly address: string; readonly requests: number }[],
  hostAt: HostFinder,
): NetworkRow["callers"] {
  const found = new Map<Host, number>();
  for (const { address, requests } of callers) {
    if (!isKnown(address)) continue;
    const host = hostAt(address);
    found.set(host, (found.get(host) ?? 0) + requests);
  }
  return [...found].sort(([a], [b]) => byId(a, b)).map(([host, requests]) => ({ host, requests }));
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Not one of the words that stand where no address was told. */
function isKnown(address: string): boolean {
  return address !== "" && address !== "*" && address !== "unknown";
}

export interface HostIndex {
  /** Endpoints that a host called. */
  calledBy(hostId: string): readonly NetworkRow[];
  /** In order of id, whatever order they came in. */
  readonly rows: readonly NetworkRow[];
  /** In order of id. */
  readonly hosts: readonly Host[];
}

export function createHostIndex(rows: Iterable<NetworkRow>): HostIndex {
  const sorted = [...rows].sort(byId);
  const hosts = new Map<string, Host>();
  const called = new Map<string, NetworkRow[]>();
  for (const row of sorted) {
    for (const host of row.servers) hosts.set(host.id, host);
    for (const { host } of row.callers) {
      hosts.set(host.id, host);
      const held = called.get(host.id);
      if (held === undefined) called.set(host.id, [row]);
      else held.push(row);
    }
  }
  return {
    rows: sorted,
    hosts: [...hosts.values()].sort(byId),
    calledBy: (id) => called.get(id) ?? [],
  };
}

/** Of endpoints as they are stored. */
export function hostIndexOf(endpoints: Iterable<Endpoint>, placeOf: PlaceFinder): HostIndex {
  const hostAt = createHostFinder(placeOf);
  return createHostIndex([...endpoints].flatMap((endpoint) => networkRow(endpoint, hostAt) ?? []));
}
