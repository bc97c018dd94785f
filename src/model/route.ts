// Routes: what grouping remembers of each finest path heard, light and value-free, so that it can be decided again.
import type { Distinct, Histogram } from "./bounded.ts";
import { addCounters } from "./bounded.ts";
import type { WireProtocol } from "./exchange.ts";
import type { Returned } from "./grouping-facts.ts";
import { GROUPING_CALLERS, joinSegments, joinSmallest } from "./grouping-facts.ts";
import type { SightingKey } from "./sighting.ts";

/** A sighting's key within one service: hard classes as `{class}`, soft segments as text. */
export type RouteKey = Pick<SightingKey, "method" | "path" | "declared" | "style" | "operation">;

/** Stands in a path for segments that were too many to be told apart; everything below them is joined. */
export const REST = "{rest}";

/**
 * "good": exchanges that prove the route; only they shape templates. "bad": all others, counted on whatever template
 * fits. They are bounded apart, so that what probes ask for never crowds out what is there.
 */
export type RouteKind = "good" | "bad";

/** What is known of one route. Plain JSON of some 300 bytes. Joined by `joinEvidence`. */
export interface RouteEvidence {
  readonly requests: number;
  /** Milliseconds since the epoch. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly protocol: WireProtocol;
  /** Exact statuses to exchanges; "unknown" where none was heard. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Keyed hashes of clients, at most 16. */
  readonly callers: Distinct;
  /** Successes with credentials. */
  readonly authenticated: number;
  /** Kind of answer ("json", "html", …, "none") to successes. */
  readonly answers: Readonly<Record<string, number>>;
  /** Hashes of the key paths of successful JSON answers, the 32 smallest. */
  readonly keys: Distinct;
  /** Objects that stood in lists at the root of successful JSON answers, or one level below. */
  readonly listed: number;
  /** Sizes of successful answers that were web pages. */
  readonly pages: Histogram;
  /** Keyed hashes of the path's segments, null where no text was kept. */
  readonly segments: readonly (number | null)[];
}

/** One row of the table of routes. */
export interface Route {
  readonly kind: RouteKind;
  readonly key: RouteKey;
  readonly evidence: RouteEvidence;
}

/** What a service's grouping knows beside its routes: plain JSON, stored on the service. */
export interface GroupingSketch {
  /** `${stratum} ${path}` of a node to the smallest hash of a child that was ever folded into its rest. */
  readonly taus: Readonly<Record<string, number>>;
  /** The same for the table of "bad" routes; null while all are kept. */
  readonly badTau: number | null;
  /** How often the number of children kept was halved because the service has too many nodes. */
  readonly halvings: number;
  readonly returned: Returned;
}

/** Response key paths kept: a sample of this size tells two shapes apart. */
export const ROUTE_KEYS = 32;

/** Later wins where a route was heard over several. */
const PROTOCOLS: readonly WireProtocol[] = [
  "unknown",
  "tls",
  "http/0.9",
  "http/1.0",
  "http/1.1",
  "h2",
  "h3",
  "websocket",
  "grpc",
];

/** Everything known from `a` and from `b`; commutative and associative. */
export function joinEvidence(a: RouteEvidence, b: RouteEvidence): RouteEvidence {
  return {
    requests: a.requests + b.requests,
    firstSeen: Math.min(a.firstSeen, b.firstSeen),
    lastSeen: Math.max(a.lastSeen, b.lastSeen),
    protocol: PROTOCOLS.indexOf(a.protocol) < PROTOCOLS.indexOf(b.protocol) ? b.protocol : a.protocol,
    statuses: addCounters(a.statuses, b.statuses),
    callers: joinSmallest(a.callers, b.callers, GROUPING_CALLERS),
    authenticated: a.authenticated + b.authenticated,
    answers: addCounters(a.answers, b.answers),
    keys: joinSmallest(a.keys, b.keys, ROUTE_KEYS),
    listed: a.listed + b.listed,
    pages: addCounters(a.pages, b.pages),
    segments: joinSegments(a.segments, b.segments),
  };
}

/** Text equal for equal keys only. */
export function routeKeyText({ method, path, declared, style, operation }: RouteKey): string {
  const called = operation === null ? "-" : `${operation.length}:${operation}`;
  return `${method.length}:${method}${path.length}:${path}${declared}${style}${called}`;
}

/** Text equal for the same row only. */
export function routeText({ kind, key }: Pick<Route, "kind" | "key">): string {
  return `${kind}${routeKeyText(key)}`;
}
