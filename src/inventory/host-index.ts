// Which endpoints an address serves and which it calls: what turns single calls into paths through the network.
import type { Endpoint } from "../model/inventory.ts";
import { hostOf } from "./caller-graph.ts";
import type { PlaceFinder } from "./places.ts";

/** One host: a workload that people named, or an address. */
export interface Host {
  /** `workload:checkout` or `address:10.0.0.9`. */
  readonly id: string;
  readonly name: string;
  readonly kind: "workload" | "users" | "agents" | "address";
}

export interface HostIndex {
  hostAt(address: string): Host;
  /** Hosts that answer for an endpoint, as far as the traffic tells. */
  serversOf(endpoint: Endpoint): readonly Host[];
  /** Hosts that called it. */
  callersOf(endpoint: Endpoint): readonly Host[];
  /** Endpoints that a host called. */
  calledBy(hostId: string): readonly Endpoint[];
  /** Endpoints that a host answers for. */
  servedBy(hostId: string): readonly Endpoint[];
  readonly endpoints: readonly Endpoint[];
  readonly hosts: ReadonlyMap<string, Host>;
}

/** Noise is left out. In order of endpoint id, whatever order they came in. */
export function createHostIndex(endpoints: Iterable<Endpoint>, placeOf: PlaceFinder): HostIndex {
  const heard = [...endpoints]
    .filter(({ facts, confidence }) => facts !== null && confidence !== "noise")
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const hosts = new Map<string, Host>();
  const called = new Map<string, Set<Endpoint>>();
  const served = new Map<string, Set<Endpoint>>();
  const hostAt = (address: string): Host => {
    const place = placeOf(address);
    return place === null
      ? { id: `address:${address}`, name: address, kind: "address" }
      : { id: `workload:${place.name}`, name: place.name, kind: place.kind };
  };
  const distinct = (addresses: readonly string[]): readonly Host[] => {
    const found = new Map(addresses.filter(isKnown).map((address) => [hostAt(address).id, hostAt(address)]));
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  };
  const serversOf = ({ facts }: Endpoint) => distinct(Object.keys(facts?.servers.kept ?? {}).map(hostOf));
  const callersOf = ({ facts }: Endpoint) =>
    distinct(Object.values(facts?.callers.kept ?? {}).map(({ address }) => address));
  const note = (index: Map<string, Set<Endpoint>>, host: Host, endpoint: Endpoint): void => {
    hosts.set(host.id, host);
    index.set(host.id, (index.get(host.id) ?? new Set<Endpoint>()).add(endpoint));
  };
  for (const endpoint of heard) {
    for (const host of callersOf(endpoint)) note(called, host, endpoint);
    for (const host of serversOf(endpoint)) note(served, host, endpoint);
  }
  return {
    hostAt,
    serversOf,
    callersOf,
    endpoints: heard,
    hosts,
    calledBy: (id) => [...(called.get(id) ?? [])],
    servedBy: (id) => [...(served.get(id) ?? [])],
  };
}

/** Not one of the words that stand where no address was told. */
function isKnown(address: string): boolean {
  return address !== "" && address !== "*" && address !== "unknown";
}
