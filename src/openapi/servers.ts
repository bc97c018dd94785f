// Where a document says its API lives: servers of OpenAPI 3, host and basePath of Swagger 2.0.
import type { ApiDocument, DocumentedOperation, DocumentedServer } from "../model/document.ts";
import { isObject, list, own, text } from "./reference.ts";
import type { JsonObject } from "./reference.ts";
import { textTest } from "./template-tree.ts";

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

/** "" for the root, else with "/" in front and none behind; doubled slashes collapse, dot segments are resolved. */
export function normalBasePath(path: string): string {
  const kept: string[] = [];
  for (const segment of (path.split(/[?#]/)[0] ?? "").split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  return kept.map((segment) => `/${segment}`).join("");
}

/** Swagger 2.0: host, basePath, schemes. */
export function swaggerServers(root: JsonObject): readonly DocumentedServer[] {
  const scheme = list(root, "schemes").find((held) => typeof held === "string");
  const host = text(root, "host");
  const authority = host === null ? null : normalAuthority(host, String(scheme ?? "https"));
  return [{ authority, basePath: normalBasePath(text(root, "basePath") ?? "") }];
}

/** OpenAPI 3: the servers of the document, without doubles; "/" when none is given. */
export function openapiServers(root: JsonObject): readonly DocumentedServer[] {
  return ownServers(root) ?? [{ authority: null, basePath: "" }];
}

/** The servers that a document, a path item or an operation names; null where it names none. */
export function ownServers(holder: JsonObject): readonly DocumentedServer[] | null {
  const found = new Map<string, DocumentedServer>();
  for (const url of list(holder, "servers").flatMap(urlsOf)) {
    const read = readUrl(url);
    if (found.size < MAX_SERVERS) found.set(`${read.authority ?? ""} ${read.basePath}`, read);
  }
  return found.size === 0 ? null : [...found.values()];
}

/** Base paths an operation may stand behind. */
export function basePathsOf(
  document: Pick<ApiDocument, "servers">,
  { servers = document.servers }: Pick<DocumentedOperation, "servers">,
): readonly string[] {
  return servers.length === 0 ? [""] : [...new Set(servers.map(({ basePath }) => basePath))];
}

/** Whether an authority is the one a server names; what varies in it may be anything, but not nothing. */
export function fitsAuthority(named: string, authority: string): boolean {
  return named === authority || (named.includes("{") && textTest(named)(authority));
}

/** The URL with its variables filled in; a variable of the path with an enum gives one URL for each value. */
function urlsOf(server: unknown): readonly string[] {
  const url = text(server, "url");
  if (url === null) return [];
  let urls: readonly string[] = [url];
  const variables = own(server, "variables");
  for (const [name, variable] of isObject(variables) ? Object.entries(variables).slice(0, MAX_VALUES) : []) {
    const place = `{${name}}`;
    if (!url.includes(place) || (inHost(url, place) && !isListed(variable))) continue;
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

/** Few enough to be tried one by one. */
function isListed(variable: unknown): boolean {
  const { length } = list(variable, "enum");
  return length > 0 && length <= MAX_VALUES;
}

/** A variable in the host that lists no values stands for hosts nobody can list (tenants): it stays. */
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
const URL_PARTS = /^(?:([a-z][a-z0-9+.-]*|\{[^{}]*\}):)?(?:\/\/([^/?#]*))?([^?#]*)/i;

function readUrl(url: string): DocumentedServer {
  const [, scheme = "https", authority = "", path = ""] = URL_PARTS.exec(url.trim()) ?? [];
  const isNamed = /[a-z0-9]/i.test(authority.replaceAll(/\{[^{}]*\}|:\d+$/g, ""));
  return {
    authority: isNamed ? normalAuthority(authority, scheme) : null,
    basePath: path.includes("{") ? "" : normalBasePath(path),
  };
}
