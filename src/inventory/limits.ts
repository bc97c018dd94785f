// Keeps the endpoints of one service within bounds, whatever scanners and clients invent: the rest is added up.
import { hash32 } from "../model/hash.ts";
import { endpointId, skeletonOf } from "../model/identity.ts";
import type { Confidence, Endpoint } from "../model/inventory.ts";
import { NO_AI } from "../model/inventory.ts";

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

/** What may become an endpoint, as far as the limits ask. */
export interface Contender {
  /** `identityKey`. */
  readonly identity: string;
  readonly method: string;
  readonly path: string;
  readonly style: Endpoint["style"];
  readonly operation: string | null;
  readonly confidence: Confidence;
  /** A document lists it: it stays in any case. */
  readonly isListed: boolean;
  /** Answered with success at least once. */
  readonly isAnswered: boolean;
}

/** What takes in those beyond a limit. */
export type Taker = "noise" | "other" | "operation";

export interface Placed<T> {
  readonly own: readonly T[];
  readonly beyond: readonly { readonly one: T; readonly taker: Taker }[];
}

/**
 * Who gets a row: decided by rank, not by time: by confidence, then by hash; what documents list stays anyway. A
 * function of what there is, so the order of arrival does not matter.
 */
export function withinLimits<T extends Contender>(all: readonly T[], limits: Limits): Placed<T> {
  const own: T[] = [];
  const beyond: { one: T; taker: Taker }[] = [];
  const tiers: Record<Tier, T[]> = { noise: [], unanswered: [], answered: [] };
  const operations = new Map<string, T[]>();
  for (const one of all) {
    const group = operationGroup(one);
    if (isOverflow(one)) beyond.push({ one, taker: "noise" });
    else if (one.isListed) own.push(one);
    else if (group === null) tiers[tierOf(one)].push(one);
    else operations.set(group, [...(operations.get(group) ?? []), one]);
  }
  const share = (members: readonly T[], limit: number, taker: Taker): readonly T[] => {
    const kept = members.length <= limit ? members : [...members].sort(byRank).slice(0, limit);
    const chosen = new Set(kept);
    if (kept.length < members.length) {
      for (const one of members) if (!chosen.has(one)) beyond.push({ one, taker });
    }
    return kept;
  };
  // Operations first: what is left of them counts as endpoints.
  for (const members of operations.values()) {
    for (const one of share(members, limits.operations, "operation")) tiers[tierOf(one)].push(one);
  }
  for (const tier of TIERS)
    own.push(...share(tiers[tier], limits[tier], tier === "noise" ? "noise" : "other"));
  return { own, beyond };
}

const TIERS = ["noise", "unanswered", "answered"] as const;
type Tier = (typeof TIERS)[number];

function tierOf({ confidence, isAnswered }: Contender): Tier {
  if (confidence === "noise") return "noise";
  return isAnswered ? "answered" : "unanswered";
}

/** Endpoints whose operations share one limit; null for those that are not operations. */
function operationGroup({ style, operation, method, path }: Contender): string | null {
  return style === "rest" || operation === null ? null : `${method} ${skeletonOf(path)}`;
}

const RANK: Readonly<Record<Confidence, number>> = { confirmed: 0, candidate: 1, noise: 2 };

function byRank(a: Contender, b: Contender): number {
  return (
    RANK[a.confidence] - RANK[b.confidence] ||
    hash32(a.identity) - hash32(b.identity) ||
    (a.identity < b.identity ? -1 : 1)
  );
}

export function isOverflow(endpoint: Pick<Endpoint, "method" | "path">): boolean {
  return endpoint.method === OVERFLOW_METHOD && skeletonOf(endpoint.path) === skeletonOf(OVERFLOW_PATH);
}

/** The row that takes in `one`, as it is before it has taken in anything. */
export function takerRow(
  one: Pick<Endpoint, "authority" | "method" | "path" | "parameters" | "style">,
  taker: Taker,
): Endpoint {
  const { authority, method, path, parameters, style } = one;
  const isOperation = taker === "operation";
  const made: Endpoint = {
    id: "",
    authority,
    method: isOperation ? method : OVERFLOW_METHOD,
    path: isOperation ? path : OVERFLOW_PATH,
    parameters: isOperation ? parameters : [{ name: "*", class: "tail" }],
    protocol: "unknown",
    style: isOperation ? style : "rest",
    operation: taker === "noise" ? null : OTHER,
    category: taker === "noise" ? "probe" : "api",
    confidence: taker === "noise" ? "noise" : "candidate",
    standing: "shadow",
    standingReason: isOperation
      ? "stands for operations beyond the number that is kept apart"
      : "stands for paths beyond the number that is kept apart",
    specIds: [],
    ai: NO_AI,
    facts: null,
  };
  return { ...made, id: endpointId(made) };
}
