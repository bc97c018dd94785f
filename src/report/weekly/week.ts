// ISO weeks in a time zone: which week a moment lies in, and when a week begins and ends.

/*
  ISO 8601: weeks begin on Monday; week 1 is the one with the year's first Thursday, and so with 4 January.
    week = year "-W" 2DIGIT
*/
const WEEK = /^(\d{4})-W(\d{2})$/;
const DAY_MS = 86_400_000;

export interface Week {
  /** `2026-W47`. */
  readonly name: string;
  /** First millisecond, and the first one of the week after: 168 hours later, or an hour more or less. */
  readonly from: number;
  readonly to: number;
}

/** The week of that name as the clocks of `zone` have it; null when there is no such week. */
export function weekNamed(name: string, zone: string): Week | null {
  const monday = mondayOf(name);
  return monday === null ? null : weekFrom(monday, zone);
}

/** The week in which `at` lies by the clocks of `zone`. */
export function weekAt(at: number, zone: string): Week {
  const today = localDay(at, zone);
  return weekFrom(today - (isoDay(today) - 1) * DAY_MS, zone);
}

/** `count` weeks before; negative for weeks after. */
export function weeksBefore({ name }: Week, count: number, zone: string): Week {
  const monday = mondayOf(name);
  if (monday === null) throw new Error("a week has a name");
  return weekFrom(monday - count * 7 * DAY_MS, zone);
}

/** Whether clocks are known for a name like `Europe/Berlin`. */
export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** `16 Nov 2026` on the clocks of `zone`. */
export function dayText(at: number, zone: string): string {
  const day = new Date(localDay(at, zone));
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Days are counted as if all were UTC; only their beginnings are moved to the zone. */
function weekFrom(monday: number, zone: string): Week {
  return {
    name: nameOf(monday),
    from: startOfDay(monday, zone),
    to: startOfDay(monday + 7 * DAY_MS, zone),
  };
}

function mondayOf(name: string): number | null {
  const [, year, week] = WEEK.exec(name) ?? [];
  if (year === undefined || week === undefined) return null;
  const fourth = utcDay(Number(year), 0, 4);
  const monday = fourth - (isoDay(fourth) - 1) * DAY_MS + (Number(week) - 1) * 7 * DAY_MS;
  return nameOf(monday) === name ? monday : null;
}

/** Years below 100 are those years, not those of the last century. */
function utcDay(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

function nameOf(monday: number): string {
  const thursday = monday + 3 * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const week = 1 + Math.floor((thursday - utcDay(year, 0, 1)) / (7 * DAY_MS));
  return `${String(year).padStart(4, "0")}-W${String(week).padStart(2, "0")}`;
}

function isoDay(day: number): number {
  return new Date(day).getUTCDay() || 7;
}

/** The moment the zone's clocks show midnight of `day`; two steps settle on it unless midnight itself was skipped. */
function startOfDay(day: number, zone: string): number {
  const first = day - offsetAt(day, zone);
  return day - offsetAt(first, zone);
}

function localDay(at: number, zone: string): number {
  const local = at + offsetAt(at, zone);
  return local - (((local % DAY_MS) + DAY_MS) % DAY_MS);
}

const clocks = new Map<string, Intl.DateTimeFormat>();
// Zones asked for by name; there are some six hundred, most installs use one.
const MAX_CLOCKS = 16;

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  if (clocks.size >= MAX_CLOCKS) clocks.clear();
  clocks.set(zone, clock);
  return clock;
}

/** What the zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(at: number, zone: string): number {
  const whole = Math.floor(at / 1000) * 1000;
  const parts = new Map(
    clockOf(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown - whole;
}
