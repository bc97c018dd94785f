// Looks into the texts of an exchange for patterns, content and tokens; what leaves are names, classes and counts.
import { contentClasses } from "../../ai/content.ts";
import { FLAGGED, suspicionOf } from "../../ai/injections.ts";
import { modelName } from "../../ai/model-names.ts";
import { tokenSide } from "../../ai/spend.ts";
import type { PatternFacts, TextDirection } from "../../model/ai-facts.ts";
import type { LeafScanner } from "../leaves.ts";
import type { Shingles } from "./shingles.ts";
import { targetMark } from "./targets.ts";

/** What the texts of one exchange told so far. */
export interface TextTally {
  readonly patterns: Map<string, { texts: number; flagged: number }>;
  readonly content: Map<string, number>;
  /** Directions in which there was a text at all. */
  readonly looked: Set<TextDirection>;
  readonly marks: Set<string>;
  readonly tokens: { input: number; output: number };
  model: string | null;
  /** A text of words stood in the request. */
  hasPrompt: boolean;
  /** Answers in which data classes were found: text, name and which. */
  readonly telling: { readonly text: string; readonly name: string }[];
}

export interface TextParts {
  readonly prompt: TextDirection;
  readonly answer: TextDirection;
  /** The answer comes in pieces: a text is what stood under one name in all of them. */
  readonly streamed: boolean;
  readonly shingles: Shingles;
}

export interface TextScan {
  request(inner: LeafScanner): LeafScanner;
  /** `found` counts what `inner` has found: a text after which it is larger is worth remembering. */
  answer(inner: LeafScanner, found: ReadonlyMap<string, unknown>): LeafScanner;
  /** Reads streamed texts as a whole; to be called once, before anything is taken from the tally. */
  end(): void;
  readonly tally: TextTally;
}

// A sentence; shorter texts are words, ids and labels.
const SHORTEST = 16;
// All texts of a long conversation; more costs more than it tells.
const MAX_TEXT = 65_536;
const MAX_TELLING = 8;
const MAX_NAMES = 16;
/** Longer runs without any space are blobs. */
const BLOB = 200;

/** Names under which servers and clients put what was not written by a user. */
const SYSTEM_NAME = /^(?:system|system_?(?:prompt|instructions?|message)|instructions?|developer|preamble)$/i;
const SYSTEM_PATH = /(?:^|\.)(?:system(?:_?instructions?|_?prompt)?|instructions|tools|functions)(?:[.[]|$)/i;
const SYSTEM_ROLES = new Set(["system", "developer"]);
const TOOL_ROLES = new Set(["tool", "function", "tool_result"]);

/** One exchange while it is read. */
interface State extends TextParts {
  readonly tally: TextTally;
  role: string;
  /** Characters that may still be looked at. */
  left: number;
}

export function createTextScan(parts: TextParts): TextScan {
  const tally = emptyTally();
  const state: State = { ...parts, tally, role: "", left: MAX_TEXT };
  const pieces = createPieces();
  let inner: LeafScanner | null = null;
  return {
    tally,
    request: (scanner) => tapped(scanner, (text, name, path) => readAsked(state, { text, name, path })),
    answer(scanner, held) {
      inner = remembering(scanner, tally, held);
      return tapped(inner, (text, name) => {
        noteName(tally, text, name);
        if (parts.streamed) pieces.add(name, text);
        else readTold(state, text);
      });
    },
    end() {
      for (const [name, text] of pieces.whole()) {
        inner?.scan(text, name, () => name);
        readTold(state, text);
      }
    },
  };
}

function emptyTally(): TextTally {
  return {
    patterns: new Map(),
    content: new Map(),
    looked: new Set(),
    marks: new Set(),
    tokens: { input: 0, output: 0 },
    model: null,
    hasPrompt: false,
    telling: [],
  };
}

interface Leaf {
  readonly text: string;
  readonly name: string;
  readonly path: () => string;
}

function readAsked(state: State, { text, name, path }: Leaf): void {
  const { tally, prompt, shingles } = state;
  if (name === "role" || name === "type") state.role = text.length <= 16 ? text.toLowerCase() : "";
  else noteName(tally, text, name);
  const mark = targetMark(text);
  if (mark !== null) tally.marks.add(mark);
  if (!isWords(text)) return;
  if (SYSTEM_ROLES.has(state.role) || SYSTEM_NAME.test(name)) shingles.learn(text);
  else if (!SYSTEM_PATH.test(path())) {
    tally.hasPrompt = true;
    look(state, text, TOOL_ROLES.has(state.role) ? "tool-result" : prompt);
  }
}

function readTold(state: State, text: string): void {
  if (!isWords(text)) return;
  look(state, text, state.answer);
  if (state.shingles.knows(text)) state.tally.marks.add("system-prompt-in-answer");
}

function look(state: State, text: string, direction: TextDirection): void {
  if (state.left <= 0) return;
  const looked = text.length > state.left ? text.slice(0, state.left) : text;
  state.left -= looked.length;
  state.tally.looked.add(direction);
  notePatterns(state.tally, looked, direction);
  for (const one of contentClasses(looked)) bump(state.tally.content, `${direction} ${one}`);
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function isWords(text: string): boolean {
  if (text.length < SHORTEST) return false;
  const space = text.search(/[\s\u3000-\u9FFF\uAC00-\uD7AF\u0E00-\u0E7F]/);
  return space >= 0 && space < BLOB;
}

function notePatterns(tally: TextTally, text: string, direction: TextDirection): void {
  const { weight, groups } = suspicionOf(text);
  for (const group of groups) {
    const key = `${direction} ${group}`;
    const held = tally.patterns.get(key) ?? { texts: 0, flagged: 0 };
    tally.patterns.set(key, held);
    held.texts += 1;
    if (weight >= FLAGGED) held.flagged += 1;
  }
}

const MODEL_FIELDS = new Set(["model", "modelVersion", "model_id", "modelId", "model_name"]);

/** Tokens of a stream are said several times, the last time in full. */
function noteName(tally: TextTally, text: string, name: string): void {
  const side = tokenSide(name);
  if (side !== null && /^\d{1,9}$/.test(text))
    tally.tokens[side] = Math.max(tally.tokens[side], Number(text));
  if (MODEL_FIELDS.has(name)) tally.model ??= modelName(text);
}

type OnText = (text: string, name: string, path: () => string) => void;

function tapped(scanner: LeafScanner, onText: OnText): LeafScanner {
  return {
    scan(text, name, path) {
      scanner.scan(text, name, path);
      onText(text, name, path);
    },
    wantsNumber: (name, length) => scanner.wantsNumber(name, length) || tokenSide(name) !== null,
  };
}

/** Remembers, until the exchange is read, the texts in which something was found. */
function remembering(
  scanner: LeafScanner,
  { telling }: TextTally,
  held: ReadonlyMap<string, unknown>,
): LeafScanner {
  return {
    scan(text, name, path) {
      const before = held.size;
      scanner.scan(text, name, path);
      if (held.size > before && telling.length < MAX_TELLING) telling.push({ text, name });
    },
    wantsNumber: scanner.wantsNumber,
  };
}

/** Puts the pieces of streamed texts together, by name. */
function createPieces() {
  const byName = new Map<string, string[]>();
  let length = 0;
  return {
    add(name: string, text: string): void {
      if (length >= MAX_TEXT) return;
      let held = byName.get(name);
      if (held === undefined) {
        if (byName.size >= MAX_NAMES) return;
        held = [];
        byName.set(name, held);
      }
      held.push(text);
      length += text.length;
    },
    // What is the same in every piece is no text but a name of it.
    whole: (): readonly (readonly [string, string])[] =>
      [...byName]
        .filter(([, held]) => held.some((piece) => piece !== held[0]))
        .map(([name, held]) => [name, held.join("")] as const),
  };
}

export function patternFacts(tally: TextTally): Readonly<Record<string, PatternFacts>> | undefined {
  return tally.patterns.size === 0 ? undefined : Object.fromEntries(tally.patterns);
}
