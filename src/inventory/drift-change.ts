// The words drift is told in, and what all its tests share.
import type { Profile } from "../model/past.ts";
import { absenceChance } from "./statistics.ts";

export type DriftSeverity = "critical" | "error" | "warn" | "info";

/** One difference between two spans of time. */
export interface Change {
  readonly category: string;
  /** Status, media type, class, or field: `response.body items[].id`. */
  readonly location: string;
  readonly severity: DriftSeverity;
  /** One sentence with the numbers. */
  readonly text: string;
}

/** Two spans of time side by side. */
export interface Times {
  readonly past: Profile;
  readonly recent: Profile;
  /** The first day of the recent ones: what is new must have been there from it on, or it is news of another day. */
  readonly first: Profile;
}

/** What may be chance once in a million comparisons is not told. */
export const CHANCE = 1e-6;
// One exchange proves little; three of two clients are no accident.
export const FEWEST = 3;
export function change(category: string, location: string, severity: DriftSeverity, text: string): Change {
  return { category, location, severity, text };
}

export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

/** Answers with statuses that begin with this digit. */
export function classOf({ statuses }: Profile, digit: string): number {
  return Object.entries(statuses).reduce(
    (all, [status, count]) => (status.startsWith(digit) ? all + count : all),
    0,
  );
}

/** Whether so frequent a thing is missing by chance alone. */
export function isGone(share: number, times: number): boolean {
  return absenceChance(share, times) < CHANCE;
}
