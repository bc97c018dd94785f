// Finds the answer in a response: one text that is most of what was said, as against lists, records and echoes.
import type { Ask } from "./ask.ts";
import { longest } from "./ask.ts";
import type { Contents } from "./contents.ts";
import type { StreamText } from "./deltas.ts";
import { streamText } from "./deltas.ts";
import { countNamed, isNamed } from "./marks.ts";
import { isCode, proseOf } from "./prose.ts";
import type { Leaf, Tree } from "./tree.ts";
import { wordinessOf } from "./watch.ts";

export interface Answer {
  readonly text: string;
  readonly name: string;
  readonly language: string;
  readonly code: boolean;
}

export interface Reply {
  readonly answer: Answer | null;
  /** Prose or program text anywhere. */
  readonly hasText: boolean;
  /** Lists of things that are described. */
  readonly items: boolean;
  /** What came back is what was sent. */
  readonly echo: boolean;
  readonly stream: StreamText | null;
}

// Share of all characters one text has in an answer (records are many short texts).
const DOMINANT = 0.45;
/** Beside lists of sources an answer may be the smaller part; it is a text of its own nonetheless. */
const STANDS_ALONE = 60;
const MIN_LEAF = 10;

export function replyOf({ tree, frames, page }: Contents, ask: Ask): Reply {
  const stream = frames === null ? null : streamText(frames.texts);
  if (stream !== null && stream.generated) return streamed(stream, ask);
  const judged = longest(
    tree.texts.filter(({ text }) => text.length >= MIN_LEAF && wordinessOf(text) > 0),
  ).map(judge);
  const sent = sentIn(ask);
  const own = judged.filter(({ leaf }) => !isEcho(leaf.text, sent));
  const written = own.filter(isText);
  const echo = judged.some((one) => isText(one) && !own.includes(one));
  const answer = page ? null : answerOf(tree, joined(written));
  const items = areItems(tree, written);
  return { answer, hasText: written.length > 0, items, echo: echo && answer === null, stream };
}

function streamed(stream: StreamText, ask: Ask): Reply {
  const { text, name } = stream;
  const answer = { text, name, language: proseOf(text).language, code: isCode(text) };
  return { answer, hasText: true, items: false, echo: isEcho(text, sentIn(ask)), stream };
}

interface Judged {
  readonly leaf: Leaf;
  readonly prose: boolean;
  readonly language: string;
  readonly code: boolean;
}

function judge(leaf: Leaf): Judged {
  const { wording, language } = proseOf(leaf.text);
  return { leaf, prose: wording === "prose", language, code: isCode(leaf.text) };
}

function isText({ prose, code }: Judged): boolean {
  return prose || code;
}

/** Texts that stand beside each other without names are one: paragraphs, lines, variants. */
function joined(written: readonly Judged[]): readonly Judged[] {
  const groups = new Map<string, Judged[]>();
  for (const one of written) {
    const { path } = one.leaf;
    if (path !== "" && !path.endsWith("[]")) continue;
    groups.set(path, [...(groups.get(path) ?? []), one]);
  }
  const merged = [...groups.values()].map((group) => ({
    ...(group[0] as Judged),
    leaf: { ...(group[0] as Judged).leaf, text: group.map(({ leaf }) => leaf.text).join("\n") },
  }));
  return [...written.filter(({ leaf }) => !groups.has(leaf.path)), ...merged];
}

function answerOf(tree: Tree, written: readonly Judged[]): Answer | null {
  const all = tree.texts.reduce((sum, { text }) => sum + text.length, 0);
  const counts = new Map<string, number>();
  for (const { leaf } of written) counts.set(leaf.path, (counts.get(leaf.path) ?? 0) + 1);
  const single = written.filter(({ leaf }) => counts.get(leaf.path) === 1);
  const best = single.toSorted((a, b) => b.leaf.text.length - a.leaf.text.length)[0];
  const alone = single.find(
    ({ leaf }) =>
      leaf.text.length >= STANDS_ALONE &&
      !leaf.path.includes("[]") &&
      written.every((other) => other.leaf === leaf || other.leaf.path.includes("[]")),
  );
  const found = best !== undefined && best.leaf.text.length >= DOMINANT * all ? best : alone;
  if (found === undefined) return null;
  const { leaf, language, code } = found;
  return { text: leaf.text, name: leaf.name, language, code };
}

/** Two or more objects of a list have a text each, and are not steps of a program that thinks aloud. */
function areItems(tree: Tree, written: readonly Judged[]): boolean {
  if (countNamed("stepNames", tree.names) >= 2) return false;
  const counts = new Map<string, number>();
  for (const { leaf } of written) {
    if (!/\[\]./.test(leaf.path) || isSource(leaf)) continue;
    const count = (counts.get(leaf.path) ?? 0) + 1;
    if (count >= 2) return true;
    counts.set(leaf.path, count);
  }
  return false;
}

function isSource({ path }: Leaf): boolean {
  return path.split(/[.[\]]+/).some((name) => isNamed("sourceNames", name));
}

/** Marks, case and spaces do not matter. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

// Shorter texts are contained in others by chance.
const SHORTEST_ECHO = 16;
/** So much of a text standing in the other makes it the same text, corrected or reformatted. */
const REWORKED = 0.85;

// What comes back as it was sent does so from its first pages on.
const COMPARED = 8000;
/** A text that says so much more only quotes. */
const QUOTED = 3;

/** Texts that may come back, as they are compared. */
function sentIn({ leaves, kind }: Ask): readonly string[] {
  return kind === "none" || kind === "words" ? [] : leaves.map(({ text }) => plain(text.slice(0, COMPARED)));
}

function isEcho(text: string, all: readonly string[]): boolean {
  if (all.length === 0) return false;
  const heard = plain(text.slice(0, COMPARED));
  return all.some((sent) => {
    if (Math.min(sent.length, heard.length) < SHORTEST_ECHO) return sent === heard;
    const isWithin = heard.length < QUOTED * sent.length && heard.includes(sent);
    return isWithin || sent.includes(heard) || isReworked(sent, heard);
  });
}

function isReworked(sent: string, heard: string): boolean {
  if (heard.length < 0.6 * sent.length || heard.length > 1.6 * sent.length) return false;
  const known = new Set(sent.split(" "));
  const words = heard.split(" ");
  return words.length >= 4 && words.filter((word) => known.has(word)).length >= REWORKED * words.length;
}
