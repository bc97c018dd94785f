// The boundary: an exchange with all its values goes in, a sighting without any comes out.
import type { Exchange, Response } from "../model/exchange.ts";
import { NO_BODY } from "../model/exchange.ts";
import { emptyFacts } from "../model/facts.ts";
import type { DataClassFacts, Facts, Sighting, SightingKey } from "../model/sighting.ts";
import type { StreamFacts, StreamUpdate } from "../model/stream-facts.ts";
import type { AiReader } from "./ai/ai.ts";
import { createAiReader } from "./ai/ai.ts";
import type { TextScan } from "./ai/texts.ts";
import { authorityIn, bracketed, placeOf } from "./authority.ts";
import { operationOf } from "./called.ts";
import type { DataClass } from "./data-class.ts";
import { createDeclaredReader } from "./declared/read.ts";
import type { FactParts, Reading } from "./exchange-facts.ts";
import { factsOf } from "./exchange-facts.ts";
import { createReturnedGatherer, createSegmentHasher } from "./grouping-trace.ts";
import { scanHead } from "./head-scan.ts";
import type { DataClassMatcher } from "./leaves.ts";
import { createDataClassMatcher } from "./leaves.ts";
import { countMessage, examineMessage } from "./message.ts";
import type { SafeName } from "./names.ts";
import { createSafeName } from "./names.ts";
import { declaredPath, readPath } from "./path.ts";
import { readHead } from "./request-facts.ts";
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
  /** Names of headers that declare a service beside the public ones; `caller:` before those of who calls. */
  readonly serviceHeaders?: readonly string[];
  /** false: texts are not read. */
  readonly texts?: boolean;
}

export interface Digest {
  /** Never throws, whatever the exchange holds. */
  digest(exchange: Exchange): Sighting;
  /** What came of a stream since: undefined when its exchange was not digested here, or long ago. */
  stream(update: StreamUpdate): Sighting | undefined;
  /** Exchanges digested so far, and how many of them had their bodies examined. */
  counts(): { readonly exchanges: number; readonly examined: number };
}

interface Parts extends FactParts {
  readonly matcher: DataClassMatcher;
  readonly sampler: Sampler;
  readonly ai: AiReader;
  /** null: not wanted. */
  readonly texts: ReturnType<typeof createTextReader> | null;
}

const DAY = 86_400_000;

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
  const declared = createDeclaredReader(safeName, options.serviceHeaders);
  const parts: Parts = { hash32, segmentsOf, matcher, safeName, declared, sampler, ai, texts };
  const counts = { exchanges: 0, examined: 0 };
  // Told streams that go on, as long as the wire remembers them.
  const running = new WeakMap<StreamFacts, SightingKey>();
  return {
    digest(exchange) {
      const sighting = sightingOf(exchange, parts);
      counts.exchanges += 1;
      counts.examined += sighting.facts.digested;
      if (exchange.stream !== undefined) running.set(exchange.stream, sighting.key);
      return sighting;
    },
    stream({ of, at, more }) {
      const key = running.get(of);
      return key === undefined ? undefined : { key, facts: { ...emptyFacts(at), stream: more } };
    },
    counts: () => ({ ...counts }),
  };
}

function sightingOf(raw: Exchange, parts: Parts): Sighting {
  // A broken clock must not reach JSON, where it would be null.
  const exchange = Number.isFinite(raw.startedAt) ? raw : { ...raw, startedAt: 0 };
  const path = readPath(exchange.request.path, parts.matcher.isSecret);
  const head = readHead(exchange, path.matrix, parts);
  const kind = kindOf(exchange, path.kind);
  const examined = parts.sampler.take(kind, Math.floor(exchange.startedAt / DAY));
  const found = examined ? new Map<string, DataClassFacts>() : NOTHING_FOUND;
  if (examined) scanHead(exchange, { path, head, found, matcher: parts.matcher, safeName: parts.safeName });
  const ai = parts.ai.begin(exchange);
  const messages = examined
    ? examine(exchange, parts, { found, kind, scan: ai.texts() })
    : count(exchange, parts);
  const { request, response, returned, text } = messages;
  const reading = { path, head, examined, found, request, response, returned };
  const key = keyOf(exchange, reading, parts);
  const told = parts.texts?.facts(exchange, text);
  const heard = { caller: head.caller, callers: head.facts.callers };
  return { key, facts: factsOf(exchange, reading, { parts, ai: ai.facts(key, heard), text: told }) };
}

const NOTHING_FOUND = new Map<string, never>();

type Messages = Pick<Reading, "request" | "response" | "returned"> & {
  readonly text?: Facts["text"] | undefined;
};

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
