// Keeps the endpoints of one service within bounds, whatever scanners and clients invent: the rest is added up.
import { joinFacts } from "../model/facts.ts";
import { hash32 } from "../model/hash.ts";
import { endpointId, identityKey, skeletonOf } from "../model/identity.ts";
import type { Confidence, Endpoint } from "../model/inventory.ts";
import { NO_AI } from "../model/inventory.ts";
import { successCount } from "../model/outcome.ts";
import type { Facts } from "../model/sighting.ts";
import { confidenceOf } from "./confidence.ts";

/** How many endpoints of one service stay apart. */
export interface Limits {
  /** Answered with nothing but "no such thing". */
  readonly noise: number;
  /** Never answered with success: asked for credentials, failed, or the answer was not heard. */
  readonly unanswered: number;
  /** Answered with success at least once. */
  readonly answered: number;
  /** Operations of a protocol on top, for each method and path. */
  readonly operations: number;
}

/*
  The widest public API has some 1,200 operations on one host, the widest GraphQL client some 200. Noise beyond some
  hundreds of paths tells nothing new. Rows are 2 to 60 KiB.
*/
export const LIMITS: Limits = { noise: 500, unanswered: 2_000, answered: 10_000, operations: 256 };

/** Operation name under which operations beyond the limit are added up, and real paths beyond theirs. */
export const OTHER = "(other)";
const OVERFLOW_PATH = "/{*}";
const OVERFLOW_METHOD = "*";

export interface Limited {
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  /** Ids of endpoints that were added to others. */
  readonly folded: ReadonlySet<string>;
  /** Endpoints that took them in. */
  readonly grown: ReadonlySet<string>;
}

type Tier = "noise" | "unanswered" | "answered" | "kept";

/**
 * Which stay is decided by rank, not by time: what documents list, then by confidence, then by hash. While no endpoint
 * changes its confidence the outcome does not depend on the order of arrival.
 */
export function withinLimits(endpoints: ReadonlyMap<string, Endpoint>, limits: Limits = LIMITS): Limited {
  const folding = new Folding(endpoints);
  for (const group of operationGroups(endpoints.values())) {
    folding.fold(beyond(group, limits.operations), (endpoint) => otherOperation(endpoint));
  }
  for (const tier of ["noise", "unanswered", "answered"] as const) {
    const members = [...folding.endpoints.values()].filter((endpoint) => tierOf(endpoint) === tier);
    folding.fold(beyond(members, limits[tier]), (endpoint) => overflow(endpoint, tier === "noise"));
  }
  return folding;
}

class Folding implements Limited {
  readonly endpoints: Map<string, Endpoint>;
  readonly folded = new Set<string>();
  readonly grown = new Set<string>();

  constructor(endpoints: ReadonlyMap<string, Endpoint>) {
    this.endpoints = new Map(endpoints);
  }

  fold(surplus: readonly Endpoint[], into: (endpoint: Endpoint) => Endpoint): void {
    for (const endpoint of surplus) {
      if (endpoint.facts === null) continue;
      const empty = into(endpoint);
      const taker = this.endpoints.get(empty.id) ?? empty;
      const facts: Facts = taker.facts === null ? endpoint.facts : joinFacts(taker.facts, endpoint.facts);
      this.endpoints.delete(endpoint.id);
      // Paths added up are never surer than they were; operations added up are one operation, judged by its totals.
      const confidence = isOverflow(taker) ? taker.confidence : judged(taker, facts);
      this.endpoints.set(empty.id, { ...taker, facts, confidence });
      this.folded.add(endpoint.id);
      this.grown.add(empty.id);
    }
  }
}

function judged({ specIds, category }: Endpoint, facts: Facts): Confidence {
  return confidenceOf(facts, { listed: specIds.length > 0, category });
}

function operationGroups(endpoints: Iterable<Endpoint>): Iterable<readonly Endpoint[]> {
  const groups = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    const key = operationGroup(endpoint);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [endpoint]);
    else group.push(endpoint);
  }
  return groups.values();
}

/** Endpoints whose operations share one limit; null for those that are not operations. */
function operationGroup({ style, operation, method, path }: Endpoint): string | null {
  if (style === "rest" || operation === null || operation === OTHER) return null;
  return `${method} ${skeletonOf(path)}`;
}

/** Counts as endpoints come and go, so that looking whether a limit is exceeded costs nothing. */
export class Tally {
  readonly #limits: Limits;
  readonly #counts = new Map<string, number>();
  readonly #exceeded = new Set<string>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get exceeds(): boolean {
    return this.#exceeded.size > 0;
  }

  count(endpoint: Endpoint, step: 1 | -1): void {
    const tier = tierOf(endpoint);
    if (tier !== "kept") this.#add(tier, this.#limits[tier], step);
    const group = operationGroup(endpoint);
    if (group !== null) this.#add(group, this.#limits.operations, step);
  }

  #add(key: string, limit: number, step: 1 | -1): void {
    const count = (this.#counts.get(key) ?? 0) + step;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
    if (count > limit) this.#exceeded.add(key);
    else this.#exceeded.delete(key);
  }
}

function tierOf(endpoint: Endpoint): Tier {
  if (endpoint.facts === null || isOverflow(endpoint) || endpoint.specIds.length > 0) return "kept";
  if (endpoint.confidence === "noise") return "noise";
  return successCount(endpoint.facts) === 0 ? "unanswered" : "answered";
}

export function isOverflow(endpoint: Pick<Endpoint, "method" | "path">): boolean {
  return endpoint.method === OVERFLOW_METHOD && skeletonOf(endpoint.path) === skeletonOf(OVERFLOW_PATH);
}

const RANK: Readonly<Record<Confidence, number>> = { confirmed: 0, candidate: 1, noise: 2 };

/** The members of least rank beyond the limit. */
function beyond(members: readonly Endpoint[], limit: number): readonly Endpoint[] {
  if (members.length <= limit) return [];
  return members
    .map((endpoint) => ({ endpoint, rank: RANK[endpoint.confidence], hash: hash32(identityKey(endpoint)) }))
    .sort((a, b) => a.rank - b.rank || a.hash - b.hash || (a.endpoint.id < b.endpoint.id ? -1 : 1))
    .slice(limit)
    .map(({ endpoint }) => endpoint);
}

/** The endpoint of the same path that stands for all operations beyond the limit. */
function otherOperation(endpoint: Endpoint): Endpoint {
  const made = { ...endpoint, operation: OTHER, facts: null, ai: NO_AI };
  return { ...made, id: endpointId(made) };
}

function overflow(endpoint: Endpoint, noise: boolean): Endpoint {
  const made: Endpoint = {
    ...endpoint,
    method: OVERFLOW_METHOD,
    path: OVERFLOW_PATH,
    parameters: [{ name: "*", class: "tail" }],
    protocol: "unknown",
    style: "rest",
    operation: noise ? null : OTHER,
    category: noise ? "probe" : "api",
    confidence: noise ? "noise" : "candidate",
    standing: "shadow",
    standingReason: "stands for paths beyond the number that is kept apart",
    specIds: [],
    ai: NO_AI,
    facts: null,
  };
  return { ...made, id: endpointId(made) };
}
