// The merge algebra over facts: one join, used by the combiner, the classifier and the store alike.
import type { Bound } from "./bounded.ts";
import {
  addCounters,
  emptyBounded,
  emptyRecord,
  joinBounded,
  joinCapped,
  joinRecords,
  sum,
} from "./bounded.ts";
import { joinShape } from "./shape.ts";
import type {
  AuthFacts,
  BodyFacts,
  CallerFacts,
  DataClassFacts,
  Facts,
  ParamFacts,
  ResponseFacts,
  SightingKey,
} from "./sighting.ts";
import { emptyDistinct, emptyHistogram, joinDistinct, joinHistogram } from "./sketch.ts";

/** How much is kept of what traffic names freely. All joins of one inventory must use the same caps. */
export interface FactCaps {
  readonly query: number;
  readonly headers: number;
  readonly cookies: number;
  readonly auth: number;
  readonly dataClasses: number;
  readonly callers: number;
  readonly servers: number;
  readonly mediaTypes: number;
}

/*
  Wide enough that an honest endpoint never reaches one, small enough that a hostile one stays below about 64 KB of
  jsonb: the widest public API operation has some 60 query parameters; browsers send up to 30 headers.
*/
export const FACT_CAPS: FactCaps = {
  query: 128,
  headers: 96,
  cookies: 48,
  auth: 16,
  dataClasses: 96,
  callers: 128,
  servers: 16,
  mediaTypes: 16,
};

/** Where media types beyond the cap are added up. */
export const OTHER_MEDIA_TYPES = "*";
/** Stands in the joined rest of a bounded map for names that differed. */
export const SEVERAL = "*";

/** Facts of nothing, seen at `at`. */
export function emptyFacts(at: number): Facts {
  return {
    requests: 0,
    digested: 0,
    firstSeen: at,
    lastSeen: at,
    responses: emptyRecord(),
    requestBodies: emptyRecord(),
    query: emptyBounded(),
    requestHeaders: emptyBounded(),
    cookies: emptyBounded(),
    auth: emptyBounded(),
    dataClasses: emptyBounded(),
    callers: emptyBounded(),
    distinctCallers: emptyDistinct(),
    servers: emptyBounded(),
    schemes: emptyRecord(),
    latency: emptyHistogram(),
    requestBytes: emptyHistogram(),
    responseBytes: emptyHistogram(),
    sources: emptyRecord(),
    flags: emptyRecord(),
  };
}

/** Everything known from `a` and from `b`. Commutative and associative, so order of arrival does not matter. */
export function joinFacts(a: Facts, b: Facts, caps: FactCaps = FACT_CAPS): Facts {
  const bounds = boundsOf(caps);
  return {
    requests: a.requests + b.requests,
    digested: a.digested + b.digested,
    firstSeen: Math.min(a.firstSeen, b.firstSeen),
    lastSeen: Math.max(a.lastSeen, b.lastSeen),
    responses: joinRecords(a.responses, b.responses, (x, y) => joinResponse(x, y, caps)),
    requestBodies: joinBodies(a.requestBodies, b.requestBodies, caps),
    query: joinBounded(a.query, b.query, bounds.query),
    requestHeaders: joinBounded(a.requestHeaders, b.requestHeaders, bounds.headers),
    cookies: joinBounded(a.cookies, b.cookies, bounds.cookies),
    auth: joinBounded(a.auth, b.auth, bounds.auth),
    dataClasses: joinBounded(a.dataClasses, b.dataClasses, bounds.dataClasses),
    callers: joinBounded(a.callers, b.callers, bounds.callers),
    distinctCallers: joinDistinct(a.distinctCallers, b.distinctCallers),
    servers: joinBounded(a.servers, b.servers, bounds.servers),
    schemes: addCounters(a.schemes, b.schemes),
    latency: joinHistogram(a.latency, b.latency),
    requestBytes: joinHistogram(a.requestBytes, b.requestBytes),
    responseBytes: joinHistogram(a.responseBytes, b.responseBytes),
    sources: addCounters(a.sources, b.sources),
    flags: addCounters(a.flags, b.flags),
  };
}

/** How each bounded part of the facts grows. */
export interface FactBounds {
  readonly query: Bound<ParamFacts>;
  readonly headers: Bound<number>;
  readonly cookies: Bound<number>;
  readonly auth: Bound<AuthFacts>;
  readonly dataClasses: Bound<DataClassFacts>;
  readonly callers: Bound<CallerFacts>;
  readonly servers: Bound<number>;
}

const knownBounds = new WeakMap<FactCaps, FactBounds>();

export function boundsOf(caps: FactCaps): FactBounds {
  const known = knownBounds.get(caps);
  if (known !== undefined) return known;
  const bounds: FactBounds = {
    query: { cap: caps.query, join: joinParam },
    headers: { cap: caps.headers, join: sum },
    cookies: { cap: caps.cookies, join: sum },
    auth: { cap: caps.auth, join: joinAuth },
    dataClasses: { cap: caps.dataClasses, join: joinDataClass },
    callers: { cap: caps.callers, join: joinCaller },
    servers: { cap: caps.servers, join: sum },
  };
  knownBounds.set(caps, bounds);
  return bounds;
}

function joinParam(a: ParamFacts, b: ParamFacts): ParamFacts {
  return {
    requests: a.requests + b.requests,
    repeated: a.repeated + b.repeated,
    shape: joinShape(a.shape, b.shape),
  };
}

/** Under one key the names are equal; they differ only in `rest`. */
function joinAuth(a: AuthFacts, b: AuthFacts): AuthFacts {
  return {
    scheme: a.scheme === b.scheme ? a.scheme : "other",
    name: a.name === b.name ? a.name : SEVERAL,
    requests: a.requests + b.requests,
    successes: a.successes + b.successes,
  };
}

function joinDataClass(a: DataClassFacts, b: DataClassFacts): DataClassFacts {
  return {
    dataClass: same(a.dataClass, b.dataClass),
    place: a.place < b.place ? a.place : b.place,
    field: same(a.field, b.field),
    exchanges: a.exchanges + b.exchanges,
  };
}

function joinCaller(a: CallerFacts, b: CallerFacts): CallerFacts {
  return {
    address: same(a.address, b.address),
    agent: same(a.agent, b.agent),
    requests: a.requests + b.requests,
    firstSeen: Math.min(a.firstSeen, b.firstSeen),
    lastSeen: Math.max(a.lastSeen, b.lastSeen),
  };
}

function same(a: string, b: string): string {
  return a === b ? a : SEVERAL;
}

function joinResponse(a: ResponseFacts, b: ResponseFacts, caps: FactCaps): ResponseFacts {
  return {
    count: a.count + b.count,
    bodies: joinBodies(a.bodies, b.bodies, caps),
    headers: joinBounded(a.headers, b.headers, boundsOf(caps).headers),
  };
}

type Bodies = Readonly<Record<string, BodyFacts>>;

function joinBodies(a: Bodies, b: Bodies, { mediaTypes: cap }: FactCaps): Bodies {
  return joinCapped(a, b, { cap, other: OTHER_MEDIA_TYPES, join: joinBody });
}

export function joinBody(a: BodyFacts, b: BodyFacts): BodyFacts {
  return {
    count: a.count + b.count,
    shaped: a.shaped + b.shaped,
    truncated: a.truncated + b.truncated,
    unparsed: a.unparsed + b.unparsed,
    shape: a.shape === null || b.shape === null ? (a.shape ?? b.shape) : joinShape(a.shape, b.shape),
  };
}

/** Text equal for equal keys only. */
export function sightingKeyText(key: SightingKey): string {
  const { authority, method, path, declared, protocol, style, operation } = key;
  return JSON.stringify([authority, method, path, declared, protocol, style, operation]);
}

/** Keys of the bounded maps in `Facts`, as their comments there say. */
export function authKey({ scheme, name }: Pick<AuthFacts, "scheme" | "name">): string {
  return `${scheme} ${name ?? ""}`;
}

export function dataClassKey(found: Pick<DataClassFacts, "dataClass" | "place" | "field">): string {
  return `${found.dataClass} ${found.place} ${found.field}`;
}

export function callerKey({ address, agent }: Pick<CallerFacts, "address" | "agent">): string {
  return `${address} ${agent}`;
}
