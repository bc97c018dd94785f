// The mergeable type description of a body: a product of per-kind semilattices whose caps only ever loosen it.
import type { Bound, Bounded } from "./bounded.ts";
import type { Own } from "./grow.ts";
import { growBounded, growCounters, ownCopy } from "./grow.ts";
import type { Tags } from "./tags.ts";
import { growTags } from "./tags.ts";

/**
 * Everything learned about the values at one location. A kind that was never seen is absent.
 * Counts add on join; everything else joins as its field says. No field holds a value.
 */
export interface Shape {
  /**
   * Values seen here, of any kind. Values in an object that was cut short are described but not counted, so that
   * presence is only ever judged from whole objects.
   */
  readonly count: number;
  readonly nulls?: number;
  readonly booleans?: number;
  readonly number?: NumberShape;
  readonly string?: StringShape;
  readonly array?: ArrayShape;
  readonly object?: ObjectShape;
  /** A cap was hit below here: anything may occur. Join: or. */
  readonly any?: true;
  /** Of protobuf values: how they were encoded and what they cannot be (bits in `PROTO_BITS`). Join: or. */
  readonly proto?: number;
}

export interface NumberShape {
  readonly count: number;
  /** All were integers by their lexeme (1.0 is not). Join: and. */
  readonly integer: boolean;
  /** Narrowest that held all, judged from the raw lexeme, never from a float. Join: widest. */
  readonly fits: "int32" | "int53" | "int64" | "big";
  /** Most digits behind the point. Join: max. */
  readonly decimals: number;
}

export interface StringShape {
  readonly count: number;
  readonly empty: number;
  /** Bitset of formats every non-empty value passed (bits in formats.ts), all set while there is none. Join: and. */
  readonly formats: number;
  /**
   * Length of the non-empty values in UTF-16 code units, rounded down and up to a power of two; 0 while there is none.
   * Join: min / max.
   */
  readonly minLength: number;
  readonly maxLength: number;
  /**
   * How often each value was seen while all non-empty values are words of the public vocabulary and there are at most
   * 32 of them; else absent. Join: sum, absent where either is absent.
   */
  readonly words?: Readonly<Record<string, number>>;
}

export interface ArrayShape {
  readonly count: number;
  readonly empty: number;
  readonly minLength: number;
  readonly maxLength: number;
  /** Join of all items, absent while every array was empty. */
  readonly items?: Shape;
  /**
   * While all arrays have one length of 2 to 4 and positions differ in kind: the kinds at each position, 6 bits each
   * from the lowest (bits in `KIND_BITS`). Join: or, absent where either is absent or lengths differ.
   */
  readonly tuple?: number;
}

export interface ObjectShape {
  readonly count: number;
  /**
   * At most 256 fields. `Shape.count` of a field = objects that had it; `nulls` of it = had it as null. A name `{class}`
   * stands for all keys of that class (`{uuid}`, `{int}`, …): its count is that of the keys and may exceed the objects'.
   */
  readonly fields: Bounded<Shape>;
  /** Which fields stood beside which value of a field that tells kinds of objects apart. */
  readonly tags?: Tags;
}

/**
 * Bits of `Shape.proto`. Protobuf without a schema tells no string, message or bytes apart, so each value rules out what it
 * cannot be: once some value was no text, no string is described; once some was no message, no object.
 */
export const PROTO_BITS = {
  varint: 1,
  fixed64: 2,
  fixed32: 4,
  counted: 8,
  group: 16,
  /** Stood more than once in a message. */
  repeated: 32,
  noText: 64,
  noMessage: 128,
} as const;

/** Bits of kinds in `ArrayShape.tuple`. */
export const KIND_BITS = { null: 1, boolean: 2, number: 4, string: 8, array: 16, object: 32 } as const;
export const BITS_PER_POSITION = 6;
/** Longest array that is taken for a tuple. */
export const MAX_TUPLE = 4;
/** Most values an enumeration is thought to have; enumerations of public API descriptions rarely have more. */
export const MAX_WORDS = 32;

// Larger objects are maps in disguise; 256 is far above the widest record in public API descriptions.
export const MAX_FIELDS = 256;

/** Everything learned in `a` and in `b`. Commutative and associative; accepts whatever either accepts. */
export function joinShape(a: Shape, b: Shape, maxFields: number = MAX_FIELDS): Shape {
  return growShape(ownCopy(a), b, fieldsBound(maxFields));
}

const FIELDS: Bound<Shape> = {
  cap: MAX_FIELDS,
  join: (a, b) => growShape(ownCopy(a), b, FIELDS),
  grow: (into, from) => growShape(into, from, FIELDS),
};

/** How fields of objects grow. */
export function fieldsBound(cap: number = MAX_FIELDS): Bound<Shape> {
  if (cap === MAX_FIELDS) return FIELDS;
  const bound: Bound<Shape> = {
    cap,
    join: (a, b) => growShape(ownCopy(a), b, bound),
    grow: (into, from) => growShape(into, from, bound),
  };
  return bound;
}

/** `joinShape` into `held`, which it gives back. */
export function growShape(held: Own<Shape>, from: Shape, fields: Bound<Shape> = FIELDS): Shape {
  // Shapes are of as many forms as there are kinds to combine: walking what is there is cheaper than asking for all.
  for (const kind in from) growKind(held, from, kind as keyof Shape, fields);
  const proto = from.proto ?? held.proto;
  if (proto !== undefined) settleProto(held, proto);
  return held;
}

/** Adds bits of `PROTO_BITS`, and takes away what the values then cannot be. Bits are only ever added, so it does not matter when. */
export function settleProto(held: Own<Shape>, bits: number): void {
  const proto = (held.proto ?? 0) | bits;
  held.proto = proto;
  if ((proto & PROTO_BITS.noText) !== 0) delete held.string;
  if ((proto & PROTO_BITS.noMessage) !== 0) delete held.object;
}

function growKind(held: Own<Shape>, from: Shape, kind: keyof Shape, fields: Bound<Shape>): void {
  const value = from[kind];
  if (value === undefined || kind === "proto") return;
  const before = held[kind];
  if (before === undefined) Object.assign(held, { [kind]: ownCopy(value) });
  else if (typeof value === "number")
    (held as Record<typeof kind, unknown>)[kind] = (before as number) + value;
  else if (typeof value === "object") growParts(kind, before, value, fields);
}

function growParts(kind: keyof Shape, before: unknown, value: unknown, fields: Bound<Shape>): void {
  if (kind === "string") growString(before as Own<StringShape>, value as StringShape);
  else if (kind === "number") growNumber(before as Own<NumberShape>, value as NumberShape);
  else if (kind === "array") growArray(before as Own<ArrayShape>, value as ArrayShape, fields);
  else if (kind === "object") growObject(before as Own<ObjectShape>, value as ObjectShape, fields);
}

const WIDTHS = ["int32", "int53", "int64", "big"] as const;

function growNumber(held: Own<NumberShape>, from: NumberShape): void {
  held.count += from.count;
  held.integer &&= from.integer;
  if (held.fits !== from.fits && WIDTHS.indexOf(held.fits) < WIDTHS.indexOf(from.fits)) held.fits = from.fits;
  if (held.decimals < from.decimals) held.decimals = from.decimals;
}

function growString(held: Own<StringShape>, from: StringShape): void {
  const isNew = held.count === held.empty;
  held.count += from.count;
  held.empty += from.empty;
  if (from.count === from.empty) return;
  held.formats = isNew ? from.formats : held.formats & from.formats;
  held.minLength = isNew ? from.minLength : Math.min(held.minLength, from.minLength);
  held.maxLength = Math.max(held.maxLength, from.maxLength);
  growWords(held, from, isNew);
}

function growWords(held: Own<StringShape>, from: StringShape, isNew: boolean): void {
  if (from.words === undefined) delete held.words;
  else if (isNew) held.words = ownCopy(from.words);
  else if (held.words !== undefined) {
    growCounters(held.words, from.words);
    if (Object.keys(held.words).length > MAX_WORDS) delete held.words;
  }
}

function growArray(held: Own<ArrayShape>, from: ArrayShape, fields: Bound<Shape>): void {
  held.count += from.count;
  held.empty += from.empty;
  held.minLength = Math.min(held.minLength, from.minLength);
  held.maxLength = Math.max(held.maxLength, from.maxLength);
  if (held.tuple !== undefined && from.tuple !== undefined && held.minLength === held.maxLength) {
    held.tuple |= from.tuple;
  } else delete held.tuple;
  if (from.items === undefined) return;
  if (held.items === undefined) held.items = ownCopy(from.items);
  else growShape(held.items, from.items, fields);
}

function growObject(held: Own<ObjectShape>, from: ObjectShape, fields: Bound<Shape>): void {
  held.count += from.count;
  growBounded(held.fields, from.fields, fields);
  if (from.tags !== undefined) held.tags = growTags(held.tags, from.tags);
}
