// The facts of one exchange, from what was read of its head and its messages.
import type { Bounded, Histogram } from "../model/bounded.ts";
import { boundedOf, emptyRecord } from "../model/bounded.ts";
import type { Exchange } from "../model/exchange.ts";
import { boundsOf, FACT_CAPS } from "../model/facts.ts";
import type { GroupingFacts, Returned } from "../model/grouping-facts.ts";
import type { GrpcFacts } from "../model/grpc-facts.ts";
import type { Own } from "../model/grow.ts";
import { soleRecord } from "../model/grow.ts";
import type { BodyFacts, DataClassFacts, Facts, ResponseFacts } from "../model/sighting.ts";
import type { FrameFacts } from "../model/stream-facts.ts";
import { emptyHistogram, histogramOf } from "../model/sketch.ts";
import type { AiPart } from "./ai/ai.ts";
import { placeOf } from "./authority.ts";
import type { DeclaredReader } from "./declared/read.ts";
import { groupingTrace } from "./grouping-trace.ts";
import { grpcStatusOf, heardStatus, isGrpcCall } from "./grpc/status.ts";
import type { Message } from "./message.ts";
import type { SafeName } from "./names.ts";
import { noRecord, nothing, remembered, sole } from "./once.ts";
import type { ReadPath } from "./path.ts";
import type { RequestHead } from "./request-facts.ts";
import { headerNames } from "./request-facts.ts";

/** Everything read from one exchange. */
export interface Reading {
  readonly path: ReadPath;
  readonly head: RequestHead;
  readonly request: Message;
  /** null while no response was heard. */
  readonly response: Message | null;
  readonly examined: boolean;
  readonly found: ReadonlyMap<string, DataClassFacts>;
  /** Identifiers that the answer gave away; undefined when none. */
  readonly returned?: Returned | undefined;
}

/** What facts are made with. */
export interface FactParts {
  readonly hash32: (text: string) => number;
  readonly segmentsOf: (path: string) => readonly (number | null)[];
  readonly safeName: SafeName;
  readonly declared: DeclaredReader;
}

const NOBODY: readonly number[] = [];

/** What was told by readers of their own. */
interface Told {
  readonly parts: FactParts;
  readonly ai: AiPart;
  readonly text: Facts["text"] | undefined;
}

// Written out field by field: engines make spread copies of wide objects far more slowly.
export function factsOf(exchange: Exchange, reading: Reading, { parts, ai, text }: Told): Facts {
  const { head, request, response } = reading;
  const distinctCallers = head.caller === "" ? NOBODY : [parts.hash32(head.caller) >>> 0];
  const answerHeaders = answerHeadersOf(exchange, parts.safeName);
  const facts: Own<Facts> = {
    requests: 1,
    digested: reading.examined ? 1 : 0,
    firstSeen: exchange.startedAt,
    lastSeen: exchange.startedAt,
    responses: responsesOf(exchange, reading, answerHeaders),
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
  addRare(facts, {
    text,
    tools: ai.tools,
    ai: ai.ai,
    grpc: grpcOf(exchange, reading),
    stream: exchange.stream,
    declared: parts.declared.answers(exchange, {
      request: head.facts.requestHeaders,
      response: answerHeaders,
    }),
  });
  return facts;
}

function addRare(facts: Own<Facts>, { text, tools, ai, grpc, stream, declared }: Rare): void {
  if (text !== undefined) facts.text = text;
  if (tools !== undefined) facts.tools = tools;
  if (ai !== undefined) facts.ai = ai;
  if (grpc !== undefined) facts.grpc = grpc;
  if (stream !== undefined) facts.stream = stream;
  if (declared !== undefined) facts.declared = declared;
}

type RareKey = "text" | "tools" | "ai" | "grpc" | "stream" | "declared";
type Rare = { readonly [K in RareKey]: Facts[K] | undefined };

function sizeOf(bytes: number | null | undefined): Histogram {
  return bytes === null || bytes === undefined ? emptyHistogram() : histogramOf(bytes);
}

function groupingOf(
  exchange: Exchange,
  { path, response, returned }: Reading,
  { callers, segmentsOf }: Pick<FactParts, "segmentsOf"> & { readonly callers: readonly number[] },
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

function statusOf(exchange: Exchange): string {
  return String(heardStatus(exchange) ?? "unknown");
}

function grpcOf(exchange: Exchange, { request, response }: Reading): GrpcFacts | undefined {
  if (!isGrpcCall(exchange)) return undefined;
  const { outcome } = exchange;
  const status = outcome.kind === "answered" ? grpcStatusOf(outcome.response) : "unheard";
  const { sent, received } = exchange.stream ?? {};
  return {
    statuses: soleRecord(status, 1),
    sent: messagesIn(request, sent),
    received: messagesIn(response, received),
  };
}

/** As many as went by; where nobody counted them, as many as are in what was kept. */
function messagesIn(message: Message | null, counted: FrameFacts | undefined): Histogram {
  const count = counted?.frames ?? message?.read.grpc?.count ?? null;
  return count === null ? emptyHistogram() : histogramOf(count);
}

type Responses = Facts["responses"];

function answerHeadersOf({ outcome }: Exchange, safeName: SafeName): Bounded<number> {
  return outcome.kind === "answered" ? headerNames(outcome.response.headers, safeName) : nothing();
}

function responsesOf(
  exchange: Exchange,
  { response, examined }: Reading,
  headers: Bounded<number>,
): Responses {
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
