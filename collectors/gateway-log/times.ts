// Reads the times and durations that logs write, always as milliseconds, never by the zone of this machine.

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

// The Common Log Format: 10/Oct/2000:13:55:36 -0700, some servers with a fraction.
const CLF =
  /^([0-3]\d)\/([A-Z][a-z]{2})\/(\d{4}):([0-2]\d):([0-5]\d):([0-6]\d)(?:[.,](\d{1,9}))?(?: ([+-]\d\d:?\d\d))?$/;
// RFC 3339 and its looser relatives; without a zone it is taken as UTC.
const ISO =
  /^(\d{4})[-/]([01]\d)[-/]([0-3]\d)[Tt ]([0-2]\d):([0-5]\d):([0-6]\d)(?:[.,](\d{1,9})\d*)?\s?([Zz]|[+-]\d\d:?\d\d)?$/;
const NUMBER = /^\d{1,19}(?:\.\d{1,9})?$/;

// Logs are in order: many lines in a row carry the same second, and reading a time is dear.
let last: { readonly text: string; readonly time: number | null } = { text: "", time: null };

/** Milliseconds since the epoch, fractions kept; null when `value` is no time between 1980 and 2100. */
export function timeOf(value: string | number): number | null {
  if (typeof value === "number") return plausible(epochOf(value));
  if (value !== last.text) last = { text: value, time: plausible(readTime(value)) };
  return last.time;
}

function plausible(time: number | null): number | null {
  return time !== null && time >= 315_532_800_000 && time < 4_102_444_800_000 ? time : null;
}

function readTime(text: string): number | null {
  return clfTime(text) ?? isoTime(text) ?? textEpoch(text);
}

function clfTime(text: string): number | null {
  const parts = CLF.exec(text);
  if (parts === null) return null;
  const month = MONTHS.indexOf(parts[2] ?? "");
  if (month === -1 || month % 3 !== 0) return null;
  return utc(parts, { year: 3, month: month / 3, day: 1 });
}

function isoTime(text: string): number | null {
  const parts = ISO.exec(text);
  return parts === null ? null : utc(parts, { year: 1, month: Number(parts[2]) - 1, day: 3 });
}

/** Of both patterns groups 4 to 8 are hour, minute, second, fraction and zone; `date` says where the others are. */
function utc(
  parts: readonly (string | undefined)[],
  date: { readonly year: number; readonly month: number; readonly day: number },
): number {
  const [year, day] = [Number(parts[date.year]), Number(parts[date.day])];
  const whole = Date.UTC(year, date.month, day, Number(parts[4]), Number(parts[5]), Number(parts[6]));
  return whole + fractionOf(parts[7]) - offsetOf(parts[8]);
}

function fractionOf(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(`0.${digits}`) * 1000;
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone.length === 1) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

function textEpoch(text: string): number | null {
  return NUMBER.test(text) ? epochOf(Number(text)) : null;
}

/** Seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by size: each covers 1980 to 2100. */
function epochOf(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  if (value < 1e10) return value * 1000;
  if (value < 1e13) return value;
  return value < 1e16 ? value / 1000 : value / 1e6;
}

/** Milliseconds in one unit of time. */
export const UNITS = { s: 1000, ms: 1, us: 0.001, µs: 0.001, ns: 0.000_001 } as const;
export type Unit = keyof typeof UNITS;

const DURATION = /^(\d{1,15}(?:\.\d{1,12})?)\s?(s|ms|us|µs|ns)?$/;

/** A duration in milliseconds; a unit in the text wins over `unit`; null when neither is there or it is no duration. */
export function durationOf(value: string | number, unit: Unit | null): number | null {
  const parts = DURATION.exec(typeof value === "number" ? plain(value) : value);
  const said = (parts?.[2] as Unit | undefined) ?? unit;
  return parts === null || said === null ? null : Number(parts[1]) * UNITS[said];
}

/** Without an exponent, which JavaScript writes for numbers below a millionth. */
function plain(value: number): string {
  return value > 0 && value < 1e-6 ? value.toFixed(12) : String(value);
}
