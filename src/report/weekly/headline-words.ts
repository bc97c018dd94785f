// The headline numbers in reading order, with the words that stand beside them and the direction that wants attention.
import type { Headline } from "./report.ts";

export interface HeadlineWord {
  readonly key: keyof Headline;
  readonly title: string;
  /** More of it wants attention. */
  readonly isWorse: boolean;
}

export const HEADLINES: readonly HeadlineWord[] = [
  { key: "endpoints", title: "API endpoints", isWorse: false },
  { key: "documented", title: "Documented", isWorse: false },
  { key: "shadow", title: "Shadow", isWorse: true },
  { key: "zombie", title: "Zombie", isWorse: true },
  { key: "orphan", title: "Orphan", isWorse: false },
  { key: "ai", title: "AI", isWorse: false },
  { key: "unowned", title: "Without an owner", isWorse: true },
  { key: "services", title: "Services", isWorse: false },
];
