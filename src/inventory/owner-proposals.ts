// Proposes owners for endpoints nobody claimed, from those around them that have one. Proposals are never applied silently.
import type { OwnerClaim } from "../model/governance.ts";
import type { DeclaredFacts } from "../model/declared.ts";
import { declaredName } from "../model/declared.ts";
import type { Endpoint } from "../model/inventory.ts";
import { declaredAt } from "./declared.ts";

/** How an endpoint can be near another one, and how much that says. */
interface Nearness {
  readonly what: string;
  /** Share of the agreement that is believed: a shared prefix says more than a shared caller. */
  readonly trust: number;
  /** What is shared, e.g. the prefix; endpoints with an equal key are near. */
  keys(endpoint: Endpoint): readonly string[];
}

const NEARNESS: readonly Nearness[] = [
  { what: "siblings under the same path", trust: 0.9, keys: prefixes },
  {
    what: "endpoints that declare the same service",
    trust: 0.9,
    keys: (endpoint) => [...new Set(declaredAt(endpoint).flatMap(serviceKey))],
  },
  { what: "endpoints in the same documents", trust: 0.8, keys: ({ specIds }) => specIds },
  {
    what: "endpoints served by the same address",
    trust: 0.7,
    keys: ({ facts }) => Object.keys(facts?.servers.kept ?? {}),
  },
  {
    what: "endpoints with the same callers",
    trust: 0.5,
    keys: ({ facts }) => (facts === null ? [] : callersOf(facts.callers.kept)),
  },
];

// One owned neighbour is a coincidence.
const LEAST_NEIGHBOURS = 2;
// Of the neighbours with an owner, this share must agree.
const LEAST_AGREEMENT = 0.6;

export type ProposeOwners = (endpoint: Endpoint) => readonly OwnerClaim[];

/** `owners`: endpoint id to owner, of those that have one. Reads `endpoints` once; each proposal then costs little. */
export function ownerProposals(
  endpoints: readonly Endpoint[],
  owners: ReadonlyMap<string, string>,
): ProposeOwners {
  const around = NEARNESS.map((nearness) => tally(nearness, endpoints, owners));
  return (endpoint) => {
    const best = new Map<string, OwnerClaim>();
    for (const [index, nearness] of NEARNESS.entries()) {
      const claim = proposal(nearness, around[index] ?? new Map<string, Tally>(), endpoint);
      if (claim === null) continue;
      const held = best.get(claim.owner);
      if (held === undefined || held.confidence < claim.confidence) best.set(claim.owner, claim);
    }
    return [...best.values()];
  };
}

/** Owners of the endpoints that share a key, counted. */
type Tally = ReadonlyMap<string, number>;

function tally(
  { keys }: Nearness,
  endpoints: readonly Endpoint[],
  owners: ReadonlyMap<string, string>,
): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Map<string, number>>();
  for (const endpoint of endpoints) {
    const owner = owners.get(endpoint.id);
    if (owner === undefined) continue;
    for (const key of keys(endpoint)) {
      const held = tallies.get(key) ?? new Map<string, number>();
      tallies.set(key, held.set(owner, (held.get(owner) ?? 0) + 1));
    }
  }
  return tallies;
}

/** From the first key (the nearest) around which enough owned endpoints agree. */
function proposal(
  { what, trust, keys }: Nearness,
  tallies: ReadonlyMap<string, Tally>,
  endpoint: Endpoint,
): OwnerClaim | null {
  for (const key of keys(endpoint)) {
    const counts = [...(tallies.get(key) ?? [])].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    const all = counts.reduce((sum, [, count]) => sum + count, 0);
    const [owner, count] = counts[0] ?? ["", 0];
    if (count < LEAST_NEIGHBOURS || count / all < LEAST_AGREEMENT) continue;
    const confidence = Math.round((count / all) * trust * 100) / 100;
    return { owner, source: "inferred", confidence, reason: `${count} of ${all} ${what} have this owner` };
  }
  return null;
}

/** Namespaces have several services, upstreams and accounts may be shared. */
function serviceKey(row: DeclaredFacts): readonly string[] {
  const isOne = row.name !== null && (row.kind === "service" || row.kind === "workload");
  return isOne ? [`${row.kind} ${declaredName(row)}`] : [];
}

/** The path's beginnings within its service, the longest first, versions and a lone first segment included. */
function prefixes({ authority, path }: Endpoint): readonly string[] {
  const segments = path.split("/").slice(1, -1);
  return segments.map((_, index) => `${authority}/${segments.slice(0, segments.length - index).join("/")}`);
}

// Busy callers, as gateways are, call everything.
const MOST_CALLERS = 3;

/** The exact set of its callers, where it is small. */
function callersOf(callers: Readonly<Record<string, { readonly address: string }>>): readonly string[] {
  const addresses = [...new Set(Object.values(callers).map(({ address }) => address))].sort();
  return addresses.length === 0 || addresses.length > MOST_CALLERS ? [] : [addresses.join(" ")];
}
