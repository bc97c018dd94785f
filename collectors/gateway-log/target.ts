// Reads request lines, request targets and URLs as logs and HARs write them, without normalising what was sent.
import type { WireProtocol } from "../../src/model/exchange.ts";

export type Scheme = "http" | "https";

/** What a request was aimed at. `authority` is null when the target does not say. */
export interface Target {
  readonly scheme: Scheme | null;
  readonly authority: string | null;
  /** As sent, without query and fragment. */
  readonly path: string;
  readonly query: string;
}

export interface RequestLine {
  readonly method: string;
  readonly target: Target;
  readonly protocol: WireProtocol;
}

/** Authority of requests whose record names no host: nothing is invented in its place. */
export const UNKNOWN_AUTHORITY = "unknown";

// RFC 9110, 5.6.2: any visible character that is no delimiter.
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// A method longer than this is no method but text that landed in its place; the longest registered one has 17 letters.
const MAX_METHOD = 32;
const SCHEMES: ReadonlyMap<string, Scheme> = new Map([
  ["http", "http"],
  ["https", "https"],
  ["ws", "http"],
  ["wss", "https"],
]);
const DEFAULT_PORTS = { http: ":80", https: ":443" } as const;
// RFC 3986, 3.2.2, and whatever else servers accept as a name, as long as it delimits nothing.
const AUTHORITY = /^(?:\[[0-9a-f:.]+(?:%[\w.~-]+)?\]|[^\s[\]/\\?#@:"'<>,\p{Cc}]+)(?::\d{1,5})?$/u;
// A DNS name has at most 253 characters; brackets and port come on top.
const MAX_AUTHORITY = 261;

export function isMethod(text: string): boolean {
  return text.length <= MAX_METHOD && TOKEN.test(text);
}

/** Lower case, without userinfo and the scheme's default port; null when `text` cannot be a host[:port]. */
export function authorityOf(text: string, scheme: Scheme | null): string | null {
  let authority = text.slice(text.lastIndexOf("@") + 1).toLowerCase();
  if (authority.endsWith(":")) authority = authority.slice(0, -1);
  if (scheme !== null && authority.endsWith(DEFAULT_PORTS[scheme])) {
    authority = authority.slice(0, -DEFAULT_PORTS[scheme].length);
  }
  if (authority.length > MAX_AUTHORITY || authority === "-" || authority === "_") return null;
  return AUTHORITY.test(authority) ? authority : null;
}

/*
  RFC 3986, appendix B, for http and its relatives
    URL = scheme "://" authority path [ "?" query ] [ "#" fragment ]
*/
const URL_PARTS = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/i;

/** An absolute URL of http, https, ws or wss; undefined when it is none. */
export function parseUrl(text: string): Target | undefined {
  const parts = URL_PARTS.exec(text);
  const scheme = SCHEMES.get((parts?.[1] ?? "").toLowerCase());
  if (parts === null || scheme === undefined) return undefined;
  const authority = authorityOf(parts[2] ?? "", scheme);
  if (authority === null) return undefined;
  return { scheme, authority, path: parts[3] === "" ? "/" : (parts[3] ?? "/"), query: parts[4] ?? "" };
}

/*
  request-target (RFC 9112, section 3.2)
    origin-form    = absolute-path [ "?" query ]
    absolute-form  = URL
    authority-form = host ":" port            CONNECT only
    asterisk-form  = "*"
*/
/** undefined when `text` is no request target. */
export function parseTarget(method: string, text: string): Target | undefined {
  if (text.startsWith("/")) return originForm(text);
  if (method === "CONNECT" && !text.includes("://")) {
    const authority = authorityOf(text, null);
    return authority === null ? undefined : { scheme: null, authority, path: text, query: "" };
  }
  if (text === "*") return { scheme: null, authority: null, path: "*", query: "" };
  return parseUrl(text);
}

function originForm(text: string): Target {
  const hash = text.indexOf("#");
  const sent = hash === -1 ? text : text.slice(0, hash);
  const mark = sent.indexOf("?");
  const path = mark === -1 ? sent : sent.slice(0, mark);
  return { scheme: null, authority: null, path, query: mark === -1 ? "" : sent.slice(mark + 1) };
}

const VERSION = / HTTP\/\d(?:\.\d)?$/;
// The first line of every HTTP/2 connection (RFC 9113, 3.4), logged by servers that speak HTTP/1 only.
const PREFACE = "PRI * HTTP/2.0";

/*
  request-line = method SP request-target [ SP HTTP-version ]
  Targets may hold raw spaces: clients send them and servers log them. Without a version it is HTTP/0.9.
*/
/** undefined when `text` is no request line: empty, TLS bytes, another protocol, an attack on the log reader. */
export function parseRequestLine(text: string): RequestLine | undefined {
  const space = text.indexOf(" ");
  const method = text.slice(0, space);
  if (space === -1 || !isMethod(method) || text === PREFACE) return undefined;
  const version = VERSION.exec(text)?.[0];
  const end = version === undefined ? text.length : text.length - version.length;
  const target = parseTarget(method, text.slice(space + 1, end));
  if (target === undefined) return undefined;
  return { method, target, protocol: version === undefined ? "http/0.9" : protocolOf(version.slice(1)) };
}

const PROTOCOLS: ReadonlyMap<string, WireProtocol> = new Map([
  ["0.9", "http/0.9"],
  ["1.0", "http/1.0"],
  ["1.1", "http/1.1"],
  ["2", "h2"],
  ["2.0", "h2"],
  ["3", "h3"],
  ["3.0", "h3"],
  ["h2", "h2"],
  ["h2c", "h2"],
]);

/** Reads "HTTP/1.1", "h2", "HTTP/2.0", "h3-29", "http/2+quic/46" and the like. */
export function protocolOf(version: string): WireProtocol {
  const name = version.trim().toLowerCase();
  if (name.startsWith("h3") || name.includes("quic")) return "h3";
  return PROTOCOLS.get(name.startsWith("http/") ? name.slice(5) : name) ?? "unknown";
}

/** Percent-encodes a decoded query or form component; what UTF-16 cannot say becomes U+FFFD. */
export function encodeComponent(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD"));
}
