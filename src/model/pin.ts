// What a person decided about the paths of one service: it wins over all evidence, and survives every regrouping.
import { shortHash } from "./identity.ts";

/**
 * merge: whatever stands at the last segment is one variable, or, where the path ends in a word, that word is a value of
 * it. split: the last segment is a route word, whatever its
 * siblings are. rename: the variable at the last segment is called `name`.
 */
export type PinKind = "merge" | "split" | "rename";

export interface Pin {
  readonly kind: PinKind;
  /**
   * From the root to the segment that is decided, variables as `{}`: `/users/{}` to merge or rename, `/users/me` to
   * split or to merge that one. Methods share it.
   */
  readonly path: string;
  /** null but for "rename". */
  readonly name: string | null;
}

export interface StoredPin {
  /** `pin_` and 16 characters: equal pins of one service have one id. */
  readonly id: string;
  readonly authority: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Who said so: a token's name; null in pins of older versions. */
  readonly by: string | null;
  readonly pin: Pin;
}

export function pinId(authority: string, { kind, path, name }: Pin): string {
  return `pin_${shortHash(JSON.stringify([authority, kind, path, name]))}`;
}
