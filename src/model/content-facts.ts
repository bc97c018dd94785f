// What texts were about, day by day of late and before: counts that tell when an endpoint's content shifts.
import type { Own } from "./grow.ts";
import { growCounters, ownCopy } from "./grow.ts";

/** Exchanges by what their texts were about: `${direction} ${class}`, class "other" where nothing was recognised. */
export type ContentCounts = Readonly<Record<string, number>>;

export interface ContentFacts {
  /** First day heard; days since the epoch, UTC. */
  readonly from: number;
  /** Everything before the days kept one by one. */
  readonly before: ContentCounts;
  /** By day; the newest. */
  readonly days: Readonly<Record<string, ContentCounts>>;
}

/** A shift is news for a week, as drift is. */
export const CONTENT_DAYS = 7;

export function contentOn(day: number, counts: ContentCounts): ContentFacts {
  return { from: day, before: {}, days: { [day]: counts } };
}

/** `from` joined into `into`, which it gives back; commutative and associative. */
export function growContent(into: Own<ContentFacts>, from: ContentFacts): ContentFacts {
  const days = into.days as Record<string, ContentCounts>;
  into.from = Math.min(into.from, from.from);
  growCounters(into.before, from.before);
  for (const [day, counts] of Object.entries(from.days)) {
    const known = days[day];
    if (known === undefined) days[day] = ownCopy(counts);
    else growCounters(known, counts);
  }
  settle(into);
  return into;
}

/** Days that are too old by the newest one join what was before. */
function settle({ before, days }: ContentFacts): void {
  const kept = days as Record<string, ContentCounts>;
  const newest = Math.max(...Object.keys(kept).map(Number));
  for (const [day, counts] of Object.entries(kept)) {
    if (Number(day) > newest - CONTENT_DAYS) continue;
    growCounters(before, counts);
    delete kept[day];
  }
}
