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

const TIERS = ["noise", "unanswered", "answered"] as const;
type Tier = (typeof TIERS)[number];

/** Endpoints that are too many, and the endpoint that takes one of them in. */
export interface Surplus {
  readonly endpoints: readonly Endpoint[];
  /** Its id is where to look for the one that exists already. */
  into(endpoint: Endpoint): Endpoint;
}

/**
 * Endpoints by the limit they count against, kept as rows come and go, so that a check costs nothing. Which stay is
 * decided by rank, not by time: by confidence, then by hash; what documents list stays anyway. While no endpoint
 * changes its confidence the outcome does not depend on the order of arrival.
 */
export class Buckets {
  readonly #limits: Limits;
  readonly #members = new Map<string, Map<string, Endpoint>>();
  readonly #exceeded = new Set<string>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  put(endpoint: Endpoint): void {
    for (const [key, limit] of this.#bucketsOf(endpoint)) {
      const members = this.#members.get(key) ?? new Map<string, Endpoint>();
      this.#members.set(key, members.set(endpoint.id, endpoint));
      if (members.size > limit) this.#exceeded.add(key);
    }
  }

  /** `endpoint` must be the row as it was put. */
  remove(endpoint: Endpoint): void {
    for (const [key, limit] of this.#bucketsOf(endpoint)) {
      const members = this.#members.get(key);
      members?.delete(endpoint.id);
      if (members?.size === 0) this.#members.delete(key);
      if ((members?.size ?? 0) <= limit) this.#exceeded.delete(key);
    }
  }

  /** The next bucket that holds too much, operations first, for what is left of them counts as endpoints. */
  surplus(): Surplus | null {
    const operations = [...this.#exceeded].find((key) => !isTier(key));
    const key = operations ?? TIERS.find((tier) => this.#exceeded.has(tier));
    if (key === undefined) return null;
    const members = [...(this.#members.get(key)?.values() ?? [])];
    return isTier(key)
      ? {
          endpoints: beyond(members, this.#limits[key]),
          into: (endpoint) => overflow(endpoint, key === "noise"),
        }
      : { endpoints: beyond(members, this.#limits.operations), into: otherOperation };
  }

  #bucketsOf(endpoint: Endpoint): readonly (readonly [key: string, limit: number])[] {
    const tier = tierOf(endpoint);
    const group = operationGroup(endpoint);
    const buckets: (readonly [string, number])[] = [];
    if (tier !== null) buckets.push([tier, this.#limits[tier]]);
    if (group !== null) buckets.push([group, this.#limits.operations]);
    return buckets;
  }
}

function isTier(key: string): key is Tier {
  return TIERS.some((tier) => tier === key);
}

/** `taker` with the traffic of `endpoint` as well. */
export function folded(taker: Endpoint, endpoint: Endpoint): Endpoint {
  if (endpoint.facts === null) return taker;
  const facts = taker.facts === null ? endpoint.facts : joinFacts(taker.facts, endpoint.facts);
  // Paths added up are never surer than they were; operations added up are one operation, judged by its totals.
  return { ...taker, facts, confidence: isOverflow(taker) ? taker.confidence : judged(taker, facts) };
}

function judged({ specIds, category }: Endpoint, facts: Facts): Confidence {
  return confidenceOf(facts, { listed: specIds.length > 0, category });
}

/** Endpoints whose operations share one limit; null for those that are not operations. */
function operationGroup({ style, operation, method, path }: Endpoint): string | null {
  if (style === "rest" || operation === null || operation === OTHER) return null;
  return `${method} ${skeletonOf(path)}`;
}

/** null for what stays in any case: what documents list, orphans, what took others in, the one encrypted row. */
function tierOf(endpoint: Endpoint): Tier | null {
  if (endpoint.facts === null || isOverflow(endpoint) || endpoint.specIds.length > 0) return null;
  if (endpoint.category === "encrypted") return null;
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
