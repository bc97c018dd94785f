// The first line of HTTP/1 messages, read as tolerantly as servers read it.

export interface RequestLine {
  readonly method: string;
  /** As sent; empty when there was none. */
  readonly target: string;
  readonly version: "1.1" | "1.0" | "0.9";
}

export interface StatusLine {
  readonly status: number;
  readonly version: "1.1" | "1.0";
}

/*
  request-line (RFC 9112, section 3): method SP target SP "HTTP/" DIGIT "." DIGIT
  method is any token (RFC 9110, section 5.6.2). Real clients send raw spaces in targets, several spaces, or no version
  at all (HTTP/0.9), so the target is whatever stands between the method and the version.
*/
const METHOD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64})(?:[ \t]+|$)/;
const VERSION = /(?:^|[ \t])HTTP\/(\d+)(?:\.(\d+))?[ \t]*$/i;

export function parseRequestLine(line: string): RequestLine | null {
  const method = METHOD.exec(line);
  if (method === null) return null;
  const rest = line.slice(method[0].length);
  const version = VERSION.exec(rest);
  const target = (version === null ? rest : rest.slice(0, version.index)).trim();
  if (version === null) return target === "" ? null : { method: method[1]!, target, version: "0.9" };
  return { method: method[1]!, target, version: version[1] === "1" && version[2] === "0" ? "1.0" : "1.1" };
}

/** Methods that make a line without a version an HTTP/0.9 request, and a first segment HTTP. */
export const COMMON_METHODS: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "PATCH",
  "OPTIONS",
  "CONNECT",
  "TRACE",
  "PROPFIND",
  "QUERY",
]);

/** With its version and nothing odd: what a search for the next request accepts. */
const SURE_REQUEST = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}) [^ \t]+ HTTP\/1\.[01]$/;

/** The end of a body may stand right in front of the line, or its beginning be missing: either makes another method of it. */
function isBentMethod(method: string): boolean {
  for (const common of COMMON_METHODS) if (method.endsWith(common) || common.endsWith(method)) return true;
  return false;
}

export function isSureRequestLine(line: string): boolean {
  const method = SURE_REQUEST.exec(line)?.[1];
  return method !== undefined && (COMMON_METHODS.has(method) || !isBentMethod(method));
}

/*
  status-line (RFC 9112, section 4): "HTTP/" DIGIT "." DIGIT SP 3DIGIT SP [reason]
*/
const STATUS = /^HTTP\/(\d+)(?:\.(\d+))?[ \t]+([1-9]\d\d)(?!\d)/i;

export function parseStatusLine(line: string): StatusLine | null {
  const match = STATUS.exec(line);
  if (match === null) return null;
  return { status: Number(match[3]), version: match[1] === "1" && match[2] === "0" ? "1.0" : "1.1" };
}
