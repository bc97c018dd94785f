// Everything about language models and attacks on them that one exchange tells, as facts; absent where there is nothing.
import { modelInPath } from "../../ai/model-names.ts";
import type { AiFacts, TextDirection } from "../../model/ai-facts.ts";
import { emptyRecord } from "../../model/bounded.ts";
import { contentOn } from "../../model/content-facts.ts";
import type { Exchange } from "../../model/exchange.ts";
import { callerKey } from "../../model/facts.ts";
import type { Facts, SightingKey } from "../../model/sighting.ts";
import type { DataClass } from "../data-class.ts";
import { headerValue } from "../message.ts";
import type { SafeName } from "../names.ts";
import { sole } from "../once.ts";
import type { AgentsHeard } from "./agents.ts";
import { readAgents } from "./agents.ts";
import type { Bodies } from "./bodies.ts";
import { bodiesOf } from "./bodies.ts";
import type { HeadHeard } from "./heads.ts";
import { readHeads } from "./heads.ts";
import { createRecent } from "./recent.ts";
import { createRetries } from "./retries.ts";
import { createSessions } from "./sessions.ts";
import { createShingles } from "./shingles.ts";
import type { TextScan, TextTally } from "./texts.ts";
import { createTextScan, patternFacts } from "./texts.ts";
import { leaksOf } from "./unasked.ts";

export interface AiReaderOptions {
  readonly dataClasses: readonly DataClass[];
  readonly safeName: SafeName;
  /** Keyed. */
  readonly hash32: (text: string) => number;
}

/** What the facts of one exchange get beside the rest. */
export type AiPart = Pick<Facts, "callers"> & {
  readonly [K in "tools" | "ai"]: Facts[K] | undefined;
};

export interface AiReading {
  /** To be put around the scanners of both bodies where they are examined, and only there. */
  texts(): TextScan;
  /** To be called once, when everything else was read. */
  facts(key: SightingKey, known: { readonly caller: string; readonly callers: Facts["callers"] }): AiPart;
}

export interface AiReader {
  /** Never throws. */
  begin(exchange: Exchange): AiReading;
}

const DAY = 86_400_000;

export function createAiReader({ dataClasses, safeName, hash32 }: AiReaderOptions): AiReader {
  const sessions = createSessions();
  const recent = createRecent<SightingKey>();
  const shingles = createShingles(hash32);
  const retries = createRetries(hash32);
  const backendsOf = ({ server, startedAt, endedAt, answeredAt }: Exchange): readonly string[] =>
    distinct(recent.between(server.address, startedAt, endedAt ?? answeredAt ?? startedAt).map(labelOf));
  return {
    begin(exchange) {
      const bodies = bodiesOf(exchange);
      const heads = readHeads(exchange, bodies, hash32);
      const agents = readAgents(exchange, bodies, { safeName, hash32, sessions, backendsOf });
      const isTool = agents?.isToolUse === true;
      const isCorrected = agents === null && retries.isCorrected(exchange, bodies);
      const reading: Reading = { exchange, bodies, heads, agents, isCorrected };
      let texts: TextScan | null = null;
      return {
        texts: () =>
          (texts ??= createTextScan({
            prompt: isTool ? "tool-arguments" : "prompt",
            answer: isTool ? "tool-result" : "answer",
            streamed: exchange.protocol === "websocket" || isStream(bodies),
            shingles,
          })),
        facts(key, { caller, callers }) {
          if (agents === null) recent.note(exchange.client.address, exchange.startedAt, key);
          const tally = texts?.tally ?? null;
          const leaks = tally === null ? undefined : leaksIn(tally, bodies, dataClasses);
          const ai = aiFacts(reading, tally, { leaks, spend: spendOf(exchange, tally, caller) });
          return { callers: withActor(callers, heads), tools: agents?.tools, ai };
        },
      };
    },
  };
}

function distinct(labels: readonly string[]): readonly string[] {
  return [...new Set(labels)];
}

interface Reading {
  readonly exchange: Exchange;
  readonly bodies: Bodies;
  readonly heads: HeadHeard;
  readonly agents: AgentsHeard | null;
  readonly isCorrected: boolean;
}

/** Of answers to words; what other services return was asked for. */
function leaksIn(
  { telling, hasPrompt }: TextTally,
  bodies: Bodies,
  dataClasses: readonly DataClass[],
): AiFacts["leaks"] {
  return hasPrompt && telling.length > 0 ? leaksOf(telling, dataClasses, bodies.request()) : undefined;
}

function isStream({ answerHeaders }: Bodies): boolean {
  const type = headerValue(answerHeaders, "content-type") ?? "";
  return /^(?:text\/event-stream|application\/(?:x-)?(?:ndjson|jsonl|json-lines|stream\+json|json-seq))/i.test(
    type,
  );
}

/** Words of a path stay; numbers, names with digits and whatever else may be a value do not. */
const WORD = /^(?:[a-z][a-z_-]{0,39}|v\d{1,2})$/i;

function labelOf({ method, authority, path }: SightingKey): string {
  const plain = path.split("/").map((segment) => (segment === "" || WORD.test(segment) ? segment : "{}"));
  return `${method} ${authority}${plain.join("/")}`;
}

function withActor(callers: Facts["callers"], { actor }: HeadHeard): Facts["callers"] {
  const caller = actor === null ? undefined : Object.values(callers.kept)[0];
  return actor === null || caller === undefined
    ? callers
    : sole(callerKey(caller), { ...caller, actor: actor.class });
}

type Parts = Pick<AiFacts, "leaks" | "spend">;

function aiFacts(
  { exchange, heads, agents, isCorrected }: Reading,
  tally: TextTally | null,
  parts: { readonly [K in keyof Parts]: Parts[K] | undefined },
): AiFacts | undefined {
  const marks = [...heads.marks, ...(tally?.marks ?? []), ...(isCorrected ? ["corrected-call"] : [])];
  return present<AiFacts>({
    protocols: agents?.protocols,
    actors: actorFacts(heads),
    signatures: heads.signatures,
    credentials: heads.credentials,
    patterns: tally === null ? undefined : patternFacts(tally),
    ...contentFacts(tally, exchange.startedAt),
    ...parts,
    marks: marks.length === 0 ? undefined : countsOf(marks),
  });
}

/** What is there; undefined when nothing is. */
function present<T extends object>(parts: { readonly [K in keyof T]: T[K] | undefined }): T | undefined {
  let found: Partial<T> | undefined;
  for (const name in parts) {
    const part = parts[name];
    if (part === undefined) continue;
    found ??= {};
    found[name] = part;
  }
  return found as T | undefined;
}

function actorFacts({ actor }: HeadHeard): AiFacts["actors"] {
  return actor === null ? undefined : { [actor.class]: { requests: 1, supported: actor.supported ? 1 : 0 } };
}

function contentFacts(
  tally: TextTally | null,
  at: number,
): { readonly [K in "content" | "contentDays"]: AiFacts[K] | undefined } {
  if (tally === null) return { content: undefined, contentDays: undefined };
  const { content, looked } = tally;
  return {
    content: content.size === 0 ? undefined : Object.fromEntries(content),
    contentDays: isTalk(tally) ? contentOn(Math.floor(at / DAY), topicsOf(content, looked)) : undefined,
  };
}

/** Words were answered with words, or a model was asked: what other requests say is nobody's conversation. */
function isTalk({ hasPrompt, looked, model, tokens }: TextTally): boolean {
  return hasPrompt && (looked.size > 1 || model !== null || tokens.input + tokens.output > 0);
}

/** Each topic once an exchange: conversations repeat what was said before. */
function topicsOf(
  content: ReadonlyMap<string, number>,
  looked: ReadonlySet<TextDirection>,
): Record<string, number> {
  const topics = countsOf([...content.keys()]);
  for (const direction of looked) {
    const isTold = [...content.keys()].some((key) => key.startsWith(`${direction} `));
    if (!isTold) topics[`${direction} other`] = 1;
  }
  return topics;
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts = emptyRecord<number>();
  for (const name of names) counts[name] = 1;
  return counts;
}

function spendOf({ request }: Exchange, tally: TextTally | null, caller: string): AiFacts["spend"] {
  if (tally === null || tally.tokens.input + tally.tokens.output === 0) return undefined;
  const { tokens, model } = tally;
  const name = model ?? modelInPath(request.path) ?? "";
  return sole(`${caller} ${name}`, { caller, model: name, exchanges: 1, ...tokens });
}
