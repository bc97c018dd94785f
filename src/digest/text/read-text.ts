// Reads what an exchange says in words, as far as it may be a talk with a model, into facts without any of the words.
import type { Body, Exchange } from "../../model/exchange.ts";
import type { TextFacts } from "../../model/text-facts.ts";
import { emptyText } from "../../model/text-facts.ts";
import type { Message } from "../message.ts";
import { readPairs } from "../parameters.ts";
import { createSampler } from "../sampler.ts";
import { askOf, isQuery } from "./ask.ts";
import type { Ask } from "./ask.ts";
import { createCarried } from "./carried.ts";
import type { Contents } from "./contents.ts";
import { contentsOf } from "./contents.ts";
import { usageOf } from "./figures.ts";
import { grpcContents } from "./grpc-contents.ts";
import type { Jobs } from "./jobs.ts";
import { createJobs } from "./jobs.ts";
import { isModel } from "./marks.ts";
import { createNesting } from "./nesting.ts";
import { measured } from "./measured.ts";
import { replyOf } from "./reply.ts";
import type { Talk } from "./signals.ts";
import { isMade } from "./signals.ts";
import { addText, emptyTree } from "./tree.ts";
import type { Wordiness } from "./watch.ts";
import { hasLongText, hasNumberRows, queryWordiness } from "./watch.ts";

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
  const carried = createCarried(hash32);
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
      else if (talk.reply.answer === null && !isMade(talk)) return undefined;
      else jobs.close(exchange);
      return measured(exchange, talk, { hash32, deferred: job !== null, carried });
    },
  };
}

const STREAM = /event-stream|ndjson|jsonl|stream\+json|json-seq|eventstream/;
const MADE = /^(?:image|audio|video)\//;

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
  const { essence } = (asked === 0 ? request : response).mediaType;
  const { shape } = (asked === 0 ? request : response).read;
  return MADE.test(essence) || hasNumberRows(shape) || isWritten(request, response);
}

/** Fields went in, and a text came out. */
function isWritten(request: Message, response: Message): boolean {
  return request.read.shape?.object !== undefined && hasLongText(response.read.shape);
}

function isForm({ mediaType }: Message): boolean {
  return mediaType.essence === "multipart/form-data";
}

const NOTHING: Contents = { tree: emptyTree(), frames: null, page: false, media: null };

function talkOf(exchange: Exchange, { request, response }: Sides, job: Ask | null): Talk | null {
  if (exchange.outcome.kind !== "answered" || response === null) return null;
  const isSocket = exchange.protocol === "websocket";
  const { status, body } = exchange.outcome.response;
  const answered = saidIn(body, response, isSocket) ?? (isAccepted(status) ? NOTHING : null);
  if (answered === null) return null;
  const asked = saidIn(exchange.request.body, request, isSocket) ?? asksInQuery(exchange);
  const ask = job ?? askOf(asked.tree);
  const reply = replyOf(answered, ask);
  return {
    request: asked,
    response: answered,
    ask,
    reply,
    fields: isJustFields(exchange, asked, ask),
    usage: usageOf(answered.tree, reply.answer),
    namesModel: namesModel(asked, answered),
    isGet: exchange.request.method === "GET" && !isSocket && job === null,
    isStream: answered.frames !== null,
  };
}

/** Begun or made, and told where (RFC 9110, sections 15.3.2 and 15.3.3). */
function isAccepted(status: number): boolean {
  return status === 201 || status === 202;
}

/** Fields went in that say nothing by themselves; a query that reads what is stored is none. */
function isJustFields({ request }: Exchange, { tree }: Contents, ask: Ask): boolean {
  if (request.method === "GET" || ask.kind === "prose" || ask.kind === "code") return false;
  return tree.names.size >= 2 && !tree.texts.some(isQuery);
}

function saidIn(body: Body, { mediaType, read }: Message, isSocket: boolean): Contents | null {
  return read.grpc === null ? contentsOf(body, mediaType, isSocket) : grpcContents(read.grpc.messages);
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
