// Whether what is said to or by a model has become something else: the mix of content before and of late, compared.
import type { ContentCounts, ContentFacts } from "../model/content-facts.ts";
import { growCounters } from "../model/grow.ts";
import { gStatistic } from "./statistics.ts";

export interface ContentShift {
  readonly direction: "prompt" | "answer";
  /** Start of the day since which it is so; milliseconds since the epoch. */
  readonly since: number;
  /** Jensen-Shannon distance, 0 (the same) to 1 (nothing in common). */
  readonly distance: number;
  /** One sentence with the numbers. */
  readonly text: string;
}

const DAY = 86_400_000;
/** Each weekday was heard once: a mix that changes with the weekday is no shift. */
const LEARNED_DAYS = 7;
const LEARNED = 200;
const FEWEST = 40;
/** Fewer days may be a weekend, unless what came never came before. */
const WINDOW_DAYS = 3;
/** Conversations send all that was said again with each turn, ten turns of one count as one. */
const TURNS = 10;
/** About one exchange in eight is of a class that was not there: less is nothing to act on. */
const LEAST_DISTANCE = 0.25;
/*
  Chi-squared that chance exceeds once in a million, for 1 to 7 degrees of freedom (NIST/SEMATECH e-Handbook, 1.3.6.7.4).
*/
const LIMITS = [23.93, 27.63, 30.66, 33.38, 35.89, 38.26, 40.52];

/** What shifted within the last days, at most one for each direction; none while the mix is being learned. */
export function contentShifts(content: ContentFacts | undefined): readonly ContentShift[] {
  if (content === undefined) return [];
  return (["prompt", "answer"] as const).flatMap((direction) => shiftOf(content, direction) ?? []);
}

/** Each day that may be the day of the change is tried; the first one at which it shows is its date. */
function shiftOf(content: ContentFacts, direction: ContentShift["direction"]): ContentShift | null {
  const days = Object.keys(content.days)
    .map(Number)
    .sort((a, b) => a - b);
  for (const day of days) {
    if (day - content.from < LEARNED_DAYS) continue;
    const earlier = days.filter((one) => one < day);
    const recent = days.filter((one) => one >= day);
    const spans = {
      past: spanOf([content.before, ...earlier.map((one) => content.days[one] ?? {})], direction),
      recent: spanOf(
        recent.map((one) => content.days[one] ?? {}),
        direction,
      ),
      first: spanOf([content.days[day] ?? {}], direction),
    };
    const found = compared(spans, recent.length);
    if (found !== null)
      return { direction, since: day * DAY, ...found, text: `${direction}s: ${found.text}` };
  }
  return null;
}

/** Counts of one direction by class. */
function spanOf(days: readonly ContentCounts[], direction: string): ContentCounts {
  const all: Record<string, number> = {};
  for (const day of days) growCounters(all, day);
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, count]) =>
      key.startsWith(`${direction} `) ? [[key.slice(direction.length + 1), count]] : [],
    ),
  );
}

interface Spans {
  readonly past: ContentCounts;
  readonly recent: ContentCounts;
  /** The first day of the recent ones, on which it must show already. */
  readonly first: ContentCounts;
}

function compared(
  { past, recent, first }: Spans,
  days: number,
): Pick<ContentShift, "distance" | "text"> | null {
  const [before, now] = [total(past), total(recent)];
  if (before < LEARNED || now < FEWEST) return null;
  const classes = [...new Set([...Object.keys(past), ...Object.keys(recent)])].sort();
  const shares = classes.map((name) => ({
    name,
    was: (past[name] ?? 0) / before,
    is: (recent[name] ?? 0) / now,
  }));
  const distance = jensenShannon(shares);
  if (distance < LEAST_DISTANCE || !isSignificant(classes, past, recent)) return null;
  const [most] = shares.sort((a, b) => Math.abs(b.is - b.was) - Math.abs(a.is - a.was));
  const risen = shares.filter(({ is, was, name }) => is > was && name !== "other")[0] ?? most;
  if (risen === undefined || !isDated(risen, first)) return null;
  if (days < WINDOW_DAYS && risen.was > 0) return null;
  const { name, was, is } = risen;
  const text = `${wordOf(name)} in ${percent(is)} of ${now} exchanges, in ${percent(was)} of ${before} before (distance ${distance.toFixed(2)})`;
  return { distance, text };
}

/** What is more of late must be so on the first of the days, or it is news of another day. */
function isDated(
  { name, was, is }: { name: string; was: number; is: number },
  first: ContentCounts,
): boolean {
  const share = (first[name] ?? 0) / Math.max(1, total(first));
  return Math.abs(share - was) >= Math.abs(is - was) / 2;
}

function isSignificant(classes: readonly string[], past: ContentCounts, recent: ContentCounts): boolean {
  const row = (counts: ContentCounts) => classes.map((name) => (counts[name] ?? 0) / TURNS);
  const limit = LIMITS[Math.min(classes.length - 1, LIMITS.length) - 1] ?? Infinity;
  return gStatistic(row(past), row(recent)) >= limit;
}

/** Square root of the Jensen-Shannon divergence to base 2. */
function jensenShannon(shares: readonly { readonly was: number; readonly is: number }[]): number {
  const part = (share: number, middle: number) => (share === 0 ? 0 : share * Math.log2(share / middle));
  const divergence = shares.reduce((sum, { was, is }) => {
    const middle = (was + is) / 2;
    return sum + part(was, middle) + part(is, middle);
  }, 0);
  return Math.sqrt(Math.max(0, divergence / 2));
}

function total(counts: ContentCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

const WORDS: Readonly<Record<string, string>> = {
  code: "source code",
  "credentials-file": "a credentials file",
  table: "a table of data",
  legal: "legal matters",
  medical: "medical matters",
  hr: "personnel matters",
  finance: "finance",
  other: "ordinary text",
};

function wordOf(name: string): string {
  return WORDS[name] ?? name;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
