// The shape of an endpoint's past: counts by day, enough to tell what changed.
import type { Bounded, Distinct } from "./bounded.ts";

/** One field of what was sent or got. */
export interface FieldProfile {
  /** Objects that had it. */
  readonly present: number;
  /** Values by kind: null, boolean, integer, number, string, array, object. */
  readonly kinds: Readonly<Record<string, number>>;
  /**
   * While all its texts are words of the public vocabulary, and at most 16 of them: how often each was there. Absent
   * while there was no text, and from the first other text on.
   */
  readonly words?: Readonly<Record<string, number>>;
  /** Formats all its texts passed, as bits of formats.ts. Absent while there was no text. */
  readonly formats?: number;
}

/** Counts of one span of time. Joined by `growProfile`, commutative and associative. */
export interface Profile {
  readonly requests: number;
  /** Milliseconds since the epoch; 0 while there were no requests. */
  readonly from: number;
  readonly to: number;
  /** Requests by day of the week (UTC), Sunday first. */
  readonly weekdays: readonly number[];
  /** By status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Successful answers by media type. */
  readonly mediaTypes: Readonly<Record<string, number>>;
  /** Successes of requests with credentials, and of those without; what a source does not record counts as neither. */
  readonly known: number;
  readonly open: number;
  /** The 16 smallest keyed hashes of client addresses. */
  readonly clients: Distinct;
  /** Exchanges by data class in their answers. */
  readonly classes: Readonly<Record<string, number>>;
  /** Successful exchanges: `> name.of[].field` was sent, `< …` was got. */
  readonly fields: Bounded<FieldProfile>;
  /** Objects by where they stood: `<` for whole bodies, `< name.of[]`. */
  readonly objects: Bounded<number>;
}

/** Bounded: seven days and all before them. Joined by `growHistory`, commutative and associative. */
export interface EndpointHistory {
  /** Everything before the days kept one by one. */
  readonly before: Profile;
  /** By day (days since the epoch, UTC); the seven newest. */
  readonly days: Readonly<Record<string, Profile>>;
}
