// Reads JSON text into a draft in one pass: no value is built, kept or converted, and no nesting can exhaust the stack.
import { BITS_PER_POSITION, KIND_BITS, MAX_TUPLE } from "../model/shape.ts";
import type { Draft } from "./draft.ts";
import { draftArray, draftDigits, draftString, emptyDraft } from "./draft.ts";
import { isEnumWord } from "./enum-words.ts";
import type { FieldName } from "./field-names.ts";
import type { OnLeaf, RootStrings, Scan, WantsNumber } from "./json-scan.ts";
import { createScan, enclosing, fieldOf, ITEM, located, rootOf, nameFor } from "./json-scan.ts";
import { digitsAt, isNumber } from "./json-number.ts";
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfString,
  LOOKED_AT,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  skipNested,
  skipSpace,
  stop,
  textBetween,
} from "./json-text.ts";
import type { SafeName } from "./names.ts";
import { growTags } from "../model/tags.ts";
import { tagsOf } from "./tags.ts";

/** "cut": fine until the text ended too early. "bad": not JSON. */
export type JsonOutcome = "whole" | "cut" | "bad";

// Depth of the deepest public API schemas is about 10; deeper nesting is described as "anything".
const MAX_DEPTH = 16;

export interface JsonReader {
  /** Adds a text to the draft. `complete` false: what is missing at its end is no fault. */
  read(text: string, complete: boolean): JsonOutcome;
  readonly draft: Draft;
  readonly roots: readonly RootStrings[];
}

export function createJsonReader(
  safeName: SafeName,
  onLeaf: OnLeaf | null,
  wantsNumber?: WantsNumber,
): JsonReader {
  const draft = emptyDraft();
  const scan = createScan(safeName, onLeaf, wantsNumber);
  return {
    draft,
    roots: scan.roots,
    read: (text, complete) => readText(scan, draft, { text, complete }),
  };
}

interface Text {
  readonly text: string;
  readonly complete: boolean;
}

function readText(scan: Scan, draft: Draft, { text, complete }: Text): JsonOutcome {
  scan.text = text;
  scan.at = text.charCodeAt(0) === 0xfe_ff ? 1 : 0;
  scan.complete = complete;
  scan.wrong = false;
  scan.depth = 0;
  scan.names.length = 0;
  scan.touched.length = 0;
  scan.tags.length = 0;
  if (readValue(scan, draft)) {
    skipSpace(scan);
    if (scan.at < text.length) return "bad";
    draft.count += 1;
    return "whole";
  }
  return scan.wrong || complete ? "bad" : "cut";
}

/*
  RFC 8259: value = false / null / true / object / array / number / string
*/
function readValue(scan: Scan, into: Draft): boolean {
  switch (skipSpace(scan)) {
    case QUOTE:
      return readString(scan, into);
    case OPEN_OBJECT:
    case OPEN_ARRAY:
      return readNested(scan, into);
    case 0x74:
      return readWord(scan, into, "true");
    case 0x66:
      return readWord(scan, into, "false");
    case 0x6e:
      return readWord(scan, into, "null");
    default:
      return readNumber(scan, into);
  }
}

function readNested(scan: Scan, into: Draft): boolean {
  if (scan.depth >= MAX_DEPTH) {
    into.any = true;
    return skipNested(scan);
  }
  return scan.text.charCodeAt(scan.at) === OPEN_ARRAY ? readArray(scan, into) : readObject(scan, into);
}

function readWord(scan: Scan, into: Draft, word: "true" | "false" | "null"): boolean {
  if (!scan.text.startsWith(word, scan.at)) {
    if (word.startsWith(scan.text.slice(scan.at))) scan.at = scan.text.length;
    return stop(scan);
  }
  scan.at += word.length;
  if (word === "null") into.nulls += 1;
  else into.booleans += 1;
  return true;
}

function readNumber(scan: Scan, into: Draft): boolean {
  const { text, at: from } = scan;
  const digits = digitsAt(text, from);
  scan.at = digits.end;
  // What a cut text ends with may go on.
  if (digits.end === text.length && !scan.complete) return false;
  if (!isNumber(text, digits)) {
    scan.wrong = from < text.length;
    return false;
  }
  draftDigits(into, text, digits);
  leafNumber(scan, from, digits.end);
  return true;
}

function leafNumber(scan: Scan, from: number, end: number): void {
  if (scan.onLeaf === null) return;
  const { text: name } = enclosing(scan);
  if (scan.wantsNumber(name, end - from)) scan.onLeaf(scan.text.slice(from, end), name, scan.path);
}

function readString(scan: Scan, into: Draft): boolean {
  const from = scan.at + 1;
  const end = endOfString(scan);
  if (end < 0) return stop(scan);
  const text = textBetween(scan.text, from, end);
  scan.lastString = text;
  draftString(into, text, end - from > LOOKED_AT ? end - from : text.length);
  if (text !== "") scan.onLeaf?.(text, enclosing(scan).text, scan.path);
  return true;
}

function readArray(scan: Scan, into: Draft): boolean {
  scan.at += 1;
  if (skipSpace(scan) === CLOSE_ARRAY) {
    scan.at += 1;
    draftArray(into, 0, 0);
    return true;
  }
  scan.depth += 1;
  scan.names.push(ITEM);
  if (!readItems(scan, into)) return false;
  scan.names.pop();
  scan.depth -= 1;
  return true;
}

/** false when the text stopped among them. */
function readItems(scan: Scan, into: Draft): boolean {
  into.items ??= located(scan, into);
  const items = into.items ?? scan.sink;
  let kinds = 0;
  for (let length = 1; ; length += 1) {
    if (length <= MAX_TUPLE) kinds |= kindAt(skipSpace(scan)) << ((length - 1) * BITS_PER_POSITION);
    if (!readValue(scan, items)) return false;
    items.count += 1;
    const code = skipSpace(scan);
    if (code !== COMMA && code !== CLOSE_ARRAY) return stop(scan);
    scan.at += 1;
    if (code !== CLOSE_ARRAY) continue;
    draftArray(into, length, kinds);
    return true;
  }
}

/** The kind of the value that begins with this character. */
function kindAt(code: number): number {
  if (code === QUOTE) return KIND_BITS.string;
  if (code === OPEN_OBJECT) return KIND_BITS.object;
  if (code === OPEN_ARRAY) return KIND_BITS.array;
  if (code === 0x74 || code === 0x66) return KIND_BITS.boolean;
  return code === 0x6e ? KIND_BITS.null : KIND_BITS.number;
}

function readObject(scan: Scan, into: Draft): boolean {
  scan.at += 1;
  const base = scan.touched.length;
  const tags = scan.tags.length;
  scan.serial += 1;
  const { serial } = scan;
  into.fields ??= new Map();
  if (skipSpace(scan) === CLOSE_OBJECT) scan.at += 1;
  else {
    scan.depth += 1;
    if (!readFields(scan, into, serial)) return false;
    scan.depth -= 1;
  }
  into.objects += 1;
  for (let at = base; at < scan.touched.length; at += 1) (scan.touched[at] as Draft).count += 1;
  scan.touched.length = base;
  if (scan.tags.length > tags) noteTags(scan, into, tags, serial);
  return true;
}

function readFields(scan: Scan, into: Draft, serial: number): boolean {
  const root = rootOf(scan);
  const owner = enclosing(scan);
  let guess = owner.first;
  let before: FieldName | null = null;
  for (;;) {
    const name = readKey(scan, into, guess);
    if (name === null || !readField(scan, into, name, serial)) return false;
    if (name.isTelling) noteValue(scan, root, name);
    if (before === null) owner.first = name;
    else before.next = name;
    before = name;
    guess = name.next;
    const code = skipSpace(scan);
    if (code !== COMMA && code !== CLOSE_OBJECT) return stop(scan);
    scan.at += 1;
    if (code === CLOSE_OBJECT) return true;
  }
}

/** Notes which fields stood beside the tags of the object that just ended. */
function noteTags(scan: Scan, into: Draft, base: number, serial: number): void {
  into.tags = growTags(into.tags ?? undefined, tagsOf(scan.tags.splice(base), into.fields, serial));
}

function noteValue(scan: Scan, root: Map<string, string> | undefined, name: FieldName): void {
  const { lastString } = scan;
  if (lastString === null) return;
  if (name.isCall) root?.set(name.text, lastString);
  if (name.isTag && isEnumWord(lastString)) scan.tags.push(name.text, lastString);
}

function readField(scan: Scan, into: Draft, name: FieldName, serial: number): boolean {
  scan.names.push(name);
  const isString = skipSpace(scan) === QUOTE;
  if (!readValue(scan, fieldOf(scan, into, name.text, serial))) return false;
  scan.names.pop();
  if (!isString) scan.lastString = null;
  return true;
}

/** A key and its colon; null when the text stopped there. */
function readKey(scan: Scan, into: Draft, guess: FieldName | null): FieldName | null {
  if (skipSpace(scan) !== QUOTE) {
    stop(scan);
    return null;
  }
  let name = guess;
  if (guess !== null && guess.quoted !== "" && scan.text.startsWith(guess.quoted, scan.at)) {
    scan.at += guess.quoted.length;
  } else {
    const from = scan.at + 1;
    const end = endOfString(scan);
    if (end < 0) return null;
    name = nameFor(scan, into, textBetween(scan.text, from, end));
  }
  if (skipSpace(scan) === COLON) {
    scan.at += 1;
    return name;
  }
  stop(scan);
  return null;
}
