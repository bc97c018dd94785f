// Reads what an exchange says in words, as far as it may be a talk with a model, into facts without any of the words.
import { emptyRecord } from "../../model/bounded.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { Own } from "../../model/grow.ts";
import { histogramOf } from "../../model/sketch.ts";
import type { SignalFacts, TextFacts, TextSignal } from "../../model/text-facts.ts";
import { emptyText, NO_FIT } from "../../model/text-facts.ts";
import type { Message } from "../message.ts";
import { sole } from "../once.ts";
import { readPairs } from "../parameters.ts";
import { createSampler } from "../sampler.ts";
import { askOf } from "./ask.ts";
import type { Ask } from "./ask.ts";
import type { Contents } from "./contents.ts";
import { contentsOf } from "./contents.ts";
import { usageOf } from "./figures.ts";
import type { Jobs } from "./jobs.ts";
import { createJobs } from "./jobs.ts";
import { isModel } from "./marks.ts";
import { createNesting } from "./nesting.ts";
import type { Answer } from "./reply.ts";
import { plain, replyOf } from "./reply.ts";
import type { Talk } from "./signals.ts";
import { signalsOf } from "./signals.ts";
import { addedWords } from "./topic.ts";
import { addText, emptyTree } from "./tree.ts";
import type { Wordiness } from "./watch.ts";
import { hasNumberRows, queryWordiness } from "./watch.ts";

export interface TextReader {
  /** undefined: nothing there that a model could have been asked. */
  read(exchange: Exchange, sides: Sides): TextFacts | undefined;
  /** What was read, and the calls around the exchange, which are noted of all. */
  facts(exchange: Exchange, read: TextFacts | undefined): TextFacts | undefined;
}

export interface Sides {
  readonly request: Message;
  readonly response: Message | null;
  /** Of the body of the request. */
  readonly wordiness: Wordiness;
  /** What is sampled apart. */
  readonly kind: string;
}

// Eight exchanges settle almost any verdict; from then on a growing share is passed over.
const READ_FULLY = 8;

export function createTextReader(hash32: (text: string) => number): TextReader {
  const jobs = createJobs();
  const sampler = createSampler(READ_FULLY);
  const nesting = createNesting();
  return {
    facts(exchange, read) {
      const around = nesting.note(exchange);
      return around === undefined ? read : { ...(read ?? emptyText()), nesting: around };
    },
    read(exchange, sides) {
      const job = isFetch(exchange) ? jobs.find(exchange) : null;
      if (job === null && !(isWorthReading(exchange, sides) && sampler.take(sides.kind))) return undefined;
      const talk = talkOf(exchange, sides, job);
      if (talk === null) return undefined;
      if (job === null) noteJob(jobs, exchange, talk);
      else if (talk.reply.answer === null) return undefined;
      else jobs.close(exchange);
      return factsOf(exchange, talk, { hash32, deferred: job !== null });
    },
  };
}

const STREAM = /event-stream|ndjson|jsonl|stream\+json|json-seq|eventstream/;
const MADE = /^(?:image|audio)\//;

function isWorthReading(exchange: Exchange, sides: Sides): boolean {
  const { request, response, wordiness } = sides;
  if (response === null || !isSuccess(exchange)) return false;
  if (exchange.protocol === "websocket") return exchange.request.body.kind === "recorded";
  if (wordiness === 2 || isForm(request)) return true;
  const { method, query } = exchange.request;
  const asked = Math.max(wordiness, query === "" ? 0 : queryWordiness(query));
  const isStream = STREAM.test(response.mediaType.essence);
  return isStream || (method === "GET" ? asked === 2 : mayBeMade(request, response, asked));
}

function isSuccess({ outcome }: Exchange): boolean {
  if (outcome.kind !== "answered") return false;
  const { status } = outcome.response;
  return (status >= 200 && status <= 299) || status === 101;
}

/** Few words may be enough for a picture or a vector, and none at all beside a recording or numbers. */
function mayBeMade(request: Message, response: Message, asked: number): boolean {
  if (asked === 0) return MADE.test(request.mediaType.essence) || hasNumberRows(request.read.shape);
  return MADE.test(response.mediaType.essence) || hasNumberRows(response.read.shape);
}

function isForm({ mediaType }: Message): boolean {
  return mediaType.essence === "multipart/form-data";
}

const NOTHING: Contents = { tree: emptyTree(), frames: null, page: false, media: null };

function talkOf(exchange: Exchange, { request, response }: Sides, job: Ask | null): Talk | null {
  if (exchange.outcome.kind !== "answered" || response === null) return null;
  const isSocket = exchange.protocol === "websocket";
  const answered = contentsOf(exchange.outcome.response.body, response.mediaType, isSocket);
  if (answered === null) return null;
  const asked = contentsOf(exchange.request.body, request.mediaType, isSocket) ?? asksInQuery(exchange);
  const ask = job ?? askOf(asked.tree);
  const reply = replyOf(answered, ask);
  return {
    request: asked,
    response: answered,
    ask,
    reply,
    usage: usageOf(answered.tree, reply.answer),
    namesModel: namesModel(asked, answered),
    isGet: exchange.request.method === "GET" && !isSocket && job === null,
    isStream: answered.frames !== null,
  };
}

function asksInQuery({ request }: Exchange): Contents {
  if (request.query === "") return NOTHING;
  const tree = emptyTree();
  for (const { name, value } of readPairs(request.query)) addText(tree, name, value);
  return { ...NOTHING, tree };
}

function namesModel(...sides: readonly Contents[]): boolean {
  return sides.some(({ tree }) => tree.texts.some(({ text, name }) => isModel(text, name)));
}

/** Some poll by POST, and have nothing to say in it. */
function isFetch({ request }: Exchange): boolean {
  return request.method === "GET" || request.body.kind === "none";
}

function noteJob(jobs: Jobs, exchange: Exchange, { ask, reply, response }: Talk): void {
  if (ask.kind === "prose" && !reply.hasText && exchange.request.method !== "GET")
    jobs.note(exchange, ask, response);
}

interface How {
  readonly hash32: (text: string) => number;
  readonly deferred: boolean;
}

function factsOf(exchange: Exchange, talk: Talk, how: How): TextFacts {
  const facts = { ...emptyText(), looked: 1 } as Own<TextFacts>;
  facts.signals = seen(exchange.startedAt, how.deferred ? [...signalsOf(talk), "deferred"] : signalsOf(talk));
  const { answer } = talk.reply;
  if (answer === null || talk.ask.kind === "none") return facts;
  Object.assign(facts, hashesOf(talk.ask, answer, how));
  if (!how.deferred) Object.assign(facts, timesOf(exchange, answer));
  return facts;
}

function seen(at: number, signals: readonly TextSignal[]): TextFacts["signals"] {
  const record = emptyRecord<SignalFacts>();
  for (const signal of signals) record[signal] = { count: 1, firstSeen: at, lastSeen: at };
  return record;
}

// Answers are compared by their first characters; what differs, differs there.
const HASHED = 4000;
// A sample of the words of an answer; longer ones repeat themselves.
const MAX_WORDS = 200;

function hashesOf(ask: Ask, answer: Answer, { hash32 }: How): Partial<TextFacts> {
  const input = hash32(`in ${plain(ask.text).slice(0, HASHED)}`) >>> 0;
  const output = hash32(`out ${plain(answer.text).slice(0, HASHED)}`) >>> 0;
  const added = addedWords(ask.text, answer.text).slice(0, MAX_WORDS);
  const words = [...new Set(added.map((word) => hash32(`word ${word}`) >>> 0))].sort((a, b) => a - b);
  return {
    ins: [input],
    outs: [output],
    words: words.slice(0, MAX_DISTINCT),
    wordCount: words.length,
    pairs: sole(input.toString(16), { count: 1, outs: [output] }),
  };
}

// As many as a sketch of distinct things keeps.
const MAX_DISTINCT = 64;
// Longer than any answer takes; keeps sums exact.
const MAX_MS = 600_000;
const UNIT_MS = 10;

function timesOf({ startedAt, endedAt }: Exchange, { text }: Answer): Partial<TextFacts> {
  const length = histogramOf(text.length);
  if (endedAt === null || endedAt <= startedAt) return { length };
  const duration = Math.min(endedAt - startedAt, MAX_MS);
  const x = Math.round(duration / UNIT_MS);
  const y = text.length;
  return {
    length,
    duration: histogramOf(duration),
    speed: histogramOf((1000 * y) / duration),
    fit: { ...NO_FIT, n: 1, x, y, xx: x * x, yy: y * y, xy: x * y },
  };
}
