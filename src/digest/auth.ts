// Tells how a request proved who it is: schemes and the names that carried them, never what they carried.
import type { Exchange, Header } from "../model/exchange.ts";
import type { AuthScheme } from "../model/sighting.ts";
import type { Parameter } from "./parameters.ts";

export interface Credential {
  readonly scheme: AuthScheme;
  /** As `AuthFacts.name`. */
  readonly name: string | null;
}

export interface Presented {
  readonly query: readonly Parameter[];
  readonly cookies: readonly Parameter[];
}

/*
  RFC 9110, 11.4: credentials = auth-scheme [ 1*SP ( token68 / auth-params ) ]
*/
const AUTHORIZATION: Readonly<Record<string, AuthScheme>> = {
  basic: "basic",
  digest: "digest",
  "aws4-hmac-sha256": "sigv4",
  "aws4-ecdsa-p256-sha256": "sigv4",
  apikey: "api-key-header",
  "api-key": "api-key-header",
  key: "api-key-header",
  "genie-key": "api-key-header",
  token: "api-key-header",
};
// No credential in public API descriptions stands under a longer name.
const MAX_NAME = 80;
const JWT = /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/;

// Names of keys in public API descriptions (securitySchemes of type apiKey) and vendors' manuals.
const KEY_HEADER =
  /^(x[-_])?([a-z0-9]+[-_])*(api|app|application|access|auth|subscription|account|master|service|private|secret|user|session|client)[-_]?(key|token|secret)$|^(x-)?(api|auth|access)[-_]?token$|^apikey$|^x-goog-api-key$|^ocp-apim-subscription-key$|^x-functions-key$|^private-token$|^job-token$|^x-amz-security-token$|^dd-api-key$|^x-auth$|^x-token$|^token$|^api-?key-?v\d$/;
/** Named like keys, but they prove only where a request comes from. */
const NO_KEY = /csrf|xsrf|idempotency|device|push|sec-websocket|request-token|next-token|page-?token/;
const KEY_QUERY =
  /^(api|app|access|auth|subscription|service|developer|dev|private|secret|user)[-_]?(key|token|secret|sig)$|^(api|auth|access|bearer|oauth|id)[-_]?token$|^apikey$|^appid$|^subscription-key$|^jwt$|^token$|^sig$|^key$|^hapikey$|^code$/i;
const KEY_COOKIE = /^(.*[-_.])?((access|auth|id|bearer|jwt|api)[-_]?(token|key)|jwt|token|authorization)$/i;
const SESSION_COOKIE =
  /^(__(host|secure)-)?(.*[-_.])?(sess|session|sessid|sessionid|session[-_]?id|sid|phpsessid|jsessionid|asp\.net_sessionid|aspsessionid[a-z]*|cfid|cftoken|connect\.sid|session[-_.]?token|laravel_session|remember[-_]?(me|token|user_token)|aspnetcore\.(cookies|identity\.application)|aspxauth|login|user_?session)$/i;

/** Every credential the request carried; "none" or "not-recorded" when there was none to see. */
export function readCredentials(exchange: Exchange, { query, cookies }: Presented): readonly Credential[] {
  const found: Credential[] = [];
  for (const header of exchange.request.headers) found.push(...headerCredential(header));
  if (query.length > 0) found.push(...queryCredentials(query));
  for (const cookie of cookies) found.push(...cookieCredential(cookie));
  if (exchange.mutualTls === true) found.push(MTLS);
  if (found.length > 0) return found;
  return [{ scheme: recordsHeaders(exchange) ? "none" : "not-recorded", name: null }];
}

const MTLS: Credential = { scheme: "mtls", name: null };

/** What a header of this name proves. */
type HeaderKind = "authorization" | "certificate" | "verified" | "key" | "nothing";

const NOTHING: readonly Credential[] = [];

function headerCredential([name, value]: Header): readonly Credential[] {
  const kind = headerKind(name);
  if (kind === "nothing" || value.trim() === "") return NOTHING;
  if (kind === "authorization") return [{ scheme: authorizationScheme(value), name }];
  if (kind === "key") return [{ scheme: "api-key-header", name }];
  return kind === "certificate" || value === "SUCCESS" ? [MTLS] : NOTHING;
}

// Header names of all services of one collector; a full table is emptied rather than grown.
const MAX_KNOWN = 5000;
const known = new Map<string, HeaderKind>();

function headerKind(name: string): HeaderKind {
  const found = known.get(name);
  if (found !== undefined) return found;
  const kind = name.length > MAX_NAME ? "nothing" : judgeHeader(name);
  if (known.size >= MAX_KNOWN) known.clear();
  if (name.length <= MAX_NAME) known.set(name, kind);
  return kind;
}

function judgeHeader(name: string): HeaderKind {
  if (name === "authorization") return "authorization";
  if (name === "x-forwarded-client-cert" || name === "x-amzn-mtls-clientcert") return "certificate";
  if (/^(x-)?ssl-client-verify$/.test(name)) return "verified";
  return KEY_HEADER.test(name) && !NO_KEY.test(name) ? "key" : "nothing";
}

/** A header whose value is a credential by its place. */
export function isCredentialHeader(name: string): boolean {
  return name === "authorization" || name === "proxy-authorization" || headerKind(name) === "key";
}

/** A cookie whose value is a credential by its place. */
export function isCredentialCookie(name: string): boolean {
  return name.length <= MAX_NAME && (SESSION_COOKIE.test(name) || KEY_COOKIE.test(name));
}

function authorizationScheme(value: string): AuthScheme {
  const [word = "", rest = ""] = value.trim().split(/\s+/, 2);
  if (word.toLowerCase() === "bearer") return JWT.test(rest) ? "bearer-jwt" : "bearer-opaque";
  if (rest === "") return JWT.test(word) ? "bearer-jwt" : "other";
  const scheme = word.toLowerCase();
  return Object.hasOwn(AUTHORIZATION, scheme) ? (AUTHORIZATION[scheme] as AuthScheme) : "other";
}

function queryCredentials(query: readonly Parameter[]): readonly Credential[] {
  // Presigned requests carry several parts of one signature.
  const signature = query.find(({ name }) => /^x-(amz|goog)-signature$/i.test(name));
  if (signature !== undefined) return [{ scheme: "sigv4", name: signature.name.toLowerCase() }];
  return query
    .filter(
      ({ name, value }) =>
        value !== "" && name.length <= MAX_NAME && KEY_QUERY.test(name) && !isShortWord(name, value),
    )
    .map(({ name }) => ({ scheme: "api-key-query", name }));
}

// `key=name`, `code=DE`, `token=3` are plain parameters; keys of these names are 16 characters and more.
const VAGUE = /^(key|code|token|sig|appid)$/i;

function isShortWord(name: string, value: string): boolean {
  return VAGUE.test(name) && value.length < 16;
}

function cookieCredential({ name, value }: Parameter): readonly Credential[] {
  if (value === "" || name.length > MAX_NAME || /csrf|xsrf/i.test(name)) return [];
  if (SESSION_COOKIE.test(name)) return [{ scheme: "session-cookie", name }];
  return KEY_COOKIE.test(name) ? [{ scheme: "api-key-cookie", name }] : [];
}

/** Headers that plain access logs carry, or that readers of logs add. */
const LOGGED = new Set([
  "user-agent",
  "referer",
  "host",
  "x-forwarded-for",
  "x-real-ip",
  "x-request-id",
  "content-type",
  "content-length",
  "x-forwarded-proto",
]);

/** Whether the source would have shown an Authorization header, had there been one. */
function recordsHeaders({ source, request, flags }: Exchange): boolean {
  if (source === "access-log" || flags.includes("orphan-response") || flags.includes("request-partial"))
    return false;
  if (source === "gateway-log" || source === "push")
    return request.headers.some(([name]) => !LOGGED.has(name));
  return true;
}
