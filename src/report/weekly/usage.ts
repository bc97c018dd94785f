// What stands, whether it is news or not: zombies and who still calls them, orphans, endpoints without an owner.
import type { Frame } from "./frame.ts";
import { callerLine, isHeard, iso, noteOf, wasCalled } from "./frame.ts";
import type { WeeklyReport, ZombieItem } from "./report.ts";

// Callers one line of a report names.
const MAX_NAMED = 3;

/** Zombies that were called this week. */
export function calledZombies(frame: Frame): readonly ZombieItem[] {
  return frame.seen.flatMap(({ row, before, now }) => {
    if (!isHeard(row, now) || now.standing !== "zombie" || !wasCalled(row, frame.week)) return [];
    const callers = row.callers.filter((caller) => wasCalled(caller, frame.week));
    const unlisted = Math.max(0, row.callerCount - row.callers.length);
    return [
      {
        ...noteOf(row, row.reason, frame),
        new: before?.standing !== "zombie",
        last_seen: iso(row.lastSeen ?? 0),
        callers: callers.slice(0, MAX_NAMED).map(callerLine),
        more_callers: Math.max(0, callers.length - MAX_NAMED) + unlisted,
      },
    ];
  });
}

export function orphansOf(frame: Frame): WeeklyReport["orphans"] {
  return frame.seen.flatMap(({ row, before, now }) =>
    now === null || now.heard ? [] : [{ ...noteOf(row, row.reason, frame), new: before === null }],
  );
}

export function unownedOf(frame: Frame): WeeklyReport["unowned"] {
  const services = new Map<string, number>();
  for (const { row, now } of frame.seen) {
    if (row.owner !== null || !isHeard(row, now)) continue;
    services.set(row.authority, (services.get(row.authority) ?? 0) + 1);
  }
  const rows = [...services].map(([authority, endpoints]) => ({ authority, endpoints }));
  return {
    endpoints: rows.reduce((sum, { endpoints }) => sum + endpoints, 0),
    by_service: rows.sort((a, b) => b.endpoints - a.endpoints || (a.authority < b.authority ? -1 : 1)),
  };
}
