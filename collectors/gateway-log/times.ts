// Reads the times and durations that logs write, always as milliseconds, never by the zone of this machine.

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

// The Common Log Format: 10/Oct/2000:13:55:36 -0700, some servers with a fraction.
const CLF = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ([+-]\d\d:?\d\d))?$/;
// RFC 3339 and its looser relatives; without a zone it is taken as UTC.
const ISO =
  /^(\d{4})[-/](\d\d)[-/](\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9})\d*)?\s?([Zz]|[+-]\d\d:?\d\d)?$/;
const NUMBER = /^\d{1,19}(?:\.\d{1,9})?$/;

/** Milliseconds since the epoch, fractions kept; null when `value` is no time between 1980 and 2100. */
export function timeOf(value: string | number): number | null {
  const time =
    typeof value === "number" ? epochOf(value) : (clfTime(value) ?? isoTime(value) ?? textEpoch(value));
  return time !== null && time >= 315_532_800_000 && time < 4_102_444_800_000 ? time : null;
}

function clfTime(text: string): number | null {
  const parts = CLF.exec(text);
  if (parts === null) return null;
  const [, day, name = "", year, hour, minute, second, fraction, zone] = parts;
  const month = MONTHS.indexOf(name);
  if (month === -1 || month % 3 !== 0) return null;
  return utc([year, month / 3, day, hour, minute, second]) + fractionOf(fraction) - offsetOf(zone);
}

function isoTime(text: string): number | null {
  const parts = ISO.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = parts;
  return utc([year, Number(month) - 1, day, hour, minute, second]) + fractionOf(fraction) - offsetOf(zone);
}

function utc(fields: readonly (string | number | undefined)[]): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields.map(Number);
  return Date.UTC(year, month, day, hour, minute, second);
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
