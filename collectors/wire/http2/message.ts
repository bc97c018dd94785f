// Turns field sections into what HTTP says: method, path, authority and status from pseudo headers, the rest as headers.
import type { Header } from "../../../src/model/exchange.ts";
import type { HpackField } from "../hpack/dynamic-table.ts";

/** A field section, sorted. */
export interface Section {
  /** By name without the colon; null where the value stands on an unheard table entry. */
  readonly pseudo: ReadonlyMap<string, string | null>;
  readonly headers: readonly Header[];
  /** Fields whose name or value is not known. */
  readonly unknown: number;
}

/** RFC 9113, section 8.3: pseudo headers start with a colon; the first one counts when a name is repeated. */
export function sortFields(fields: readonly HpackField[]): Section {
  const pseudo = new Map<string, string | null>();
  const headers: Header[] = [];
  let unknown = 0;
  for (const { name, value } of fields) {
    if (name === null) unknown++;
    else if (name.startsWith(":")) {
      if (!pseudo.has(name.slice(1))) pseudo.set(name.slice(1), value);
    } else if (value === null) unknown++;
    else headers.push([name.toLowerCase(), value]);
  }
  return { pseudo, headers, unknown };
}

export function headerOf(headers: readonly Header[], wanted: string): string | undefined {
  return headers.find(([name]) => name === wanted)?.[1];
}

/** RFC 9113, section 8.3.2: three digits; anything else is no status. */
export function statusOf({ pseudo }: Section): number | null {
  const text = pseudo.get("status") ?? "";
  return /^[1-9]\d\d$/.test(text) ? Number(text) : null;
}

/** Splits `:path`; what stands behind "#" never belongs to a request. */
export function splitPath(target: string): { readonly path: string; readonly query: string } {
  const [sent = ""] = target.split("#", 1);
  const mark = sent.indexOf("?");
  return mark < 0 ? { path: sent, query: "" } : { path: sent.slice(0, mark), query: sent.slice(mark + 1) };
}

export function schemeOf({ pseudo }: Section): "http" | "https" | null {
  const scheme = pseudo.get("scheme")?.toLowerCase();
  return scheme === "http" || scheme === "https" ? scheme : null;
}

const DEFAULT_PORTS = { http: ":80", https: ":443" } as const;

/** `:authority`, else Host: lower case, user part and default port dropped; null when neither was read. */
export function authorityOf(section: Section): string | null {
  const named = section.pseudo.get("authority") || headerOf(section.headers, "host");
  if (!named) return null;
  const text = named.trim().toLowerCase();
  const bare = text.slice(text.lastIndexOf("@") + 1);
  const scheme = schemeOf(section);
  const port = scheme === null ? undefined : DEFAULT_PORTS[scheme];
  return port !== undefined && bare.endsWith(port) ? bare.slice(0, -port.length) : bare;
}

export function authorityOfServer({
  address,
  port,
}: {
  readonly address: string;
  readonly port: number;
}): string {
  return `${address.includes(":") ? `[${address}]` : address}:${port}`;
}
