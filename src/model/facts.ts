// The merge algebra over facts: one join, used by the combiner, the classifier and the store alike.
import { growAi } from "./ai-facts.ts";
import type { Bound } from "./bounded.ts";
import { emptyBounded, emptyRecord, sum } from "./bounded.ts";
import { DECLARED, joinWorkload } from "./declared.ts";
import type { Own } from "./grow.ts";
import { growBounded, growCapped, growCounters, growRecord, ownCopy } from "./grow.ts";
import type { GroupingFacts } from "./grouping-facts.ts";
import { growGroupingFacts } from "./grouping-facts.ts";
import { growGrpc } from "./grpc-facts.ts";
import { emptyHistory, growHistory } from "./history.ts";
import { growShape } from "./shape.ts";
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
import { TOOLS } from "./tool-facts.ts";
import { growStream } from "./stream-facts.ts";
import { emptyDistinct, emptyHistogram, joinDistinct } from "./sketch.ts";
import type { TextFacts } from "./text-facts.ts";
import { emptyText, growText } from "./text-facts.ts";

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
  return growFacts(ownCopy(a), b, caps);
}

/** `joinFacts` into `into`, which it gives back: a sum over many costs what each of them says, not what is known. */
export function growFacts(into: Own<Facts>, from: Facts, caps: FactCaps = FACT_CAPS): Facts {
  const bounds = boundsOf(caps);
  into.requests += from.requests;
  into.digested += from.digested;
  into.firstSeen = Math.min(into.firstSeen, from.firstSeen);
  into.lastSeen = Math.max(into.lastSeen, from.lastSeen);
  growRecord(into.responses, from.responses, bounds.response);
  into.requestBodies = growCapped(into.requestBodies, from.requestBodies, bounds.bodies);
  growBounded(into.query, from.query, bounds.query);
  growBounded(into.requestHeaders, from.requestHeaders, bounds.headers);
  growBounded(into.cookies, from.cookies, bounds.cookies);
  growBounded(into.auth, from.auth, bounds.auth);
  growBounded(into.dataClasses, from.dataClasses, bounds.dataClasses);
  growBounded(into.callers, from.callers, bounds.callers);
  into.distinctCallers = joinDistinct(into.distinctCallers, from.distinctCallers);
  growBounded(into.servers, from.servers, bounds.servers);
  if (from.declared !== undefined) growBounded((into.declared ??= emptyBounded()), from.declared, DECLARED);
  growCounters(into.schemes, from.schemes);
  growCounters(into.latency, from.latency);
  growCounters(into.requestBytes, from.requestBytes);
  growCounters(into.responseBytes, from.responseBytes);
  growCounters(into.sources, from.sources);
  growCounters(into.flags, from.flags);
  growRare(into, from);
  growOverTime(into, from);
  return into;
}

/** What streams, and what was told day by day. */
function growOverTime(into: Own<Facts>, { history, stream }: Facts): void {
  if (stream !== undefined) into.stream = growStream(into.stream, stream);
  if (history !== undefined) into.history = growHistory(into.history ?? emptyHistory(), history);
}

/** What few facts have. */
function growRare(into: Own<Facts>, from: Facts): void {
  if (from.tools !== undefined) growBounded((into.tools ??= emptyBounded()), from.tools, TOOLS);
  if (from.text !== undefined)
    into.text = growText((into.text as Own<TextFacts>) ?? ownCopy(emptyText()), from.text);
  if (from.ai !== undefined) growAi((into.ai ??= emptyRecord<never>()), from.ai);
  if (from.grouping !== undefined)
    into.grouping =
      into.grouping === undefined
        ? ownCopy(from.grouping)
        : growGroupingFacts(into.grouping as Own<GroupingFacts>, from.grouping);
  if (from.grpc !== undefined) into.grpc = growGrpc(into.grpc, from.grpc);
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
  readonly bodies: Bound<BodyFacts> & { readonly other: string };
  /** Statuses are three digits, so they need no cap. */
  readonly response: (into: ResponseFacts, from: ResponseFacts) => ResponseFacts;
}

const knownBounds = new WeakMap<FactCaps, FactBounds>();

export function boundsOf(caps: FactCaps): FactBounds {
  const known = knownBounds.get(caps);
  if (known !== undefined) return known;
  const bounds = makeBounds(caps);
  knownBounds.set(caps, bounds);
  return bounds;
}

function makeBounds(caps: FactCaps): FactBounds {
  const headers = { cap: caps.headers, join: sum };
  const bodies = { ...bound(caps.mediaTypes, growBody), other: OTHER_MEDIA_TYPES };
  return {
    query: bound(caps.query, growParam),
    headers,
    cookies: { cap: caps.cookies, join: sum },
    auth: bound(caps.auth, growAuth),
    dataClasses: bound(caps.dataClasses, growDataClass),
    callers: bound(caps.callers, growCaller),
    servers: { cap: caps.servers, join: sum },
    bodies,
    response(into: Own<ResponseFacts>, from: ResponseFacts): ResponseFacts {
      into.count += from.count;
      into.bodies = growCapped(into.bodies, from.bodies, bodies);
      growBounded(into.headers, from.headers, headers);
      return into;
    },
  };
}

function bound<V>(cap: number, grow: (into: Own<V>, from: V) => V): Bound<V> {
  return { cap, grow, join: (a, b) => grow(ownCopy(a), b) };
}

function growParam(into: Own<ParamFacts>, from: ParamFacts): ParamFacts {
  into.requests += from.requests;
  into.repeated += from.repeated;
  growShape(into.shape, from.shape);
  if (from.lists !== undefined) into.lists = (into.lists ?? 0) + from.lists;
  if (from.items === undefined) return into;
  if (into.items === undefined) into.items = ownCopy(from.items);
  else growShape(into.items, from.items);
  return into;
}

/** Under one key the names are equal; they differ only in `rest`. */
function growAuth(into: Own<AuthFacts>, from: AuthFacts): AuthFacts {
  if (into.scheme !== from.scheme) into.scheme = "other";
  if (into.name !== from.name) into.name = SEVERAL;
  into.requests += from.requests;
  into.successes += from.successes;
  return into;
}

function growDataClass(into: Own<DataClassFacts>, from: DataClassFacts): DataClassFacts {
  into.dataClass = same(into.dataClass, from.dataClass);
  if (from.place !== into.place && from.place < into.place) into.place = from.place;
  into.field = same(into.field, from.field);
  into.exchanges += from.exchanges;
  return into;
}

function growCaller(into: Own<CallerFacts>, from: CallerFacts): CallerFacts {
  into.address = same(into.address, from.address);
  into.agent = same(into.agent, from.agent);
  into.requests += from.requests;
  into.firstSeen = Math.min(into.firstSeen, from.firstSeen);
  into.lastSeen = Math.max(into.lastSeen, from.lastSeen);
  if (from.actor !== undefined && from.actor > (into.actor ?? "")) into.actor = from.actor;
  const workload = joinWorkload(into.workload, from.workload);
  if (workload !== undefined) into.workload = workload;
  return into;
}

function same(a: string, b: string): string {
  return a === b ? a : SEVERAL;
}

function growBody(into: Own<BodyFacts>, from: BodyFacts): BodyFacts {
  into.count += from.count;
  into.shaped += from.shaped;
  into.truncated += from.truncated;
  into.unparsed += from.unparsed;
  if (from.shape === null) return into;
  if (into.shape === null) into.shape = ownCopy(from.shape);
  else growShape(into.shape, from.shape);
  return into;
}

/** Text equal for equal keys only: each part stands behind its length. */
export function sightingKeyText(key: SightingKey): string {
  const { authority, method, path, declared, protocol, style, operation } = key;
  const called = operation === null ? "-" : `${operation.length}:${operation}`;
  return `${authority.length}:${authority}${method.length}:${method}${path.length}:${path}${declared}${protocol}${style}${called}`;
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
