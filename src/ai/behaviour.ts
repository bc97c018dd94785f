// Reads the facts about texts as evidence for, and against, a language model behind an endpoint of no known format.
import type { Evidence } from "../model/inventory.ts";
import type { Facts, SightingKey } from "../model/sighting.ts";
import type { StreamFacts } from "../model/stream-facts.ts";
import { estimateDistinct, quantile } from "../model/sketch.ts";
import type { TextFacts, TextSignal } from "../model/text-facts.ts";
import { isPaced, isPacedText } from "./cadence.ts";
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
    ...streamOf(reader, facts),
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
  /** Replaces, changes or removes what is at the path (RFC 9110, section 9.3; RFC 5789). */
  readonly isWrite: boolean;
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
    isWrite: ["PUT", "PATCH", "DELETE"].includes(method),
    share,
    often: (signal) => share(signal) >= 0.33,
    mostly: (signal) => share(signal) >= 0.5,
  };
}

/** A row that holds, or not. */
type Row = readonly [holds: boolean, name: WeightName, signal: TextSignal];

function holding(rows: readonly Row[]): readonly Found[] {
  return rows.flatMap(([holds, name, signal]) => (holds ? [[name, signal] as const] : []));
}

function languageOf(reader: Reader): readonly Found[] {
  const { text, share, often, mostly } = reader;
  const isAnswered = mostly("answer");
  const isStrange = share("off-topic") >= 0.8;
  const few = text.looked < FEW;
  return holding([
    ...wordsOf(reader),
    [isAnswered, text.looked > 1 ? "answer" : "answer-once", "answer"],
    [mostly("on-topic"), "on-topic", "on-topic"],
    [isStrange, few ? "off-topic-few" : "off-topic", "off-topic"],
    [isAnswered && isFresh(text), "fresh", "answer"],
    [mostly("elaborates"), text.looked > 1 ? "elaborates" : "elaborates-once", "elaborates"],
    [(text.signals.carried?.count ?? 0) > 0, "carried", "carried"],
    [isAnswered && often("question"), "question", "question"],
  ]);
}

function wordsOf({ share, often }: Reader): readonly Row[] {
  if (!often("text-out")) return [];
  const isText = often("text-in");
  const isShort = !isText && share("text-in") + share("short-in") >= 0.5;
  return [
    [isText, "language", "text-in"],
    [isShort, "few-words", "short-in"],
    [!isText && !isShort && often("data-in"), "data-in", "data-in"],
  ];
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
  const isDeferred = often("deferred");
  const isAnswered = mostly("answer") || mostly("data-in") || mostly("image-in");
  const { n } = text.fit;
  const isCorrelated = n >= FEW && !isFast(text) && correlation(text.fit) >= CORRELATED;
  return holding([
    [isAnswered && isGenerated(text), text.looked > 1 ? "speed" : "speed-once", "answer"],
    [isAnswered && isCorrelated, n >= MANY ? "latency-length" : "latency-length-few", "answer"],
    [isDeferred, "deferred", "deferred"],
  ]);
}

function isGenerated({ duration, speed }: TextFacts): boolean {
  const middle = quantile(duration, 0.5) ?? 0;
  const pace = quantile(speed, 0.5) ?? 0;
  return middle >= SLOW_MS && pace >= SPEEDS[0] && pace <= SPEEDS[1];
}

function correlation({ n, x, y, xx, yy, xy }: TextFacts["fit"]): number {
  const spread = (n * xx - x * x) * (n * yy - y * y);
  return spread <= 0 ? 0 : (n * xy - x * y) / Math.sqrt(spread);
}

function variationOf({ text, often }: Reader): readonly Found[] {
  const { varied, settled } = repetition(text);
  if (varied > 0 && isFast(text)) return [["variation-fast", "answer"]];
  if (varied > 0) return [[often("code-out") ? "variation-code" : "variation", "answer"]];
  const isCounted = text.signals.usage !== undefined || text.signals.model !== undefined;
  if (settled === 0 || isCounted || text.signals.deltas !== undefined) return [];
  return [[settled > 1 ? "determinism" : "determinism-few", "answer"]];
}

function streamOf(reader: Reader, { stream }: Facts): readonly Found[] {
  const { often, isRead, share } = reader;
  if (!often("deltas")) return stream === undefined ? [] : bareStreamOf(reader, stream);
  const isAsked = !isRead || share("text-in") + share("short-in") >= 0.33;
  return [
    [isAsked ? "deltas" : "deltas-fetched", "deltas"],
    ...holding([
      [often("end-mark"), "end-mark", "end-mark"],
      [isAsked && stream !== undefined && isPaced(stream), "paced", "deltas"],
    ]),
  ];
}

/** Text that streams without frames, so that its pieces show only on the wire. */
function bareStreamOf({ mostly, isRead }: Reader, stream: StreamFacts): readonly Found[] {
  return holding([[!isRead && mostly("answer") && isPacedText(stream), "paced-text", "answer"]]);
}

const NAMES = ["parameters", "prompt-key", "answer-key", "sources", "conversation"] as const;
const PHRASES = ["refusal", "style", "markdown"] as const;
const AGENTS = ["steps", "tool-schema", "tool-names"] as const;

function marksOf(reader: Reader): readonly Found[] {
  const { often } = reader;
  const isConsistent = often("usage-consistent");
  const counted = holding([
    [isConsistent, "usage-consistent", "usage-consistent"],
    [!isConsistent && often("usage"), "usage", "usage"],
    [often("model"), "model", "model"],
  ]);
  const isTalk = (["answer", "deltas", "text-in"] as const).some(often);
  return isTalk ? [...counted, ...talkMarks(reader)] : counted;
}

/** Phrases need a smaller share: refusals are rare, and so is Markdown in short answers. */
function talkMarks({ often, share, text }: Reader): readonly Found[] {
  const least = text.looked >= 10 ? 0.1 : 0.2;
  const isWritten = often("text-in") || often("text-out");
  return holding([
    ...NAMES.map((mark): Row => [often(mark), mark, mark]),
    [often("roles") && often("answer"), "roles", "roles"],
    ...PHRASES.map((mark): Row => [share(mark) >= least, mark, mark]),
    ...AGENTS.map((mark): Row => [isWritten && often(mark), mark, mark]),
  ]);
}

// Charts, codes and labels are drawn sooner.
const DRAWN_MS = 400;
// Files are stored sooner.
const PAINTED_MS = 2500;

function modalityOf(reader: Reader, facts: Facts): readonly Found[] {
  const { mostly } = reader;
  const drawn = picturesOf(reader, quantile(facts.latency, 0.5));
  return [
    ...drawn,
    ...holding([[drawn.length > 0 && mostly("canvas"), "canvas", "canvas"]]),
    ...holding(MODALITIES.map((mark): Row => [mostly(mark), mark, mark])),
  ];
}

function picturesOf({ mostly }: Reader, latency: number | null): readonly Found[] {
  const timed = latency !== null && latency < DRAWN_MS ? "image-out-fast" : "image-out";
  const isSlow = latency !== null && latency >= PAINTED_MS;
  return holding([
    [mostly("image-out"), latency === null ? "image-out-untimed" : timed, "image-out"],
    [mostly("image-link"), isSlow ? "image-link-slow" : "image-link", "image-link"],
  ]);
}

const MODALITIES = [
  "vectors",
  "neighbours",
  "image-in",
  "video-out",
  "audio-out",
  "audio-in",
  "labels",
  "ranks",
  "infill",
] as const;

const RESEMBLING = ["echo", "authored", "feed", "languages", "paging", "record", "tensors"] as const;

function isFast({ duration }: TextFacts): boolean {
  return (quantile(duration, 0.5) ?? FAST_MS) < FAST_MS;
}

function againstOf({ text, often, mostly, isRead, isWrite }: Reader, facts: Facts): readonly Found[] {
  const inputs = estimateDistinct(text.ins);
  const isCanned = inputs >= 2 && estimateDistinct(text.outs) === 1;
  const isShared = !isCanned && estimateDistinct(text.outs) <= SHARED * inputs && !often("refusal");
  return holding([
    ...RESEMBLING.map((mark): Row => [mostly(mark), mark, mark]),
    [mostly("none-out") && !OTHER_MEDIA.some(often), "none-out", "none-out"],
    [mostly("items") && !often("ranks") && !often("neighbours"), "items", "items"],
    [isRead, "get-only", "text-in"],
    [isWrite, "stored", "text-in"],
    [isFast(text), "fast", "answer"],
    [isCanned, "canned", "answer"],
    [isShared && isSpoken(text), "shared", "answer"],
    [!isCanned && !often("code-out") && vocabulary(text) === "narrow", "template", "answer"],
    [isCacheable(facts), "cacheable", "answer"],
  ]);
}

// So few answers for so many questions are looked up; what is generated differs.
const SHARED = 0.75;
// Labels and the like are short, and the same for many inputs.
const SPOKEN = 40;

function isSpoken({ length }: TextFacts): boolean {
  return (quantile(length, 0.5) ?? 0) >= SPOKEN;
}

/** What may come out instead of text. */
const OTHER_MEDIA = [
  "vectors",
  "ranks",
  "labels",
  "image-out",
  "image-link",
  "audio-out",
  "video-out",
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
