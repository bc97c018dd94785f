// The weekly shadow-API report as a pure function: the same inventory gives the same document.
import { aiSection } from "./ai-section.ts";
import { driftOf, newlyDocumented, newlySilent } from "./changes.ts";
import { coverageOf } from "./coverage.ts";
import { DEFINITIONS } from "./definitions.ts";
import { findingRecords } from "./finding-records.ts";
import { findingsSection } from "./findings-section.ts";
import type { Frame } from "./frame.ts";
import { frameOf, iso } from "./frame.ts";
import { headlineBefore, headlineNow, trendOf } from "./headline.ts";
import type { WeeklyInputs, WeeklyOptions, WeeklyScope } from "./input.ts";
import { lateNews } from "./late.ts";
import type { WeeklyReport } from "./report.ts";
import { newShadow } from "./shadow.ts";
import { summaryOf } from "./summary.ts";
import { calledZombies, orphansOf, unownedOf } from "./usage.ts";

/** null when there is no such week or time zone. */
export function weeklyReport(inputs: WeeklyInputs, options: WeeklyOptions): WeeklyReport | null {
  const frame = frameOf(inputs, options);
  if (frame === null) return null;
  const told = sections(frame, options.scope);
  return { ...told, summary: summaryOf(told, frame) };
}

function sections(frame: Frame, scope: WeeklyScope): Omit<WeeklyReport, "summary"> {
  const records = findingRecords(frame);
  const shadow = newShadow(frame, records);
  const drift = driftOf(frame, records);
  return {
    schema: "umbra.weekly/1",
    week: frame.week.name,
    zone: frame.zone,
    from: iso(frame.week.from),
    to: iso(frame.week.to),
    state: frame.isClosed ? "closed" : "open",
    scope: { kind: scope.kind, name: scope.kind === "all" ? null : scope.name },
    headline: { now: headlineNow(frame), before: headlineBefore(frame) },
    new_shadow: shadow,
    documented: newlyDocumented(frame),
    retired: newlySilent(frame),
    drift,
    ai: aiSection(frame, shadow, records),
    zombies: calledZombies(frame),
    orphans: orphansOf(frame),
    unowned: unownedOf(frame),
    findings: findingsSection(frame, namedAbove(shadow, drift), records),
    coverage: coverageOf(frame),
    trend: trendOf(frame),
    late: lateNews(frame),
    definitions: DEFINITIONS,
  };
}

/** A weakened endpoint and the finding that follows from it are one matter. */
function namedAbove(shadow: WeeklyReport["new_shadow"], drift: WeeklyReport["drift"]): ReadonlySet<string> {
  const grave = drift.items.filter(({ severity }) => severity === "high" || severity === "critical");
  return new Set([...shadow, ...grave].map(({ endpoint }) => endpoint));
}
