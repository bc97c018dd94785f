// Finds out who answers and who calls, from headers that declare it and from what a log says beside the message.
import type { Bounded } from "../../model/bounded.ts";
import { boundedOf } from "../../model/bounded.ts";
import type { Declaration, DeclaredFacts, DeclaredPlace } from "../../model/declared.ts";
import { DECLARED, declaredKey } from "../../model/declared.ts";
import type { Exchange, Header } from "../../model/exchange.ts";
import { isInside } from "../callers.ts";
import { headerValue } from "../message.ts";
import type { SafeName } from "../names.ts";
import type { DeclaringHeader } from "./headers.ts";
import { declaringHeaders } from "./headers.ts";
import { labelTokens, token } from "./tokens.ts";

export interface DeclaredReader {
  /** Who calls, as `namespace/name`; undefined when nobody says. `names`: of the headers, as counted. */
  caller(exchange: Exchange, names: object): string | undefined;
  /** Who answers; undefined when nobody says. */
  answers(
    exchange: Exchange,
    names: { readonly request: object; readonly response: object },
  ): Bounded<DeclaredFacts> | undefined;
}

type Judged = Pick<DeclaredFacts, "kind" | "name" | "namespace" | "labels">;
type Said = Judged & Pick<DeclaredFacts, "place" | "header">;

interface Reader extends DeclaringHeader {
  readonly judge: (text: string) => Judged | null;
}

/** A header of a list that is one of those that declare. */
interface Found {
  readonly at: number;
  readonly reader: Reader;
}

export function createDeclaredReader(safeName: SafeName, added?: readonly string[]): DeclaredReader {
  const readers = declaringHeaders(added).map((row) => ({ ...row, judge: judgeOf(row, safeName) }));
  const inRequest = finder(readers.filter(({ side }) => side === "request"));
  const inResponse = finder(readers.filter(({ side }) => side === "response"));
  const inLog = ({ declared = NOTHING }: Exchange, wanted: DeclaringHeader["role"]): readonly Said[] =>
    declared.flatMap(({ role, ...said }) => {
      const judged = role === wanted ? judgement(said, safeName) : null;
      return judged === null ? [] : [{ ...judged, place: "log" as const, header: null }];
    });
  const inHeaders = (found: readonly Found[], place: DeclaredPlace, headers: readonly Header[]) =>
    found.flatMap(({ at, reader }) => saidIn(headers, { at, reader, place, safeName }));
  return {
    caller(exchange, names) {
      const { headers } = exchange.request;
      const found = believable(exchange, inRequest(headers, names)).filter(isCall);
      if (found.length === 0 && exchange.declared === undefined) return undefined;
      const said = [...inLog(exchange, "calls"), ...inHeaders(found, "request.header", headers)];
      const named = said.find(({ name }) => name !== null);
      return named === undefined ? undefined : callerName(named);
    },
    answers(exchange, names) {
      const { request, outcome } = exchange;
      const asked = believable(exchange, inRequest(request.headers, names.request)).filter(isAnswer);
      const headers = outcome.kind === "answered" ? outcome.response.headers : NO_HEADERS;
      const answered = inResponse(headers, names.response);
      if (asked.length + answered.length === 0 && exchange.declared === undefined) return undefined;
      return factsOf([
        ...inLog(exchange, "answers"),
        ...inHeaders(answered, "response.header", headers),
        ...inHeaders(asked, "request.header", request.headers),
      ]);
    },
  };
}

const NOTHING: readonly never[] = [];
const NO_HEADERS: readonly Header[] = [];
const isCall = ({ reader }: Found): boolean => reader.role === "calls";
const isAnswer = ({ reader }: Found): boolean => reader.role === "answers";

/** Whoever calls from outside can write what meshes write, so requests declare only behind a hop of one's own. */
function believable({ source, client }: Exchange, found: readonly Found[]): readonly Found[] {
  return found.length === 0 || source === "har" || isInside(client.address) ? found : NOTHING;
}

/** Lists of names come again and again as the same object: where they hold what is wanted is looked up once. */
function finder(readers: readonly Reader[]): (headers: readonly Header[], names: object) => readonly Found[] {
  const byName = new Map<string, Reader[]>();
  for (const reader of readers) {
    byName.set(reader.header, [...(byName.get(reader.header) ?? []), reader]);
  }
  const order = new Map(readers.map((reader, index) => [reader, index]));
  const known = new WeakMap<object, readonly Found[]>();
  return (headers, names) => {
    const found = known.get(names);
    if (found !== undefined) return found;
    const made = headers
      .flatMap(([name], at) => (byName.get(name) ?? []).map((reader) => ({ at, reader })))
      .sort((a, b) => (order.get(a.reader) ?? 0) - (order.get(b.reader) ?? 0))
      .slice(0, MOST_FOUND);
    known.set(names, made);
    return made;
  };
}

// A message names its ends a handful of times; what repeats a header says no more.
const MOST_FOUND = 8;

interface Saying extends Found {
  readonly place: DeclaredPlace;
  readonly safeName: SafeName;
}

function saidIn(headers: readonly Header[], { at, reader, place, safeName }: Saying): readonly Said[] {
  const [name, value = ""] = headers[at] ?? [];
  const judged = name === reader.header ? reader.judge(value) : null;
  if (judged === null) return [];
  const { header, namespace: from } = reader;
  const beside = from === undefined ? null : token(headerValue(headers, from), safeName);
  return [{ ...judged, namespace: judged.namespace ?? beside, place, header }];
}

// Names of the services of one collector; longer texts are certificates, new ones all the time.
const MAX_KNOWN = 2000;
const MAX_KNOWN_TEXT = 256;

/** Remembers texts that name somebody, and no others. */
function judgeOf({ form }: DeclaringHeader, safeName: SafeName): Reader["judge"] {
  const known = new Map<string, Judged>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const said = form(text.trim());
    const judged = said === null ? null : judgement(said, safeName);
    if (judged === null || text.length > MAX_KNOWN_TEXT) return judged;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, judged);
    return judged;
  };
}

/** What may be kept of it; null: nothing. */
function judgement(said: Declaration, safeName: SafeName): Judged | null {
  const name = token(said.name, safeName);
  const namespace = token(said.namespace, safeName);
  const labels = said.labels === undefined ? NOTHING : labelTokens(said.labels, safeName);
  return (name ?? namespace) === null && labels.length === 0
    ? null
    : { kind: said.kind, name, namespace, labels };
}

function callerName({ name, namespace }: Said): string {
  return namespace === null ? `${name}` : `${namespace}/${name}`;
}

function factsOf(said: readonly Said[]): Bounded<DeclaredFacts> | undefined {
  if (said.length === 0) return undefined;
  const rows = said.map((one): DeclaredFacts => ({ ...one, requests: 1 }));
  return boundedOf(new Map(rows.map((row) => [declaredKey(row), row])), DECLARED);
}
