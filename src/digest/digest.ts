// The boundary: an exchange with all its values goes in, a sighting without any comes out.
import type { Bounded, Histogram } from "../model/bounded.ts";
import { boundedOf, emptyRecord } from "../model/bounded.ts";
import type { Exchange, Response } from "../model/exchange.ts";
import { NO_BODY } from "../model/exchange.ts";
import type { GroupingFacts, Returned } from "../model/grouping-facts.ts";
import { boundsOf, FACT_CAPS } from "../model/facts.ts";
import type { Own } from "../model/grow.ts";
import { soleRecord } from "../model/grow.ts";
import type {
  BodyFacts,
  DataClassFacts,
  Facts,
  ResponseFacts,
  Sighting,
  SightingKey,
} from "../model/sighting.ts";
import { emptyHistogram, histogramOf } from "../model/sketch.ts";
import { authorityIn, bracketed, placeOf } from "./authority.ts";
import type { AiPart, AiReader } from "./ai/ai.ts";
import { createAiReader } from "./ai/ai.ts";
import type { TextScan } from "./ai/texts.ts";
import type { DataClass } from "./data-class.ts";
import { createReturnedGatherer, createSegmentHasher, groupingTrace } from "./grouping-trace.ts";
import { scanHead } from "./head-scan.ts";
import type { DataClassMatcher } from "./leaves.ts";
import { createDataClassMatcher } from "./leaves.ts";
import type { Message } from "./message.ts";
import { countMessage, examineMessage } from "./message.ts";
import type { SafeName } from "./names.ts";
import { createSafeName } from "./names.ts";
import { operationOf } from "./called.ts";
import { noRecord, nothing, remembered, sole } from "./once.ts";
import type { ReadPath } from "./path.ts";
import { declaredPath, readPath } from "./path.ts";
import type { RequestHead } from "./request-facts.ts";
import { headerNames, readHead } from "./request-facts.ts";
import type { Sampler } from "./sampler.ts";
import { createSampler } from "./sampler.ts";
import { createTextReader } from "./text/read-text.ts";
import { watch } from "./text/watch.ts";

export interface DigestOptions {
  readonly dataClasses: readonly DataClass[];
  /** Keyed 32-bit hash: which addresses were counted must not be told from the hashes kept. */
  readonly hash32: (text: string) => number;
  /** Exchanges of one kind examined fully before sampling begins. */
  readonly sampleAfter?: number;
  /** false: texts are not read. */
  readonly texts?: boolean;
}

export interface Digest {
  /** Never throws, whatever the exchange holds. */
  digest(exchange: Exchange): Sighting;
  /** Exchanges digested so far, and how many of them had their bodies examined. */
  counts(): { readonly exchanges: number; readonly examined: number };
}

interface Parts {
  readonly hash32: (text: string) => number;
  readonly segmentsOf: (path: string) => readonly (number | null)[];
  readonly matcher: DataClassMatcher;
  readonly safeName: SafeName;
  readonly sampler: Sampler;
  readonly ai: AiReader;
  /** null: not wanted. */
  readonly texts: ReturnType<typeof createTextReader> | null;
}

// Rare endpoints are seen whole. A field is called required after 20 bodies; every doubling beyond these 32 adds 16.
const SAMPLE_AFTER = 32;

export function createDigest(options: DigestOptions): Digest {
  const { dataClasses, hash32, sampleAfter = SAMPLE_AFTER } = options;
  const matcher = createDataClassMatcher(dataClasses);
  const safeName = createSafeName(matcher.isSecret);
  const sampler = createSampler(sampleAfter);
  const texts = options.texts === false ? null : createTextReader(hash32);
  const ai = createAiReader({ dataClasses, safeName, hash32 });
  const segmentsOf = createSegmentHasher(hash32);
  const parts: Parts = { hash32, segmentsOf, matcher, safeName, sampler, ai, texts };
  const counts = { exchanges: 0, examined: 0 };
  return {
    digest(exchange) {
      const sighting = sightingOf(exchange, parts);
      counts.exchanges += 1;
      counts.examined += sighting.facts.digested;
      return sighting;
    },
    counts: () => ({ ...counts }),
  };
}

/** Everything read from one exchange. */
interface Reading {
  readonly path: ReadPath;
  readonly head: RequestHead;
  readonly request: Message;
  /** null while no response was heard. */
  readonly response: Message | null;
  readonly examined: boolean;
  readonly found: ReadonlyMap<string, DataClassFacts>;
  /** Identifiers that the answer gave away; undefined when none. */
  readonly returned?: Returned | undefined;
  readonly text?: Facts["text"] | undefined;
}

function sightingOf(raw: Exchange, parts: Parts): Sighting {
  // A broken clock must not reach JSON, where it would be null.
  const exchange = Number.isFinite(raw.startedAt) ? raw : { ...raw, startedAt: 0 };
  const path = readPath(exchange.request.path, parts.matcher.isSecret);
  const head = readHead(exchange, path.matrix, parts.safeName);
  const kind = kindOf(exchange, path.kind);
  const examined = parts.sampler.take(kind);
  const found = examined ? new Map<string, DataClassFacts>() : NOTHING_FOUND;
  if (examined) scanHead(exchange, { path, head, found, matcher: parts.matcher, safeName: parts.safeName });
  const ai = parts.ai.begin(exchange);
  const messages = examined
    ? examine(exchange, parts, { found, kind, scan: ai.texts() })
    : count(exchange, parts);
  const { request, response, returned, text } = messages;
  const reading = { path, head, examined, found, request, response, returned, text };
  const key = keyOf(exchange, reading, parts);
  const heard = { caller: head.caller, callers: head.facts.callers };
  return { key, facts: factsOf(exchange, reading, { parts, ai: ai.facts(key, heard) }) };
}

const NOTHING_FOUND = new Map<string, never>();

type Messages = Pick<Reading, "request" | "response" | "returned" | "text">;

interface Examining {
  readonly found: Map<string, DataClassFacts>;
  readonly kind: string;
  readonly scan: TextScan;
}

function examine(
  exchange: Exchange,
  { safeName, matcher, hash32, texts }: Parts,
  { found, kind, scan }: Examining,
): Messages {
  const asked = watch(scan.request(matcher.scanner("request.body", found)));
  const gatherer = createReturnedGatherer(hash32);
  const request = examineMessage(exchange.request, { safeName, leaves: asked.scanner });
  const told = gatherer.wrap(scan.answer(matcher.scanner("response.body", found), found));
  const answer = responseOf(exchange);
  const response = answer && examineMessage(answer, { safeName, leaves: told });
  scan.end();
  const sides = { request, response, wordiness: asked.wordiness(), kind };
  return { request, response, returned: gatherer.returned(), text: texts?.read(exchange, sides) };
}

function count(exchange: Exchange, { safeName }: Parts): Messages {
  const tools = { safeName, leaves: null };
  const response = responseOf(exchange);
  return {
    request: countMessage(exchange.request, tools, true),
    response: response && countMessage(response, tools, false),
  };
}

/** What the sampler counts apart. */
function kindOf({ request, outcome }: Exchange, kind: string): string {
  const status = outcome.kind === "answered" ? Math.trunc(outcome.response.status / 100) : 0;
  return `${status} ${request.method} ${request.authority} ${kind}`;
}

/** Answers that have no body whatever their headers say (RFC 9110, 6.4.1). */
const BODILESS = new Set([204, 205, 304]);

function responseOf({ outcome, request }: Exchange): Response | null {
  if (outcome.kind !== "answered") return null;
  const { response } = outcome;
  const isBodiless = request.method === "HEAD" || BODILESS.has(response.status);
  return isBodiless && response.body.kind === "not-recorded" ? { ...response, body: NO_BODY } : response;
}

function keyOf(exchange: Exchange, { path, head, request }: Reading, { safeName }: Parts): SightingKey {
  const declared = declaredPath(exchange.declaredRoute);
  const called = operationOf({ exchange, query: head.query, path: path.path, request, safeName });
  return {
    authority: authorityOf(exchange),
    method: methodOf(exchange.request.method, safeName),
    path: declared ?? path.path,
    declared: declared !== undefined,
    protocol: exchange.protocol,
    style: called.style,
    operation: called.operation,
  };
}

function authorityOf({ request, server }: Exchange): string {
  const named = authorityIn(request.authority);
  if (named !== null) return named;
  const place = placeOf(server);
  return server.port === null ? bracketed(place) : place;
}

/** RFC 9110 tokens of the length of a word; anything else a client sends there is not a name. */
function methodOf(method: string, safeName: SafeName): string {
  if (method === "") return method;
  return /^[\w!#$%&'*+.^`|~-]{1,24}$/.test(method) && !safeName(method).startsWith("{") ? method : "OTHER";
}

const NOBODY: readonly number[] = [];

interface Told {
  readonly parts: Parts;
  readonly ai: AiPart;
}

// Written out field by field: engines make spread copies of wide objects far more slowly.
function factsOf(exchange: Exchange, reading: Reading, { parts, ai }: Told): Facts {
  const { head, request, response } = reading;
  const distinctCallers = head.caller === "" ? NOBODY : [parts.hash32(head.caller) >>> 0];
  const facts: Own<Facts> = {
    requests: 1,
    digested: reading.examined ? 1 : 0,
    firstSeen: exchange.startedAt,
    lastSeen: exchange.startedAt,
    responses: responsesOf(exchange, reading, parts.safeName),
    requestBodies: request.bodies,
    query: head.facts.query,
    requestHeaders: head.facts.requestHeaders,
    cookies: head.facts.cookies,
    auth: head.facts.auth,
    dataClasses: reading.found.size === 0 ? nothing() : boundedOf(reading.found, BOUNDS.dataClasses),
    callers: ai.callers,
    distinctCallers,
    servers: soleServer(placeOf(exchange.server)),
    schemes: one(exchange.request.scheme ?? "unknown"),
    latency: latencyOf(exchange),
    requestBytes: sizeOf(request.size),
    responseBytes: sizeOf(response?.size),
    sources: one(exchange.source),
    flags: flagsOf(exchange, reading),
    grouping: groupingOf(exchange, reading, { callers: distinctCallers, segmentsOf: parts.segmentsOf }),
  };
  addRare(facts, { text: parts.texts?.facts(exchange, reading.text), tools: ai.tools, ai: ai.ai });
  return facts;
}

function addRare(facts: Own<Facts>, { text, tools, ai }: Rare): void {
  if (text !== undefined) facts.text = text;
  if (tools !== undefined) facts.tools = tools;
  if (ai !== undefined) facts.ai = ai;
}

type Rare = { readonly [K in "text" | "tools" | "ai"]: Facts[K] | undefined };

function sizeOf(bytes: number | null | undefined): Histogram {
  return bytes === null || bytes === undefined ? emptyHistogram() : histogramOf(bytes);
}

function groupingOf(
  exchange: Exchange,
  { path, response, returned }: Reading,
  { callers, segmentsOf }: Pick<Parts, "segmentsOf"> & { readonly callers: readonly number[] },
): GroupingFacts {
  return groupingTrace({
    at: exchange.startedAt,
    status: statusOf(exchange),
    callers,
    media: response?.mediaType.essence ?? "",
    size: response?.size ?? null,
    segments: segmentsOf(path.path),
    returned,
  });
}

const BOUNDS = boundsOf(FACT_CAPS);

// Servers of one collector within minutes.
const MAX_SERVERS = 10_000;
const soleServer = remembered((server) => sole(server, 1), MAX_SERVERS);

/** Schemes and sources: names from fixed sets. */
const one: <K extends string>(name: K) => Record<K, number> = remembered(
  (name) => sole(name, 1).kept,
  Infinity,
) as <K extends string>(name: K) => Record<K, number>;

function statusOf({ outcome }: Exchange): string {
  return outcome.kind === "answered" ? String(outcome.response.status) : "unknown";
}

type Responses = Facts["responses"];

function responsesOf(exchange: Exchange, { response, examined }: Reading, safeName: SafeName): Responses {
  const { outcome } = exchange;
  const headers: Bounded<number> =
    outcome.kind === "answered" ? headerNames(outcome.response.headers, safeName) : nothing();
  const bodies = response?.bodies ?? noRecord<BodyFacts>();
  const status = statusOf(exchange);
  // What was examined is said only once.
  return examined
    ? soleRecord(status, { count: 1, bodies, headers })
    : countedResponse(status, { count: 1, bodies, headers });
}

/** By headers, by bodies, by status: each as shared as what it is made of. */
const countedResponses = new WeakMap<object, WeakMap<object, Map<string, Responses>>>();

function countedResponse(status: string, facts: ResponseFacts): Responses {
  const byBodies = countedResponses.get(facts.headers) ?? new WeakMap<object, Map<string, Responses>>();
  countedResponses.set(facts.headers, byBodies);
  const byStatus = byBodies.get(facts.bodies) ?? new Map<string, Responses>();
  byBodies.set(facts.bodies, byStatus);
  const known = byStatus.get(status) ?? soleRecord(status, facts);
  byStatus.set(status, known);
  return known;
}

function latencyOf({ startedAt, answeredAt }: Exchange): Histogram {
  return answeredAt === null || answeredAt < startedAt
    ? emptyHistogram()
    : histogramOf(answeredAt - startedAt);
}

function flagsOf({ flags }: Exchange, { request, response }: Reading): Facts["flags"] {
  const isMislabelled = request.read.mislabelled || response?.read.mislabelled === true;
  if (flags.length === 0 && !isMislabelled) return noRecord();
  const counter = emptyRecord<number>();
  for (const flag of flags) counter[flag] = 1;
  if (isMislabelled) counter["encoding-error"] = 1;
  return counter;
}
