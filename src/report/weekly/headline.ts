// The headline numbers at the end of a week, and their course over twelve.
import type { Frame, Seen } from "./frame.ts";
import { isAi, isHeard } from "./frame.ts";
import type { LedgerRow } from "./ledger.ts";
import type { Headline, TrendPoint } from "./report.ts";
import type { Stood } from "./timeline.ts";
import { weeksBefore } from "./week.ts";

/** A quarter of a year: long enough to see a direction, short enough for one chart. */
export const TREND_WEEKS = 12;

export function headlineNow(frame: Frame): Headline {
  return headlineOf(frame.seen, ({ now }) => now);
}

export function headlineBefore(frame: Frame): Headline {
  const closed = frame.inputs.closed?.get(frame.previous.name);
  return closed ?? headlineOf(frame.seen, ({ before }) => before);
}

function headlineOf(seen: readonly Seen[], stood: (seen: Seen) => Stood | null): Headline {
  const counts = { endpoints: 0, documented: 0, shadow: 0, zombie: 0, orphan: 0, ai: 0, unowned: 0 };
  const services = new Set<string>();
  for (const one of seen) {
    const then = stood(one);
    if (then === null) continue;
    if (!then.heard) {
      counts.orphan += 1;
      continue;
    }
    if (then.confidence !== "noise" && isAi(then)) counts.ai += 1;
    if (!isHeard(one.row, then)) continue;
    services.add(one.row.authority);
    countApi(counts, one.row, then);
  }
  return { ...counts, services: services.size };
}

function countApi(counts: Record<string, number>, { owner }: LedgerRow, { standing }: Stood): void {
  counts["endpoints"] = (counts["endpoints"] ?? 0) + 1;
  if (standing in counts) counts[standing] = (counts[standing] ?? 0) + 1;
  if (owner === null) counts["unowned"] = (counts["unowned"] ?? 0) + 1;
}

/** Twelve weeks, oldest first, this one last. Owners are today's: nobody keeps when they came. */
export function trendOf(frame: Frame): readonly TrendPoint[] {
  const { week, zone, timeline, seen, inputs } = frame;
  return Array.from({ length: TREND_WEEKS }, (_, index) => {
    const at = weeksBefore(week, TREND_WEEKS - 1 - index, zone);
    const closed = at.name === week.name ? undefined : inputs.closed?.get(at.name);
    if (closed !== undefined) return { week: at.name, from: "closed" as const, ...closed };
    const then = headlineOf(seen, ({ row }) => timeline.stood(row, at.to));
    return { week: at.name, from: "events" as const, ...then };
  });
}
