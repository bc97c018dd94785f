// The mergeable type description of a body: a product of per-kind semilattices whose caps only ever loosen it.
import type { Bounded } from "./bounded.ts";

/**
 * Everything learned about the values at one location. A kind that was never seen is absent.
 * Counts add on join; everything else joins as its field says. No field holds a value.
 */
export interface Shape {
  /** Values seen here, of any kind. */
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
  /** Bitset of formats every non-empty value passed (bits in digest/formats.ts). Join: and. */
  readonly formats: number;
  /** Length in UTF-16 code units, as powers of two. Join: min / max. */
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
  /** At most 256 fields. `Shape.count` of a field = objects that had it; `nulls` of it = had it as null. */
  readonly fields: Bounded<Shape>;
}
