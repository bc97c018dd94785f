// What the head of a request tells: names of headers, parameters and cookies, credentials, the caller.
import type { Bounded } from "../model/bounded.ts";
import { boundedOf } from "../model/bounded.ts";
import type { Exchange, Header } from "../model/exchange.ts";
import { authKey, boundsOf, callerKey, FACT_CAPS } from "../model/facts.ts";
import type { AuthFacts, CallerFacts, Facts, ParamFacts } from "../model/sighting.ts";
import { readCredentials } from "./auth.ts";
import { agentFamily, callerAddress, isInside } from "./callers.ts";
import type { DeclaredReader } from "./declared/read.ts";
import { heardStatus } from "./grpc/status.ts";
import type { Draft } from "./draft.ts";
import { draftLexeme, emptyDraft, shapeOf } from "./draft.ts";
import { headerValue } from "./message.ts";
import type { SafeName } from "./names.ts";
import { nothing, sole } from "./once.ts";
import type { Parameter } from "./parameters.ts";
import { parameterName, readCookies, readPairs } from "./parameters.ts";

const BOUNDS = boundsOf(FACT_CAPS);
// More header lines than any server accepts; the rest of a longer list tells nothing more.
const MAX_HEADERS = 200;

/** The head of a request, read once. */
export interface RequestHead {
  readonly query: readonly Parameter[];
  readonly cookies: readonly Parameter[];
  readonly facts: Pick<Facts, "query" | "requestHeaders" | "cookies" | "auth" | "callers">;
  readonly caller: string;
}

/** What heads are read with. */
export interface HeadParts {
  readonly safeName: SafeName;
  readonly declared: DeclaredReader;
}

export function readHead(
  exchange: Exchange,
  matrix: readonly (readonly [string, string])[],
  { safeName, declared }: HeadParts,
): RequestHead {
  const { headers } = exchange.request;
  const names = headerNames(headers, safeName);
  const query = readPairs(exchange.request.query);
  const cookies = cookiesIn(headers);
  const caller = callerAddress(exchange);
  // Whoever is outside came through a gateway, which is what is named then.
  const workloadAt = (address: string) => (isInside(address) ? declared.caller(exchange, names) : undefined);
  return {
    query,
    cookies,
    caller,
    facts: {
      query: paramFacts(
        [...query, ...matrix.map(([name, value]) => ({ name: `;${name}`, value }))],
        safeName,
      ),
      requestHeaders: names,
      cookies:
        cookies.length === 0
          ? nothing()
          : boundedOf(distinct(cookies.map(({ name }) => safeName(name))), BOUNDS.cookies),
      auth: authFacts(exchange, { query, cookies }, safeName),
      callers: callerFacts(exchange, { address: caller, workload: workloadAt(caller) }, safeName),
    },
  };
}

function cookiesIn(headers: readonly Header[]): readonly Parameter[] {
  const cookies: Parameter[] = [];
  for (const [name, value] of headers) if (name === "cookie") cookies.push(...readCookies(value));
  return cookies;
}

/** Each name once. */
function distinct(names: readonly string[]): readonly (readonly [string, number])[] {
  return [...new Set(names)].map((name) => [name, 1] as const);
}

// Lists of header names of all clients and services of one collector; a full table is emptied rather than grown.
const MAX_LISTS = 5000;
const knownLists = new Map<string, Bounded<number>>();

/** Clients send the same names in the same order all day, so a whole list is looked up at once. */
export function headerNames(headers: readonly Header[], safeName: SafeName): Bounded<number> {
  let list = "";
  for (const [name] of headers) list += `${name}\n`;
  const known = knownLists.get(list);
  if (known !== undefined) return known;
  const heard = headers.length > MAX_HEADERS ? headers.slice(0, MAX_HEADERS) : headers;
  const names = heard.map(([name]) => safeName(name.toLowerCase()));
  const found = boundedOf(distinct(names), BOUNDS.headers);
  // What was replaced is a value, and not remembered.
  if (names.every((name, index) => name === headers[index]?.[0]) && names.length === headers.length) {
    if (knownLists.size >= MAX_LISTS) knownLists.clear();
    knownLists.set(list, found);
  }
  return found;
}

interface ParamDraft {
  readonly draft: Draft;
  times: number;
  lists: number;
  items: Draft | null;
}

/** Matrix parameters stand among the query with a ";" before their name. */
function paramFacts(parameters: readonly Parameter[], safeName: SafeName): Bounded<ParamFacts> {
  if (parameters.length === 0) return nothing();
  const drafts = new Map<string, ParamDraft>();
  for (const { name: raw, value } of parameters) {
    const name = raw.startsWith(";") ? `;${safeName(raw.slice(1))}` : parameterName(raw, safeName);
    const param = drafts.get(name) ?? { draft: emptyDraft(), times: 0, lists: 0, items: null };
    drafts.set(name, param);
    param.times += 1;
    param.draft.count += 1;
    draftLexeme(param.draft, value);
    if (value.includes(",")) draftList(param, value);
  }
  const entries = [...drafts].map(([name, param]) => [name, paramFactsOf(param)] as const);
  return boundedOf(entries, BOUNDS.query);
}

function paramFactsOf({ draft, times, lists, items }: ParamDraft): ParamFacts {
  const facts = { requests: 1, repeated: times > 1 ? 1 : 0, shape: shapeOf(draft) };
  return items === null ? facts : { ...facts, lists, items: shapeOf(items) };
}

// Lists in URLs are short; what is longer is a text.
const MAX_ITEMS = 64;

/** `1,2,3` and `name,-created`: items without spaces and none of them empty. */
function draftList(param: ParamDraft, value: string): void {
  const items = value.split(",", MAX_ITEMS + 1);
  if (items.length > MAX_ITEMS || !items.every((item) => /^[^\s,]{1,64}$/.test(item))) return;
  param.lists += 1;
  param.items ??= emptyDraft();
  param.items.count += items.length;
  for (const item of items) draftLexeme(param.items, item);
}

function authFacts(
  exchange: Exchange,
  presented: { readonly query: readonly Parameter[]; readonly cookies: readonly Parameter[] },
  safeName: SafeName,
): Bounded<AuthFacts> {
  const successes = isSuccess(exchange) ? 1 : 0;
  const found = new Map<string, AuthFacts>();
  for (const { scheme, name } of readCredentials(exchange, presented)) {
    const facts = { scheme, name: name === null ? null : safeName(name), requests: 1, successes };
    found.set(authKey(facts), facts);
  }
  return boundedOf(found, BOUNDS.auth);
}

function isSuccess(exchange: Exchange): boolean {
  const status = heardStatus(exchange) ?? 0;
  return status >= 200 && status < 300;
}

function callerFacts(
  exchange: Exchange,
  { address, workload }: { readonly address: string; readonly workload: string | undefined },
  safeName: SafeName,
): Bounded<CallerFacts> {
  const userAgent = headerValue(exchange.request.headers, "user-agent");
  const caller: CallerFacts = {
    address,
    agent: agentFamily(userAgent, safeName),
    requests: 1,
    firstSeen: exchange.startedAt,
    lastSeen: exchange.startedAt,
    ...(workload !== undefined && { workload }),
  };
  return sole(callerKey(caller), caller);
}
