// Looks for data classes in the heads of an exchange: path, parameters, headers, cookies.
import type { Exchange, Header } from "../model/exchange.ts";
import type { DataClassFacts } from "../model/sighting.ts";
import { isCredentialCookie, isCredentialHeader } from "./auth.ts";
import type { DataClassMatcher, LeafScanner } from "./leaves.ts";
import type { SafeName } from "./names.ts";
import { remembered } from "./once.ts";
import { parameterName } from "./parameters.ts";
import type { ReadPath } from "./path.ts";
import type { RequestHead } from "./request-facts.ts";

export interface HeadScan {
  readonly path: ReadPath;
  readonly head: RequestHead;
  readonly found: Map<string, DataClassFacts>;
  readonly matcher: DataClassMatcher;
  readonly safeName: SafeName;
}

/** Headers of the protocol itself: their values are dates, types, versions, addresses of proxies. */
const PLAIN =
  /^(accept(-.*)?|age|allow|cache-control|connection|content-(type|length|encoding|language|security-policy)|cookie|set-cookie|date|etag|expect|expires|host|if-.*|keep-alive|last-modified|origin|pragma|range|sec-.*|server|strict-transport-security|te|trailer|transfer-encoding|upgrade(-.*)?|user-agent|vary|via|x-forwarded-.*|x-real-ip|forwarded|x-request-id|traceparent|tracestate|x-b3-.*|alt-svc|access-control-.*|cf-.*|nel|report-to)$/;

// Names of headers of all services of one collector; a full table is emptied rather than grown.
const MAX_NAMES = 5000;
/** Headers whose values are not looked into. */
const isPassed = remembered((name) => PLAIN.test(name) || isCredentialHeader(name), MAX_NAMES);

export function scanHead(exchange: Exchange, { path, head, found, matcher, safeName }: HeadScan): void {
  const inPath = matcher.scanner("request.path", found);
  for (const { text, field } of path.segments) inPath.scan(text, field, () => field);
  const inQuery = matcher.scanner("request.query", found);
  for (const { name, value } of head.query) {
    inQuery.scan(value, name, () => parameterName(name, safeName));
  }
  const inCookies = matcher.scanner("request.cookie", found);
  for (const { name, value } of head.cookies) {
    // Proof of identity is not a leak: it is told under auth.
    if (!isCredentialCookie(name)) inCookies.scan(value, name, () => safeName(name));
  }
  scanHeaders(exchange.request.headers, matcher.scanner("request.header", found), safeName);
  if (exchange.outcome.kind === "answered") {
    scanHeaders(exchange.outcome.response.headers, matcher.scanner("response.header", found), safeName);
  }
}

function scanHeaders(headers: readonly Header[], scanner: LeafScanner, safeName: SafeName): void {
  for (const [name, value] of headers) {
    if (!isPassed(name)) scanner.scan(value, name, () => safeName(name));
  }
}
