// Where a document says its API lives: servers of OpenAPI 3, host and basePath of Swagger 2.0.
import type { DocumentedServer } from "../model/document.ts";
import { isObject, list, own, text } from "./reference.ts";
import type { JsonObject } from "./reference.ts";

/** Published documents name at most some dozens of servers (regions); more would only slow matching down. */
const MAX_SERVERS = 64;
/** Values of one variable that are tried: enums of versions and regions are shorter. */
const MAX_VALUES = 16;

const DEFAULT_PORT: Readonly<Record<string, string>> = { http: "80", https: "443", ws: "80", wss: "443" };

/** Lower case, default port dropped. */
export function normalAuthority(authority: string, scheme: string): string {
  const lower = authority.toLowerCase().replace(/^[^@]*@/, "");
  const port = DEFAULT_PORT[scheme.toLowerCase()];
  return port !== undefined && lower.endsWith(`:${port}`) ? lower.slice(0, -port.length - 1) : lower;
}

/** "" for the root, else with "/" in front and none behind; doubled slashes collapse. */
export function normalBasePath(path: string): string {
  const joined = `/${path.split(/[?#]/)[0] ?? ""}`.replaceAll(/\/{2,}/g, "/").replace(/\/$/, "");
  return joined;
}

/** Swagger 2.0: host, basePath, schemes. */
export function swaggerServers(root: JsonObject): readonly DocumentedServer[] {
  const scheme = list(root, "schemes").find((held) => typeof held === "string");
  const host = text(root, "host");
  const authority =
    host === null || host.includes("{") ? null : normalAuthority(host, String(scheme ?? "https"));
  return [{ authority, basePath: normalBasePath(text(root, "basePath") ?? "") }];
}

/** OpenAPI 3: every server of the document and of its path items, without doubles; "/" when none is given. */
export function openapiServers(
  root: JsonObject,
  pathItems: readonly JsonObject[],
): readonly DocumentedServer[] {
  const found = new Map<string, DocumentedServer>();
  for (const holder of [root, ...pathItems]) {
    for (const server of list(holder, "servers")) {
      for (const url of urlsOf(server)) {
        const read = readUrl(url);
        if (found.size < MAX_SERVERS) found.set(`${read.authority ?? ""} ${read.basePath}`, read);
      }
    }
  }
  return found.size === 0 ? [{ authority: null, basePath: "" }] : [...found.values()];
}

/** The URL with its variables filled in; a variable of the path with an enum gives one URL for each value. */
function urlsOf(server: unknown): readonly string[] {
  const url = text(server, "url");
  if (url === null) return [];
  let urls: readonly string[] = [url];
  const variables = own(server, "variables");
  for (const [name, variable] of isObject(variables) ? Object.entries(variables).slice(0, MAX_VALUES) : []) {
    const place = `{${name}}`;
    if (!url.includes(place) || inHost(url, place)) continue;
    urls = urls.flatMap((held) => valuesOf(variable).map((value) => held.replaceAll(place, () => value)));
    urls = urls.slice(0, MAX_SERVERS);
  }
  return urls;
}

function valuesOf(variable: unknown): readonly string[] {
  const values = [own(variable, "default"), ...list(variable, "enum")].filter(
    (value): value is string => typeof value === "string",
  );
  return values.length === 0 ? [""] : [...new Set(values)].slice(0, MAX_VALUES);
}

/** A variable in the host stands for hosts nobody can list (tenants): it stays, and the host counts as not given. */
function inHost(url: string, place: string): boolean {
  const start = url.indexOf("//");
  if (start < 0) return false;
  const end = url.indexOf("/", start + 2);
  const at = url.indexOf(place);
  return at > start && (end < 0 || at < end);
}

/*
  RFC 3986: [scheme ":"] ["//" authority] path ["?" query] ["#" fragment]
*/
const URL_PARTS = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)/i;

function readUrl(url: string): DocumentedServer {
  const [, scheme = "https", authority = "", path = ""] = URL_PARTS.exec(url.trim()) ?? [];
  const known = authority !== "" && !authority.includes("{");
  return {
    authority: known ? normalAuthority(authority, scheme) : null,
    basePath: path.includes("{") ? "" : normalBasePath(path),
  };
}
