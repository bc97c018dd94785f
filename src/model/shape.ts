// The mergeable type description of a body: a product of per-kind semilattices whose caps only ever loosen it.
import type { Bounded } from "./bounded.ts";
import { emptyBounded, joinBounded, sum } from "./bounded.ts";

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
}

export interface ArrayShape {
  readonly count: number;
  readonly empty: number;
  readonly minLength: number;
  readonly maxLength: number;
  /** Join of all items, absent while every array was empty. */
  readonly items?: Shape;
}

export interface ObjectShape {
  readonly count: number;
  /**
   * At most 256 fields. `Shape.count` of a field = objects that had it; `nulls` of it = had it as null. A name `{class}`
   * stands for all keys of that class (`{uuid}`, `{int}`, …): its count is that of the keys and may exceed the objects'.
   */
  readonly fields: Bounded<Shape>;
}

// Larger objects are maps in disguise; 256 is far above the widest record in public API descriptions.
export const MAX_FIELDS = 256;

export function emptyShape(): Shape {
  return { count: 0 };
}

/** Everything learned in `a` and in `b`. Commutative and associative; accepts whatever either accepts. */
export function joinShape(a: Shape, b: Shape, maxFields: number = MAX_FIELDS): Shape {
  const joined: { -readonly [K in keyof Shape]: Shape[K] } = { count: a.count + b.count };
  const nulls = both(a.nulls, b.nulls, sum);
  if (nulls !== undefined) joined.nulls = nulls;
  const booleans = both(a.booleans, b.booleans, sum);
  if (booleans !== undefined) joined.booleans = booleans;
  const number = both(a.number, b.number, joinNumber);
  if (number !== undefined) joined.number = number;
  const string = both(a.string, b.string, joinString);
  if (string !== undefined) joined.string = string;
  const array = both(a.array, b.array, (x, y) => joinArray(x, y, maxFields));
  if (array !== undefined) joined.array = array;
  const object = both(a.object, b.object, (x, y) => joinObject(x, y, maxFields));
  if (object !== undefined) joined.object = object;
  if (a.any === true || b.any === true) joined.any = true;
  return joined;
}

export function emptyObject(): ObjectShape {
  return { count: 0, fields: emptyBounded() };
}

function both<T>(a: T | undefined, b: T | undefined, join: (a: T, b: T) => T): T | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : join(a, b);
}

const WIDTHS = ["int32", "int53", "int64", "big"] as const;

function joinNumber(a: NumberShape, b: NumberShape): NumberShape {
  return {
    count: a.count + b.count,
    integer: a.integer && b.integer,
    fits: WIDTHS.indexOf(a.fits) >= WIDTHS.indexOf(b.fits) ? a.fits : b.fits,
    decimals: Math.max(a.decimals, b.decimals),
  };
}

function joinString(a: StringShape, b: StringShape): StringShape {
  const count = a.count + b.count;
  const empty = a.empty + b.empty;
  if (a.count === a.empty) return { ...b, count, empty };
  if (b.count === b.empty) return { ...a, count, empty };
  return {
    count,
    empty,
    formats: a.formats & b.formats,
    minLength: Math.min(a.minLength, b.minLength),
    maxLength: Math.max(a.maxLength, b.maxLength),
  };
}

function joinArray(a: ArrayShape, b: ArrayShape, maxFields: number): ArrayShape {
  const items = both(a.items, b.items, (x, y) => joinShape(x, y, maxFields));
  return {
    count: a.count + b.count,
    empty: a.empty + b.empty,
    minLength: Math.min(a.minLength, b.minLength),
    maxLength: Math.max(a.maxLength, b.maxLength),
    ...(items && { items }),
  };
}

function joinObject(a: ObjectShape, b: ObjectShape, maxFields: number): ObjectShape {
  const join = (x: Shape, y: Shape): Shape => joinShape(x, y, maxFields);
  return { count: a.count + b.count, fields: joinBounded(a.fields, b.fields, { cap: maxFields, join }) };
}
