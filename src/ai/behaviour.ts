// Reads the facts about texts as evidence for, and against, a language model behind an endpoint of no known format.
import type { Evidence } from "../model/inventory.ts";
import type { Facts, SightingKey } from "../model/sighting.ts";
import { estimateDistinct, quantile } from "../model/sketch.ts";
import type { TextFacts, TextSignal } from "../model/text-facts.ts";
import { repetition, vocabulary } from "./variation.ts";
import type { WeightName, When } from "./weigh.ts";
import { evidenceOf } from "./weigh.ts";

type Key = Pick<SightingKey, "method"> & Partial<Pick<SightingKey, "protocol">>;

/** Everything the texts of an endpoint say; empty when there are none. */
export function behaviour(key: Key, facts: Facts): readonly Evidence[] {
  const { text } = facts;
  if (text === undefined || text.looked === 0) return nestingEvidence(facts);
  const reader = readerOf(text, key);
  const found = [
    ...languageOf(reader),
    ...timingOf(reader),
    ...variationOf(reader),
    ...streamOf(reader),
    ...marksOf(reader),
    ...modalityOf(reader, facts),
    ...againstOf(reader, facts),
  ];
  const whole: When = { count: text.looked, firstSeen: facts.firstSeen, lastSeen: facts.lastSeen };
  const evidence = found.map(([name, signal]) => evidenceOf(name, text.signals[signal] ?? whole));
  return [...evidence, ...nestingEvidence(facts)];
}

/** A row of the table of weights, and the signal whose count and times it rests on. */
type Found = readonly [name: WeightName, signal: TextSignal];

interface Reader {
  readonly text: TextFacts;
  /** GET without a body to ask with. */
  readonly isRead: boolean;
  /** Share of the exchanges looked at. */
  share(signal: TextSignal): number;
  /** In at least a third. */
  often(signal: TextSignal): boolean;
  /** In at least half. */
  mostly(signal: TextSignal): boolean;
}

function readerOf(text: TextFacts, { method, protocol }: Key): Reader {
  const share = (signal: TextSignal) => (text.signals[signal]?.count ?? 0) / text.looked;
  return {
    text,
    isRead: method === "GET" && protocol !== "websocket" && text.signals.deferred === undefined,
    share,
    often: (signal) => share(signal) >= 0.33,
    mostly: (signal) => share(signal) >= 0.5,
  };
}

function languageOf({ text, share, often, mostly }: Reader): readonly Found[] {
  const found: Found[] = [];
  const asked = share("text-in") + share("short-in");
  if (often("text-out") && often("text-in")) found.push(["language", "text-in"]);
  else if (often("text-out") && asked >= 0.5) found.push(["few-words", "short-in"]);
  if (mostly("answer")) found.push([text.looked > 1 ? "answer" : "answer-once", "answer"]);
  if (mostly("on-topic")) found.push(["on-topic", "on-topic"]);
  if (share("off-topic") >= 0.8)
    found.push([text.looked >= FEW ? "off-topic" : "off-topic-few", "off-topic"]);
  if (mostly("answer") && isFresh(text)) found.push(["fresh", "answer"]);
  if (mostly("question") && mostly("answer")) found.push(["question", "question"]);
  return found;
}

/** Two inputs or more, and as many answers that are not made of the same words. */
function isFresh(text: TextFacts): boolean {
  const inputs = estimateDistinct(text.ins);
  return inputs >= 2 && estimateDistinct(text.outs) >= inputs && vocabulary(text) === "wide";
}

// Slower than any person reads and faster than any model writes lies outside (characters a second).
const SPEEDS = [8, 700] as const;
const SLOW_MS = 500;
const FAST_MS = 150;
/** Correlation from here on counts, among as many answers. */
const CORRELATED = 0.5;
const FEW = 3;
const MANY = 5;

function timingOf({ text, mostly, often }: Reader): readonly Found[] {
  if (!mostly("answer") && !often("deferred")) return [];
  const found: Found[] = [];
  const duration = quantile(text.duration, 0.5);
  const speed = quantile(text.speed, 0.5);
  if (duration !== null && speed !== null && duration >= SLOW_MS && speed >= SPEEDS[0] && speed <= SPEEDS[1])
    found.push(["speed", "answer"]);
  const { n } = text.fit;
  if (n >= FEW && correlation(text.fit) >= CORRELATED)
    found.push([n >= MANY ? "latency-length" : "latency-length-few", "answer"]);
  if (often("deferred")) found.push(["deferred", "deferred"]);
  return found;
}

function correlation({ n, x, y, xx, yy, xy }: TextFacts["fit"]): number {
  const spread = (n * xx - x * x) * (n * yy - y * y);
  return spread <= 0 ? 0 : (n * xy - x * y) / Math.sqrt(spread);
}

function variationOf({ text, often }: Reader): readonly Found[] {
  const { varied, settled } = repetition(text);
  if (varied > 0) return [[often("code-out") ? "variation-code" : "variation", "answer"]];
  const isCounted = text.signals.usage !== undefined || text.signals.model !== undefined;
  if (settled === 0 || isCounted || text.signals.deltas !== undefined) return [];
  return [[settled > 1 ? "determinism" : "determinism-few", "answer"]];
}

function streamOf({ often, isRead, share }: Reader): readonly Found[] {
  if (!often("deltas")) return [];
  const isAsked = !isRead || share("text-in") + share("short-in") >= 0.33;
  const found: Found[] = [[isAsked ? "deltas" : "deltas-fetched", "deltas"]];
  if (often("end-mark")) found.push(["end-mark", "end-mark"]);
  return found;
}

/** Marks that need no share: models are not always named, refusals are rare. */
function marksOf({ often, share, text }: Reader): readonly Found[] {
  const found: Found[] = [];
  const isTalk = often("answer") || often("deltas") || often("text-in");
  if (often("usage-consistent")) found.push(["usage-consistent", "usage-consistent"]);
  else if (often("usage")) found.push(["usage", "usage"]);
  if (often("model")) found.push(["model", "model"]);
  if (!isTalk) return found;
  for (const mark of ["parameters", "prompt-key", "answer-key", "sources", "conversation"] as const)
    if (often(mark)) found.push([mark, mark]);
  if (often("roles") && often("answer")) found.push(["roles", "roles"]);
  for (const mark of ["refusal", "style", "markdown"] as const)
    if (share(mark) >= (text.looked >= 10 ? 0.1 : 0.2)) found.push([mark, mark]);
  for (const mark of ["steps", "tool-schema"] as const)
    if (often(mark) && (often("text-in") || often("text-out"))) found.push([mark, mark]);
  return found;
}

// Charts, codes and labels are drawn sooner.
const DRAWN_MS = 400;

function modalityOf({ mostly }: Reader, facts: Facts): readonly Found[] {
  const found: Found[] = [];
  const latency = quantile(facts.latency, 0.5);
  const isFast = latency !== null && latency < DRAWN_MS;
  const timed = isFast ? "image-out-fast" : "image-out";
  const drawn = latency === null ? "image-out-untimed" : timed;
  if (mostly("image-out")) found.push([drawn, "image-out"]);
  for (const mark of ["vectors", "image-link", "audio-out", "audio-in", "labels", "ranks", "infill"] as const)
    if (mostly(mark)) found.push([mark, mark]);
  return found;
}

function againstOf(reader: Reader, facts: Facts): readonly Found[] {
  const { text, often, mostly, isRead } = reader;
  const found: Found[] = [];
  for (const mark of ["echo", "authored", "feed", "languages", "paging", "tensors"] as const)
    if (mostly(mark)) found.push([mark, mark]);
  if (mostly("none-out") && !OTHER_MEDIA.some(often)) found.push(["none-out", "none-out"]);
  if (mostly("items") && !often("ranks")) found.push(["items", "items"]);
  if (isRead) found.push(["get-only", "text-in"]);
  const duration = quantile(text.duration, 0.5);
  if (duration !== null && duration < FAST_MS) found.push(["fast", "answer"]);
  const inputs = estimateDistinct(text.ins);
  if (inputs >= 2 && estimateDistinct(text.outs) === 1) found.push(["canned", "answer"]);
  else if (vocabulary(text) === "narrow") found.push(["template", "answer"]);
  if (isCacheable(facts)) found.push(["cacheable", "answer"]);
  return found;
}

/** What may come out instead of text. */
const OTHER_MEDIA = [
  "vectors",
  "ranks",
  "labels",
  "image-out",
  "image-link",
  "audio-out",
  "tool-schema",
] as const;

function isCacheable({ responses }: Facts): boolean {
  return Object.values(responses).some(({ headers, count }) =>
    ["etag", "last-modified", "age"].some((name) => (headers.kept[name] ?? 0) >= count / 2),
  );
}

// Five times as often as by chance, and in most requests.
const LIFT = 5;
const MOST = 0.5;
const LEAST_NESTED = 2;

/** Requests that enclose calls from the same server to a model host, far more often than chance has it. */
function nestingEvidence({ text, firstSeen, lastSeen }: Facts): readonly Evidence[] {
  const nesting = text?.nesting;
  if (nesting === undefined) return [];
  const { requests, enclosing, chance } = nesting;
  if (enclosing < LEAST_NESTED || enclosing < MOST * requests || enclosing * 1000 < LIFT * chance) return [];
  return [evidenceOf("nesting", { count: enclosing, firstSeen, lastSeen })];
}
