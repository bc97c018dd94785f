// Looks into JSON that anybody may have written: every step asks for a type and gets it or undefined.

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A finite number, or text that is one. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** A count of bytes; null for what is none, -1 among it, which many write for what they do not know. */
export function sizeOf(value: unknown): number | null {
  const size = numberOf(value);
  return size === undefined || size < 0 ? null : Math.trunc(size);
}

// What nginx writes inside JSON when its log_format lacks escape=json.
const NGINX_ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|.)/g;

/** The object that is the whole of `text`; undefined when it is anything else. */
export function parseObject(text: string): JsonObject | undefined {
  const value = parse(text);
  if (value !== undefined || !text.includes("\\x")) return objectOf(value);
  const repaired = text.replace(NGINX_ESCAPE, (escape, hex?: string) =>
    hex === undefined ? escape : `\\u00${hex}`,
  );
  return objectOf(parse(repaired));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
