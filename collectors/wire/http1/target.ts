// Whom a request addresses and what it asks for: request target and Host put together.

export interface Addressed {
  readonly authority: string;
  readonly path: string;
  readonly query: string;
}

export interface Asked {
  readonly method: string;
  readonly target: string;
  /** First Host field, as sent. */
  readonly host: string | undefined;
  readonly scheme: "http" | "https";
  readonly server: { readonly address: string; readonly port: number };
}

/*
  request-target (RFC 9112, section 3.2): origin-form "/path?query", absolute-form "scheme://authority/path?query",
  authority-form "host:port" (CONNECT), asterisk-form "*". An absolute-form target wins over Host (section 3.2.2).
*/
const ABSOLUTE = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i;
const DEFAULT_PORT = { http: "80", https: "443" } as const;

export function addressed(asked: Asked): Addressed {
  const { method, target, scheme } = asked;
  if (method === "CONNECT") {
    // Some clients add a path; the first word is what they connect to.
    const end = target.split(/[ \t/]/, 1)[0]!;
    return { authority: normal(end, null) || fallback(asked), path: end, query: "" };
  }
  const absolute = ABSOLUTE.exec(target);
  const own = absolute === null ? "" : normal(absolute[2]!, absolute[1]!.toLowerCase());
  const authority = own || normal(asked.host ?? "", scheme) || fallback(asked);
  return { authority, ...pathOf(absolute === null ? target : target.slice(absolute[0].length)) };
}

function pathOf(target: string): { path: string; query: string } {
  const hash = target.indexOf("#");
  const whole = hash < 0 ? target : target.slice(0, hash);
  const mark = whole.indexOf("?");
  const path = mark < 0 ? whole : whole.slice(0, mark);
  const query = mark < 0 ? "" : whole.slice(mark + 1);
  const isRooted = path.startsWith("/") || path === "*";
  return { path: isRooted ? path : `/${path}`, query };
}

/** Nothing to normalise: the common case. */
const PLAIN = /^[a-z0-9.-]+$/;

/** Lower case, without user information, without the default port of its scheme. */
function normal(authority: string, scheme: string | null): string {
  if (PLAIN.test(authority)) return authority;
  let text = authority.trim().toLowerCase();
  const user = text.lastIndexOf("@");
  if (user >= 0) text = text.slice(user + 1);
  if (text.endsWith(":")) text = text.slice(0, -1);
  const port = scheme === "https" || scheme === "wss" ? DEFAULT_PORT.https : DEFAULT_PORT.http;
  return scheme !== null && text.endsWith(`:${port}`) ? text.slice(0, -port.length - 1) : text;
}

/** Nobody said whom: the address that was connected to. */
function fallback({ server, scheme }: Asked): string {
  const host = server.address.includes(":") ? `[${server.address}]` : server.address;
  return String(server.port) === DEFAULT_PORT[scheme] ? host : `${host}:${server.port}`;
}
