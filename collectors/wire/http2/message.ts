// Turns field sections into what HTTP says: method, path, authority and status from pseudo headers, the rest as headers.
import type { Header } from "../../../src/model/exchange.ts";
import { costOf } from "../hpack/dynamic-table.ts";
import type { HpackField } from "../hpack/dynamic-table.ts";

/** A field section, sorted. */
export interface Section {
  /** By name without the colon; null where the value stands on an unheard table entry. */
  readonly pseudo: ReadonlyMap<string, string | null>;
  readonly headers: readonly Header[];
  /** Fields whose name or value is not known. */
  readonly unknown: number;
  /** Characters of all names and values, 32 more a field. */
  readonly cost: number;
}

/** RFC 9113, section 8.3: pseudo headers start with a colon; the first one counts when a name is repeated. */
export function sortFields(fields: readonly HpackField[]): Section {
  const pseudo = new Map<string, string | null>();
  const headers: Header[] = [];
  let unknown = 0;
  let cost = 0;
  for (const field of fields) {
    const { name, value } = field;
    cost += costOf(field);
    if (name === null) unknown++;
    else if (name.startsWith(":")) {
      if (!pseudo.has(name.slice(1))) pseudo.set(name.slice(1), value);
    } else if (value === null) unknown++;
    else headers.push([name.toLowerCase(), value]);
  }
  return { pseudo, headers, unknown, cost };
}

export function headerOf(headers: readonly Header[], wanted: string): string | undefined {
  return headers.find(([name]) => name === wanted)?.[1];
}

/** RFC 9113, section 8.3.2: three digits; anything else is no status. */
export function statusOf({ pseudo }: Section): number | null {
  const text = pseudo.get("status") ?? "";
  return /^[1-9]\d\d$/.test(text) ? Number(text) : null;
}

export function schemeOf({ pseudo }: Section): "http" | "https" | null {
  const scheme = pseudo.get("scheme")?.toLowerCase();
  return scheme === "http" || scheme === "https" ? scheme : null;
}

/** `:authority`, else Host, as sent; null when neither was read. */
export function authorityOf(section: Section): string | null {
  return section.pseudo.get("authority") || headerOf(section.headers, "host") || null;
}
