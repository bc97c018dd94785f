// Reads JSON text into a draft in one pass: no value is built, kept or converted, and no nesting can exhaust the stack.
import type { Draft } from "./draft.ts";
import { draftNumber, draftString, emptyDraft } from "./draft.ts";
import type { OnLeaf, RootStrings, Scan } from "./json-scan.ts";
import { createScan, fieldOf, located, MAX_LOCATIONS, rootOf } from "./json-scan.ts";
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfString,
  isNumeric,
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

/** "cut": fine until the text ended too early. "bad": not JSON. */
export type JsonOutcome = "whole" | "cut" | "bad";

// Depth of the deepest public API schemas is about 10; deeper nesting is described as "anything".
const MAX_DEPTH = 16;
// What tells GraphQL and JSON-RPC calls apart.
const ROOT_NAMES: ReadonlySet<string> = new Set(["jsonrpc", "method", "query", "operationName"]);

export interface JsonReader {
  /** Adds a text to the draft. `complete` false: what is missing at its end is no fault. */
  read(text: string, complete: boolean): JsonOutcome;
  readonly draft: Draft;
  readonly roots: readonly RootStrings[];
}

export function createJsonReader(safeName: SafeName, onLeaf: OnLeaf | null): JsonReader {
  const draft = emptyDraft();
  const scan = createScan(safeName, onLeaf);
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

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function readNumber(scan: Scan, into: Draft): boolean {
  const { text } = scan;
  const from = scan.at;
  while (isNumeric(text.charCodeAt(scan.at))) scan.at += 1;
  if (scan.at === text.length && !scan.complete) return false;
  const lexeme = text.slice(from, scan.at);
  if (!NUMBER.test(lexeme)) {
    scan.wrong = from < text.length;
    return false;
  }
  draftNumber(into, lexeme);
  scan.onLeaf?.(lexeme, nameOf(scan), scan.path);
  return true;
}

function nameOf({ names }: Scan): string {
  for (let at = names.length - 1; at >= 0; at -= 1) if (names[at] !== "[]") return names[at] as string;
  return "";
}

function readString(scan: Scan, into: Draft): boolean {
  const from = scan.at + 1;
  const end = endOfString(scan);
  if (end < 0) return stop(scan);
  const text = textBetween(scan.text, from, end);
  scan.lastString = text;
  draftString(into, text, end - from > LOOKED_AT ? end - from : text.length);
  if (text !== "") scan.onLeaf?.(text, nameOf(scan), scan.path);
  return true;
}

function readArray(scan: Scan, into: Draft): boolean {
  scan.at += 1;
  let length = 0;
  if (skipSpace(scan) === CLOSE_ARRAY) scan.at += 1;
  else {
    scan.depth += 1;
    scan.names.push("[]");
    length = readItems(scan, into);
    if (length < 0) return false;
    scan.names.pop();
    scan.depth -= 1;
  }
  into.arrays += 1;
  if (length === 0) into.emptyArrays += 1;
  into.minItems = Math.min(into.minItems, length);
  into.maxItems = Math.max(into.maxItems, length);
  return true;
}

/** How many there were, or -1 when the text stopped among them. */
function readItems(scan: Scan, into: Draft): number {
  into.items ??= located(scan, into);
  const items = into.items ?? scan.sink;
  for (let length = 1; ; length += 1) {
    if (!readValue(scan, items)) return -1;
    items.count += 1;
    const code = skipSpace(scan);
    scan.at += 1;
    if (code === CLOSE_ARRAY) return length;
    if (code !== COMMA) {
      scan.at -= 1;
      stop(scan);
      return -1;
    }
  }
}

function readObject(scan: Scan, into: Draft): boolean {
  scan.at += 1;
  const base = scan.touched.length;
  scan.serial += 1;
  into.fields ??= new Map();
  if (skipSpace(scan) === CLOSE_OBJECT) scan.at += 1;
  else {
    scan.depth += 1;
    if (!readFields(scan, into, scan.serial)) return false;
    scan.depth -= 1;
  }
  into.objects += 1;
  for (let at = base; at < scan.touched.length; at += 1) (scan.touched[at] as Draft).count += 1;
  scan.touched.length = base;
  return true;
}

function readFields(scan: Scan, into: Draft, serial: number): boolean {
  const root = rootOf(scan);
  for (;;) {
    const key = readKey(scan);
    if (key === undefined) return false;
    const name = nameFor(scan, into, key);
    scan.names.push(name);
    const isString = skipSpace(scan) === QUOTE;
    if (!readValue(scan, fieldOf(scan, into, { name, serial }))) return false;
    scan.names.pop();
    if (isString && ROOT_NAMES.has(name)) root?.set(name, scan.lastString);
    const code = skipSpace(scan);
    if (code !== COMMA && code !== CLOSE_OBJECT) return stop(scan);
    scan.at += 1;
    if (code === CLOSE_OBJECT) return true;
  }
}

/** Once there is no room for more fields, names nobody will see are not judged. */
function nameFor(scan: Scan, { fields }: Draft, key: string): string {
  if (scan.locations < MAX_LOCATIONS) return scan.safeName(key);
  return fields?.has(key) === true ? key : "{text}";
}

/** A key and its colon; undefined when the text stopped there. */
function readKey(scan: Scan): string | undefined {
  if (skipSpace(scan) === QUOTE) {
    const from = scan.at + 1;
    const end = endOfString(scan);
    if (end < 0) return undefined;
    if (skipSpace(scan) === COLON) {
      scan.at += 1;
      return textBetween(scan.text, from, end);
    }
  }
  stop(scan);
  return undefined;
}
