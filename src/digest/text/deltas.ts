// Puts the text of a stream together again from its frames, and tells generated pieces from whole sentences.
import { parseLoosely } from "./loose-json.ts";
import { isCode, proseOf } from "./prose.ts";
import type { Leaf } from "./tree.ts";
import { treeOf } from "./tree.ts";

export interface StreamText {
  /** The text that grew over the frames. */
  readonly text: string;
  readonly name: string;
  /** It came in pieces as a generator makes them: parts of sentences in frames of one form. */
  readonly generated: boolean;
  readonly frames: number;
}

interface Series {
  readonly name: string;
  readonly pieces: string[];
}

// Fewer pieces may be paragraphs of anything.
const MIN_PIECES = 4;
// Tokens are some four characters, the pieces servers batch them into some dozens.
const MAX_MEAN_PIECE = 60;
const MAX_SERIES = 64;

/** null when no text grows there. */
export function streamText(frames: readonly string[]): StreamText | null {
  const best = [...seriesOf(frames).values()]
    .map(settled)
    .filter(({ pieces }) => pieces.length >= 2 && isVaried(pieces))
    .sort((a, b) => lengthOf(b) - lengthOf(a))[0];
  if (best === undefined) return null;
  const text = joined(best.pieces);
  return { text, name: best.name, generated: isGenerated(best, frames.length, text), frames: frames.length };
}

/** Some servers send bare words and leave the spaces between them to the client. */
function joined(pieces: readonly string[]): string {
  const text = pieces.join("");
  return areBareWords(pieces) ? pieces.join(" ") : text;
}

function areBareWords(pieces: readonly string[]): boolean {
  return (
    pieces.length >= MIN_PIECES &&
    pieces.every((piece) => piece.length <= 24 && !/\s/.test(piece)) &&
    pieces.filter((piece) => /^["'“(]?[a-z\u00c0-\u024f\u0370-\u08ff]{2,}/iu.test(piece)).length >=
      0.7 * pieces.length
  );
}

/** Texts by where they stand, over all frames. A frame that is no JSON is text itself. */
function seriesOf(frames: readonly string[]): ReadonlyMap<string, Series> {
  const series = new Map<string, Series>();
  const add = (path: string, name: string, text: string) => {
    const held = series.get(path) ?? { name, pieces: [] };
    if (series.size < MAX_SERIES) series.set(path, held);
    held.pieces.push(text);
  };
  for (const frame of frames) {
    const value = parseLoosely(frame, true);
    if (value === undefined) add("", "", plainOf(frame));
    else for (const { path, name, text } of placed(treeOf(value).texts)) add(path, name, text);
  }
  return series;
}

/** `["delta", "text"]`: items of an array are told apart by their place. */
function placed(leaves: readonly Leaf[]): readonly Leaf[] {
  if (leaves.length < 2) return leaves;
  const seen = new Map<string, number>();
  return leaves.map((leaf) => {
    const before = seen.get(leaf.path) ?? 0;
    seen.set(leaf.path, before + 1);
    return before === 0 ? leaf : { ...leaf, path: `${leaf.path}#${before}` };
  });
}

/** A frame may be a bare JSON string: `"token"`. */
function plainOf(frame: string): string {
  if (!frame.startsWith('"')) return frame;
  try {
    return JSON.parse(frame) as string;
  } catch {
    return frame;
  }
}

/** Frames may repeat all text so far, and the last one often repeats it once more. */
function settled({ name, pieces }: Series): Series {
  const grown = pieces.filter((piece, at) => at > 0 && isExtended(pieces[at - 1] as string, piece)).length;
  if (pieces.length >= 3 && grown >= 0.8 * (pieces.length - 1)) return { name, pieces: steps(pieces) };
  const last = pieces.at(-1) ?? "";
  const before = pieces.slice(0, -1).join("");
  return before.length > 20 && last.trim() === before.trim()
    ? { name, pieces: pieces.slice(0, -1) }
    : { name, pieces };
}

function isExtended(before: string, after: string): boolean {
  return before !== "" && after.length > before.length && after.startsWith(before);
}

function steps(pieces: readonly string[]): string[] {
  return pieces.map((piece, at) => (at === 0 ? piece : piece.slice((pieces[at - 1] as string).length)));
}

/** Words repeat in a text, but not as kinds of events do. */
function isVaried(pieces: readonly string[]): boolean {
  return new Set(pieces).size >= Math.max(2, 0.35 * Math.min(pieces.length, 60));
}

function lengthOf({ pieces }: Series): number {
  let length = 0;
  for (const piece of pieces) length += piece.length;
  return length;
}

function isGenerated({ pieces }: Series, frames: number, text: string): boolean {
  if (pieces.length < MIN_PIECES || pieces.length < 0.4 * frames) return false;
  if (text.length > MAX_MEAN_PIECE * pieces.length) return false;
  const isText = proseOf(text).wording === "prose" || isCode(text);
  return isText && areParts(pieces) && !areRecords(pieces);
}

/** Pieces of a text carry the spaces between them (scripts without spaces have none), and few of them are sentences. */
function areParts(pieces: readonly string[]): boolean {
  const spaced = pieces.filter((piece) => /^\s|\s$/.test(piece)).length;
  const isDense = pieces.some((piece) => /[\u3041-\u30ff\u3400-\u9fff\u0e00-\u0eff]/.test(piece));
  const whole = pieces.filter((piece) => /^\s*\p{Lu}.{8,}[.!?]\s*$/su.test(piece)).length;
  return (isDense || areBareWords(pieces) || spaced >= 0.4 * pieces.length) && whole <= 0.3 * pieces.length;
}

/** Log lines and captions are whole lines each. */
function areRecords(pieces: readonly string[]): boolean {
  const lines = pieces.filter((piece) => piece.trim().length > 25 && !/^\s/.test(piece)).length;
  return lines > 0.6 * pieces.length;
}
