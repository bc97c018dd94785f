// Turns what an exchange said into facts that merge: signals, sizes, speeds and keyed hashes, none of the words.
import { emptyRecord } from "../../model/bounded.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { Own } from "../../model/grow.ts";
import { histogramOf } from "../../model/sketch.ts";
import type { SignalFacts, TextFacts, TextSignal } from "../../model/text-facts.ts";
import { emptyText, NO_FIT } from "../../model/text-facts.ts";
import { sole } from "../once.ts";
import type { Carried } from "./carried.ts";
import type { Answer } from "./reply.ts";
import { plain } from "./reply.ts";
import type { Talk } from "./signals.ts";
import { isMedia, signalsOf } from "./signals.ts";
import { addedWords } from "./topic.ts";
import { wordinessOf } from "./watch.ts";

export interface Measuring {
  readonly hash32: (text: string) => number;
  /** The answer was fetched later than it was asked for. */
  readonly deferred: boolean;
  readonly carried: Carried;
}

export function measured(exchange: Exchange, talk: Talk, how: Measuring): TextFacts {
  const facts = { ...emptyText(), looked: 1 } as Own<TextFacts>;
  facts.signals = seen(exchange.startedAt, [...signalsOf(talk), ...around(exchange, talk, how)]);
  const { answer } = talk.reply;
  if (answer === null || (talk.ask.kind === "none" && !talk.fields && !isMedia(talk.request))) return facts;
  Object.assign(facts, hashesOf(talk, answer, how));
  if (!how.deferred) Object.assign(facts, timesOf(exchange, answer));
  return facts;
}

/** What other exchanges tell of this one. */
function around({ request }: Exchange, talk: Talk, { carried, deferred }: Measuring): readonly TextSignal[] {
  const place = `${request.authority} ${request.path}`;
  const found: TextSignal[] = deferred ? ["deferred"] : [];
  if (talk.ask.leaves.length > 1 && carried.has(place, talk.ask.leaves)) found.push("carried");
  if (talk.reply.answer !== null && talk.ask.kind !== "none") carried.note(place, talk.reply.answer.text);
  return found;
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

function hashesOf(talk: Talk, answer: Answer, { hash32 }: Measuring): Partial<TextFacts> {
  const input = hash32(`in ${plain(inputOf(talk).slice(0, HASHED))}`) >>> 0;
  const output = hash32(`out ${withoutNumbers(plain(answer.text.slice(0, HASHED)))}`) >>> 0;
  const added = addedWords(talk.ask.text, answer.text).slice(0, MAX_WORDS);
  const words = [...new Set(added.map((word) => hash32(`word ${word}`) >>> 0))].sort((a, b) => a - b);
  return {
    ins: [input],
    outs: [output],
    words: words.slice(0, MAX_DISTINCT),
    wordCount: words.length,
    pairs: sole(input.toString(16), { count: 1, outs: [output] }),
  };
}

/** The text that was asked, with what else was said in words beside the names and ids; of fields, all they hold. */
function inputOf({ ask, fields, request }: Talk): string {
  const { texts, figures } = request.tree;
  if (fields)
    return [...texts.map(({ text }) => text), ...figures.map(({ value }) => String(value))].join(" ");
  const beside = texts.filter((leaf) => !ask.leaves.includes(leaf) && isSaid(leaf.text));
  return [ask.text, ...beside.map(({ text }) => text)].join(" ");
}

// Longer texts have been judged by what they say.
const MAX_BESIDE = 80;

function isSaid(text: string): boolean {
  return text.length <= MAX_BESIDE && wordinessOf(text) > 0 && !/\d/.test(text);
}

/** Numbers of orders, times and counts change in texts that are otherwise the same. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/\p{N}+/gu, "");
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
