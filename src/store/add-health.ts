// Joins two reports of one collector: counts add, the time heard widens.
import type { CaptureHealth } from "../model/health.ts";

export function addHealth(known: CaptureHealth | undefined, report: CaptureHealth): CaptureHealth {
  if (known === undefined) return report;
  return {
    collector: known.collector,
    from: pick(Math.min, known.from, report.from),
    to: pick(Math.max, known.to, report.to),
    counters: add(known.counters, report.counters),
    weirds: add(known.weirds, report.weirds),
  };
}

function pick(choose: (a: number, b: number) => number, a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return choose(a, b);
}

function add<T extends Readonly<Record<string, number>>>(a: T, b: T): T {
  const sums = new Map(Object.entries(a));
  for (const [name, count] of Object.entries(b)) sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries(sums) as T;
}
