// The shape of one body while it is being read: mutable and flat, because it is the hottest state of the digest.
import type { Bounded } from "../model/bounded.ts";
import { emptyRecord, withinBound } from "../model/bounded.ts";
import { ALL_FORMATS } from "../model/formats.ts";
import type { ArrayShape, NumberShape, ObjectShape, Shape, StringShape } from "../model/shape.ts";
import {
  BITS_PER_POSITION,
  fieldsBound,
  KIND_BITS,
  MAX_TUPLE,
  MAX_WORDS,
  settleProto,
} from "../model/shape.ts";
import type { Tags } from "../model/tags.ts";
import { isEnumWord } from "./enum-words.ts";
import { formatsOf } from "./formats.ts";
import type { Digits } from "./json-number.ts";

export interface Draft {
  count: number;
  nulls: number;
  booleans: number;
  numbers: number;
  integer: boolean;
  width: number;
  decimals: number;
  strings: number;
  empties: number;
  formats: number;
  minLength: number;
  maxLength: number;
  /** By word; null from the first value on that is none, or after too many. */
  words: Map<string, number> | null;
  arrays: number;
  emptyArrays: number;
  minItems: number;
  maxItems: number;
  items: Draft | null;
  /** As `ArrayShape.tuple`; NO_TUPLE from the first array on that is none. */
  tuple: number;
  objects: number;
  fields: Map<string, Draft> | null;
  tags: Tags | null;
  any: boolean;
  /** As `Shape.proto`; 0 for everything else. */
  proto: number;
  /** Serial number of the object that had it last: a repeated key counts once. */
  seenIn: number;
}

/** No array of these is a tuple. */
export const NO_TUPLE = -1;
const NO_WORDS: ReadonlyMap<string, number> = new Map();

// Above any length, and a small integer: Infinity would make these fields doubles, each a heap object of its own.
const NONE = 2 ** 30 - 1;

export function emptyDraft(): Draft {
  return {
    count: 0,
    nulls: 0,
    booleans: 0,
    numbers: 0,
    integer: true,
    width: 0,
    decimals: 0,
    strings: 0,
    empties: 0,
    formats: ALL_FORMATS,
    minLength: NONE,
    maxLength: 0,
    words: NO_WORDS as Map<string, number>,
    arrays: 0,
    emptyArrays: 0,
    minItems: NONE,
    maxItems: 0,
    items: null,
    tuple: 0,
    objects: 0,
    fields: null,
    tags: null,
    any: false,
    proto: 0,
    seenIn: 0,
  };
}

/** `length` in UTF-16 code units, which may exceed that of `text` when only its beginning was looked at. */
export function draftString(draft: Draft, text: string, length: number = text.length): void {
  draft.strings += 1;
  if (length === 0) {
    draft.empties += 1;
    return;
  }
  if (draft.formats !== 0) draft.formats &= length === text.length ? formatsOf(text, draft.formats) : 0;
  if (draft.words !== null) draftWord(draft, text);
  const down = 2 ** (31 - Math.clz32(length));
  draft.minLength = Math.min(draft.minLength, down);
  draft.maxLength = Math.max(draft.maxLength, down === length ? down : down * 2);
}

function draftWord(draft: Draft, text: string): void {
  if (!isEnumWord(text)) {
    draft.words = null;
    return;
  }
  const words = draft.words === NO_WORDS ? new Map<string, number>() : (draft.words as Map<string, number>);
  words.set(text, (words.get(text) ?? 0) + 1);
  draft.words = words.size > MAX_WORDS ? null : words;
}

/** One array of `length` items, whose first have the kinds in `kinds` (see `ArrayShape.tuple`). */
export function draftArray(draft: Draft, length: number, kinds: number): void {
  draft.arrays += 1;
  if (length === 0) draft.emptyArrays += 1;
  draft.minItems = Math.min(draft.minItems, length);
  draft.maxItems = Math.max(draft.maxItems, length);
  if (draft.tuple === NO_TUPLE) return;
  const fits = length > 1 && length <= MAX_TUPLE && draft.minItems === draft.maxItems;
  draft.tuple = fits ? draft.tuple | kinds : NO_TUPLE;
}

// Null may stand for a value of any kind, so it tells no positions apart.
const KINDS = 2 ** BITS_PER_POSITION - 1 - KIND_BITS.null;

/** Whether two of the first `length` positions are of different kinds. */
function differs(tuple: number, length: number): boolean {
  const kinds = new Set<number>();
  for (let at = 0; at < length; at += 1) kinds.add((tuple >>> (at * BITS_PER_POSITION)) & KINDS);
  kinds.delete(0);
  return kinds.size > 1;
}

const WIDTHS = ["int32", "int53", "int64", "big"] as const;
const BIG = 3;
// Nine digits fit in 32 bits whatever they are, so most numbers need no BigInt.
const SURE_INT32 = 9;

/** A JSON number, where it stands. */
export function draftDigits(draft: Draft, text: string, { from, point, fraction, end }: Digits): void {
  draft.numbers += 1;
  if (end > point) draft.integer = false;
  if (fraction > point) draft.decimals = Math.max(draft.decimals, fraction - point - 1);
  if (end > fraction) draft.width = BIG;
  else if (point - from > SURE_INT32) draft.width = Math.max(draft.width, widthOf(text.slice(from, point)));
}

/** `lexeme` is a JSON number without exponent. */
export function draftNumber(draft: Draft, lexeme: string): void {
  const end = lexeme.length;
  const found = lexeme.indexOf(".");
  draftDigits(draft, lexeme, { from: 0, point: found < 0 ? end : found, fraction: end, end });
}

// More digits than this are "big" for sure; it spares BigInt from parsing megabytes of digits.
const SURE_BIG = 20;

function widthOf(integer: string): number {
  if (integer.length > SURE_BIG) return BIG;
  const value = BigInt(integer);
  if (value >= -(2n ** 31n) && value < 2n ** 31n) return 0;
  if (value > -(2n ** 53n) && value < 2n ** 53n) return 1;
  return value >= -(2n ** 63n) && value < 2n ** 63n ? 2 : BIG;
}

const LEXEME = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** A value that came as text without quotes: a parameter, a form field. */
export function draftLexeme(draft: Draft, text: string): void {
  if (text === "true" || text === "false") draft.booleans += 1;
  else if (text.length <= 64 && LEXEME.test(text)) draftNumber(draft, text);
  else draftString(draft, text);
}

/** The draft as it is kept. */
export function shapeOf(draft: Draft): Shape {
  const shape: { -readonly [K in keyof Shape]: Shape[K] } = { count: draft.count };
  if (draft.nulls > 0) shape.nulls = draft.nulls;
  if (draft.booleans > 0) shape.booleans = draft.booleans;
  if (draft.numbers > 0) shape.number = numberShape(draft);
  if (draft.strings > 0) shape.string = stringShape(draft);
  if (draft.arrays > 0 || draft.items !== null) shape.array = arrayShape(draft);
  if (draft.fields !== null) shape.object = objectShape(draft, draft.fields);
  if (draft.any) shape.any = true;
  if (draft.proto !== 0) settleProto(shape, draft.proto);
  return shape;
}

const FIELDS = fieldsBound();

function objectShape({ objects, tags }: Draft, fields: ReadonlyMap<string, Draft>): ObjectShape {
  return { count: objects, fields: fieldsOf(fields), ...(tags !== null && { tags }) };
}

function fieldsOf(fields: ReadonlyMap<string, Draft>): Bounded<Shape> {
  const kept = emptyRecord<Shape>();
  for (const [name, field] of fields) kept[name] = shapeOf(field);
  return withinBound({ kept, tau: null, rest: null }, fields.size, FIELDS);
}

function numberShape({ numbers, integer, width, decimals }: Draft): NumberShape {
  return { count: numbers, integer, fits: WIDTHS[width] ?? "big", decimals };
}

function stringShape({ strings, empties, formats, minLength, maxLength, words }: Draft): StringShape {
  return {
    count: strings,
    empty: empties,
    formats,
    minLength: maxLength === 0 ? 0 : minLength,
    maxLength,
    ...(words !== null && words.size > 0 && { words: recordOf(words) }),
  };
}

function recordOf(words: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  const record = emptyRecord<number>();
  for (const [word, count] of words) record[word] = count;
  return record;
}

function arrayShape({ arrays, emptyArrays, minItems, maxItems, items, tuple }: Draft): ArrayShape {
  const isTuple = arrays > 0 && tuple > 0 && minItems === maxItems && differs(tuple, maxItems);
  return {
    count: arrays,
    empty: emptyArrays,
    minLength: Math.min(minItems, maxItems),
    maxLength: maxItems,
    ...(items !== null && { items: shapeOf(items) }),
    ...(isTuple && { tuple }),
  };
}
