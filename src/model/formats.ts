// Names of the text formats behind the bits of `StringShape.formats`, so that every reader and writer agrees on them.

/**
 * Bit i stands for the i-th name. Names are OpenAPI / JSON Schema format names where one exists (uuid, date-time, …),
 * else our own. Append only: stored bitsets refer to positions. At most 31, so that a bitset stays a small integer.
 */
export const FORMAT_NAMES = [
  "uuid",
  "date-time",
  "date",
  "time",
  "duration",
  "email",
  "uri",
  "ipv4",
  "ipv6",
  "hostname",
  "integer",
  "decimal",
  "boolean",
  "byte",
  "hex",
  "jwt",
  "ulid",
  "phone",
  "locale",
  "country",
  "currency",
  "semver",
  "color",
  "json",
  "binary",
] as const;

export type FormatName = (typeof FORMAT_NAMES)[number];

/** The bit of a format. */
export function formatBit(name: FormatName): number {
  return 1 << FORMAT_NAMES.indexOf(name);
}

/** Every bit set: the neutral element of the join (no non-empty value was seen yet). */
export const ALL_FORMATS = 2 ** FORMAT_NAMES.length - 1;

/** Names whose bit is set, in order of position. */
export function formatNames(bits: number): readonly FormatName[] {
  return FORMAT_NAMES.filter((_, position) => (bits & (1 << position)) !== 0);
}
