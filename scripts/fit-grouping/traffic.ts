// Invents the traffic of one API, each time with other habits, as the routes that grouping works on, with the truth beside them.
import type { Returned } from "../../src/model/grouping-facts.ts";
import { provesRoute, RETURNED_HASHES, GROUPING_CALLERS } from "../../src/model/grouping-facts.ts";
import { hash32 } from "../../src/model/hash.ts";
import { ROUTE_KEYS } from "../../src/model/route.ts";
import type { Route, RouteKey } from "../../src/model/route.ts";
import { readPath } from "../../src/digest/path.ts";
import { singular } from "../../src/model/template.ts";
import type { CorpusOperation } from "./corpus.ts";
import { randomOf, zipf } from "./random.ts";
import type { Random } from "./random.ts";
import type { House, Lexicon } from "./values.ts";
import { houseOf, makerFor, poolSize } from "./values.ts";

/** What may be held fixed; everything left out varies from API to API. */
export interface Habits {
  readonly requests?: number;
  /** Scanners' share of all requests. */
  readonly noise?: number;
  /** Share of parameters whose values responses gave before. */
  readonly provenance?: number;
  readonly clients?: number;
  /** Route words stay as documents have them. */
  readonly plain?: boolean;
}

/** Successful requests of one real operation that fell on one route. */
export interface Cell {
  readonly key: RouteKey;
  /** Template segments with names. */
  readonly truth: readonly string[];
  requests: number;
}

export interface Traffic {
  readonly routes: readonly Route[];
  readonly returned: Returned;
  readonly cells: readonly Cell[];
  /** `GET /a/{}` of every operation that had a success. */
  readonly truths: ReadonlySet<string>;
  readonly families: ReadonlyMap<string, string>;
  readonly told: string;
}

interface Pool {
  readonly values: readonly string[];
  readonly draw: (random: Random) => number;
  /** Values of a sub-resource depend on the resource above: this many each; 0 when they do not. */
  readonly nested: number;
  readonly family: string;
}

interface Planned extends CorpusOperation {
  /** Chance of each optional key. */
  readonly keyList: readonly (readonly [key: string, chance: number])[];
  readonly isList: boolean;
}

/** How this API and its clients behave. */
function styleOf(random: Random, habits: Habits) {
  const requests = habits.requests ?? random.logInt(300, 20_000);
  return {
    requests,
    noise: habits.noise ?? random.pick([0, 0, 0.05, 0.15, 0.3, 0.5, 0.8]),
    clients: habits.clients ?? random.logInt(2, 2000),
    clientPopularity: random.next() * 1.5,
    operationPopularity: random.next() * 1.6,
    everyOperation: random.chance(0.7),
    most: random.pick([8, 60, 500, 5000, 5000]),
    popularity: random.next() * 2,
    nested: random.pick([0, 0.3, 0.8]),
    sharedPools: random.chance(0.3),
    provenance: habits.provenance ?? random.pick([0, 0, 0.2, 0.5, 0.8]),
    listed: random.pick([0.2, 0.6, 0.95]),
    said: random.pick([0, 0, 0.03, 0.1, 0.3]),
    optional: random.pick([1, 0.9, 0.7, 0.4]),
    perValue: random.chance(0.4),
    envelope: random.chance(0.15),
    bare: random.pick(["resource", "resource", "generic", "none"] as const),
    missing: random.pick([0, 0.04, 0.15, 0.3]),
    refused: random.pick([0, 0.03, 0.1]),
    broken: random.pick([0, 0.005, 0.02]),
    signed: random.pick([0, 0.5, 1]),
    page: random.pick([0, 0, 0.01, 0.05]),
    jargon: random.chance(0.12) && habits.plain !== true,
    oddness: habits.plain === true ? 0 : random.pick([0, 0, 0, 0, 0.1, 0.3]),
    cased: habits.plain === true ? "" : random.pick(["", "", "", "kebab", "snake", "camel"] as const),
  };
}
type Style = ReturnType<typeof styleOf>;

// The busiest operations of a large API; more only repeat.
const MAX_OPERATIONS = 400;

export function trafficOf(
  operations: readonly CorpusOperation[],
  lexicon: Lexicon,
  seed: string,
  habits: Habits = {},
): Traffic {
  const random = randomOf(seed);
  const style = styleOf(random, habits);
  const house = houseOf(random, lexicon);
  const planned = shuffled(random, renamed(random, style, operations))
    .slice(0, MAX_OPERATIONS)
    .map((each) => plan(style, each));
  const pools = new Map<string, Pool>();
  const book = new Book();
  const pickOperation = zipf(planned.length, style.operationPopularity);
  const client = zipf(style.clients, style.clientPopularity);
  const places = new Map(planned.map((each) => [each, placesOf(each)] as const));
  for (let index = 0; index < style.requests; index += 1) {
    const operation = planned[
      style.everyOperation && index < planned.length ? index : pickOperation(random)
    ] as Planned;
    const spot = places.get(operation) as readonly Spot[];
    const path = pathFor({ random, style, house, pools }, operation, spot);
    const status = statusFor(random, style, operation, spot.length > 0);
    const caller = client(random);
    book.hear({
      method: operation.method,
      path,
      status,
      caller,
      keys: status < 300 ? keysFor(random, style, operation, path) : [],
      isList: operation.isList,
      answer: answerOf(operation),
      signed: random.chance(style.signed),
      truth: operation.segments,
    });
  }
  addNoise({ random, style, house, book }, planned, lexicon);
  return {
    routes: book.routes(),
    returned: returnedOf(random, style, pools, planned),
    cells: book.cells(),
    truths: new Set(book.cells().map(({ key, truth }) => `${key.method} ${bare(truth)}`)),
    families: new Map([...pools].map(([name, { family, values }]) => [name, `${family} ${values.length}`])),
    told: JSON.stringify(style),
  };
}

/** A template without names. */
export function bare(segments: readonly string[]): string {
  return `/${segments.join("/")}`.replaceAll(/\{[^{}]*\}/g, "{}");
}

function shuffled<T>(random: Random, list: readonly T[]): T[] {
  return list
    .map((each) => [random.next(), each] as const)
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each);
}

/** Some APIs speak no English, or write their words in another case: all their words change alike. */
function renamed(
  random: Random,
  { jargon, cased, oddness }: Style,
  operations: readonly CorpusOperation[],
): readonly CorpusOperation[] {
  if (!jargon && cased === "" && oddness === 0) return operations;
  const words = new Map<string, string>();
  const share = random.pick([0.3, 0.7, 1]);
  const rename = (segment: string): string => {
    if (
      segment.includes("{") ||
      !/^[A-Za-z][A-Za-z_-]{2,}$/.test(segment) ||
      /^(api|rest|v\d.*)$/i.test(segment)
    )
      return segment;
    let word = words.get(segment);
    if (word === undefined) {
      word = jargon && random.chance(share) ? foreign(random) : odd(random, recased(segment, cased), oddness);
      words.set(segment, word);
    }
    return word;
  };
  return operations.map((each) => ({ ...each, segments: each.segments.map(rename) }));
}

function foreign(random: Random): string {
  const onset = "b d f g h k l m n p r s t v z br kr st sch tr".split(" ");
  const rest = "a e i o u ei au ung en er ka sto nia ler ist".split(" ");
  return Array.from({ length: random.int(2, 4) }, () => random.pick(onset) + random.pick(rest)).join("");
}

/** Names of modules, groups and editions are route words, too: `Acme.Billing`, `billing.acme.io`, `billing2`, `b2b`, `BILLING`. */
function odd(random: Random, word: string, share: number): string {
  if (!random.chance(share)) return word;
  const owner = foreign(random);
  const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  return random.pick([
    `${upper(owner)}.${upper(word)}`,
    `${word}.${owner}.${random.pick(["io", "com", "net", "org"])}`,
    `${word}${random.int(2, 9)}`,
    `${owner.charAt(0)}${random.int(2, 9)}${owner.charAt(1)}`,
    word.toUpperCase(),
    upper(word),
    `${word}.${random.pick(["json", "php", "do", "xml", "aspx"])}`,
    `_${word}`,
  ]);
}

function recased(word: string, style: Style["cased"]): string {
  const parts = word
    .replaceAll(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[-_]/);
  if (style === "kebab") return parts.join("-");
  if (style === "snake") return parts.join("_");
  if (style === "camel")
    return parts
      .map((part, index) => (index === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1)))
      .join("");
  return word;
}

/** Response keys: the document's, or invented where it says nothing. */
function plan(style: Style, operation: CorpusOperation): Planned {
  const known = Object.entries(operation.keys);
  const keys = known.length > 0 ? known : inventedKeys(style, operation);
  const list = keys.map(
    ([key, required]) => [style.envelope ? `data/${key}` : key, required ? 1 : style.optional] as const,
  );
  return {
    ...operation,
    isList: keys.some(([key]) => /^(?:[^/]+\/)?\[\]\//.test(key)),
    keyList:
      style.envelope && operation.status !== 204
        ? [["status", 1], ["data", 1], ["message", style.optional], ...list]
        : list,
  };
}

function inventedKeys({ bare }: Style, { segments, status, method }: CorpusOperation): [string, boolean][] {
  if (bare === "none" || status === 204 || method === "DELETE" || method === "HEAD") return [];
  if (bare === "generic")
    return [
      ["id", true],
      ["name", true],
      ["createdAt", true],
    ];
  const word = segments.findLast((segment) => !segment.includes("{")) ?? "item";
  const own = Array.from({ length: 2 + (hash32(word) % 6) }, (_, index): [string, boolean] => [
    `${singular(word)}${index}`,
    hash32(word + index) % 2 === 0,
  ]);
  const isItem = segments.at(-1)?.includes("{") === true;
  const keys: [string, boolean][] = [["id", true], ["createdAt", false], ...own];
  return isItem || method !== "GET" ? keys : keys.map(([key, required]) => [`items/[]/${key}`, required]);
}

function keysFor(random: Random, { perValue }: Style, { keyList }: Planned, path: string): string[] {
  return keyList
    .filter(
      ([key, chance]) =>
        chance === 1 || (perValue ? (hash32(path + key) % 1000) / 1000 : random.next()) < chance,
    )
    .map(([key]) => key);
}

function answerOf({ media, status, method }: Planned): string {
  if (status === 204 || status === 205 || method === "HEAD") return "none";
  if (/json|^$|\*/.test(media)) return "json";
  if (/html/.test(media)) return "html";
  return /xml/.test(media) ? "xml" : media.startsWith("text") ? "text" : "binary";
}

function statusFor(
  random: Random,
  { missing, refused, broken }: Style,
  { status }: CorpusOperation,
  hasParameters: boolean,
): number {
  const draw = random.next();
  if (hasParameters && draw < missing) return 404;
  if (draw < missing + refused) return random.pick([400, 401, 403, 422, 429]);
  if (draw < missing + refused + broken) return random.pick([500, 502, 503]);
  return random.chance(0.01) ? 304 : status;
}

interface Spot {
  readonly name: string;
  readonly pool: string;
  readonly before: string;
  readonly behindVariable: boolean;
}

function placesOf({ segments }: CorpusOperation): Spot[] {
  const spots: Spot[] = [];
  let before = "";
  for (const segment of segments) {
    for (const [, name = "id"] of segment.matchAll(/\{([^{}]*)\}/g))
      spots.push({
        name,
        before,
        pool: `${before.toLowerCase()} ${name.toLowerCase().replaceAll(/[^a-z]/g, "")}`,
        behindVariable: spots.length > 0,
      });
    if (!segment.includes("{")) before = segment;
  }
  return spots;
}

interface World {
  readonly random: Random;
  readonly style: Style;
  readonly house: House;
  readonly pools: Map<string, Pool>;
}

function pathFor(world: World, operation: Planned, spots: readonly Spot[]): string {
  let at = 0;
  let above = "";
  const fill = (): string => {
    const spot = spots[at] as Spot;
    at += 1;
    const value = valueAt(world, operation, spot, above);
    above = value;
    return value;
  };
  return `/${operation.segments.map((segment) => segment.replaceAll(/\{[^{}]*\}/g, fill)).join("/")}`;
}

function valueAt(
  { random, style, house, pools }: World,
  { parameters }: Planned,
  spot: Spot,
  above: string,
): string {
  const name = style.sharedPools ? (spot.pool.split(" ")[1] ?? "") : spot.pool;
  let pool = pools.get(name);
  if (pool === undefined) {
    const { make, family } = makerFor(house, spot.name, parameters[spot.name] ?? {});
    const values = new Set<string>();
    const size = poolSize(random, family, style.most);
    for (let tries = 0; values.size < size && tries < size * 3; tries += 1) values.add(make(tries));
    pool = {
      family,
      values: [...values],
      draw: zipf(values.size, random.chance(0.5) ? style.popularity : random.next() * 2),
      nested: spot.behindVariable && random.chance(style.nested) ? random.logInt(1, 40) : 0,
    };
    pools.set(name, pool);
  }
  const rank = pool.draw(random);
  if (pool.nested === 0 || above === "") return pool.values[rank] as string;
  return pool.values[(hash32(above) + (rank % pool.nested)) % pool.values.length] as string;
}

const ID_NAMES = ["id", "uuid", "key", "slug", "name", "login", "code", "number", "username"];

/** Values that lists and references in responses gave, and others' beside them. */
function returnedOf(
  random: Random,
  { provenance, listed, most, said }: Style,
  pools: ReadonlyMap<string, Pool>,
  planned: readonly Planned[],
): Returned {
  const kept: Record<string, number[]> = {};
  const give = (field: string, value: string) => (kept[field] ??= []).push(hash32(value));
  if (provenance === 0 && random.chance(0.5)) return { kept: {}, tau: null, rest: null };
  for (const [name, { values }] of pools) {
    if (!random.chance(provenance)) continue;
    const parameter = name.split(" ").at(-1) ?? "id";
    const field =
      ID_NAMES.includes(parameter) || parameter.endsWith("id")
        ? parameter
        : random.pick([...ID_NAMES, parameter]);
    for (const value of values) if (random.chance(listed)) give(field, decoded(value));
  }
  // Names and kinds of things are often called like the routes that lead to them.
  const words = new Set(
    planned.flatMap(({ segments }) => segments.filter((segment) => !segment.includes("{"))),
  );
  for (const word of words) if (random.chance(said)) give(random.pick(["name", "key", "code"]), word);
  for (const field of ID_NAMES)
    if (random.chance(0.4))
      for (let index = random.logInt(1, most); index > 0; index -= 1) give(field, `other ${index}`);
  const fields = Object.keys(kept)
    .sort((a, b) => hash32(a) - hash32(b))
    .slice(0, 16);
  return {
    kept: Object.fromEntries(fields.map((field) => [field, smallest(kept[field] ?? [], RETURNED_HASHES)])),
    tau: null,
    rest: null,
  };
}

function smallest(hashes: Iterable<number>, most: number): number[] {
  return [...new Set(hashes)].sort((a, b) => a - b).slice(0, most);
}

interface Heard {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly caller: number;
  readonly keys: readonly string[];
  readonly isList: boolean;
  readonly answer: string;
  readonly signed: boolean;
  /** Undefined for scanners. */
  readonly truth?: readonly string[];
}

interface Row {
  readonly key: RouteKey;
  readonly kind: "good" | "bad";
  requests: number;
  readonly statuses: Record<string, number>;
  readonly callers: Set<number>;
  authenticated: number;
  readonly answers: Record<string, number>;
  readonly keys: Set<number>;
  listed: number;
  readonly pages: Record<string, number>;
  readonly segments: readonly (number | null)[];
  last: number;
  readonly first: number;
}

/** Adds requests up to routes as the digest and `routesOf` would. */
class Book {
  readonly #rows = new Map<string, Row>();
  readonly #cells = new Map<string, Cell>();
  readonly #paths = new Map<string, string>();
  #clock = 1_750_000_000_000;

  hear(heard: Heard): void {
    const { method, status, truth } = heard;
    this.#clock += 1000;
    let path = this.#paths.get(heard.path);
    if (path === undefined) this.#paths.set(heard.path, (path = readPath(heard.path, () => false).path));
    const kind = provesRoute(String(status)) && method !== "OPTIONS" ? "good" : "bad";
    const row = this.#row(kind, method, path);
    row.requests += 1;
    row.last = this.#clock;
    row.callers.add(hash32(`client ${heard.caller}`));
    row.statuses[status] = (row.statuses[status] ?? 0) + 1;
    if (status >= 300 || status < 200) return;
    if (heard.signed) row.authenticated += 1;
    row.answers[heard.answer] = (row.answers[heard.answer] ?? 0) + 1;
    if (heard.answer === "json") {
      for (const key of heard.keys) row.keys.add(hash32(key));
      if (heard.isList) row.listed += heard.keys.length % 7;
    }
    if (heard.answer === "html") row.pages["170"] = (row.pages["170"] ?? 0) + 1;
    if (truth !== undefined) this.#tell(row.key, truth);
  }

  #row(kind: "good" | "bad", method: string, path: string): Row {
    const name = `${kind} ${method} ${path}`;
    let row = this.#rows.get(name);
    if (row === undefined) {
      const key = { method, path, declared: false, style: "rest", operation: null } as const;
      const segments = path
        .split("/")
        .slice(1)
        .map((segment) => (segment.includes("{") ? null : hash32(decoded(segment))));
      row = {
        key,
        kind,
        requests: 0,
        statuses: {},
        callers: new Set(),
        authenticated: 0,
        answers: {},
        keys: new Set(),
        listed: 0,
        pages: {},
        segments,
        first: this.#clock,
        last: this.#clock,
      };
      this.#rows.set(name, row);
    }
    return row;
  }

  #tell(key: RouteKey, truth: readonly string[]): void {
    const name = `${key.method} ${key.path} ${bare(truth)}`;
    const cell = this.#cells.get(name);
    if (cell === undefined) this.#cells.set(name, { key, truth, requests: 1 });
    else cell.requests += 1;
  }

  cells(): Cell[] {
    return [...this.#cells.values()];
  }

  routes(): Route[] {
    return [...this.#rows.values()].map((row) => ({
      kind: row.kind,
      key: row.key,
      evidence: {
        requests: row.requests,
        firstSeen: row.first,
        lastSeen: row.last,
        protocol: "http/1.1",
        statuses: row.statuses,
        callers: smallest(row.callers, GROUPING_CALLERS),
        authenticated: row.authenticated,
        answers: row.answers,
        keys: smallest(row.keys, ROUTE_KEYS),
        listed: row.listed,
        pages: row.pages,
        segments: row.segments,
      },
    }));
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

// What scanners ask everywhere, in our own choice; the product recognises far more.
const PROBES =
  ".env .git/HEAD .svn/entries wp-content/debug.log wp-json/wp/v2/users administrator/index.php phpinfo.php pma/index.php vendor/autoload.php actuator/heapdump _profiler/phpinfo telescope/requests solr/ jenkins/login cgi-bin/test.cgi geoserver/web api/v1/pods swagger-ui.html v2/api-docs graphql .well-known/security.txt robots.txt favicon.ico sitemap.xml server-info druid/index.html nacos/v1/auth/users GponForm/diag_Form autodiscover/autodiscover.xml ecp/Current/exporttool backup.sql old/index.php test/ admin/ login".split(
    " ",
  );

function addNoise(
  { random, style, house, book }: Omit<World, "pools"> & { readonly book: Book },
  planned: readonly Planned[],
  lexicon: Lexicon,
): void {
  const count = Math.min(
    20_000,
    Math.round((style.requests * style.noise) / (1 - Math.min(0.9, style.noise))),
  );
  const prefixes = planned.slice(0, 60).flatMap(({ segments }) => {
    const end = segments.findIndex((segment) => segment.includes("{"));
    return segments.slice(0, end < 0 ? segments.length : end).map((_, depth) => segments.slice(0, depth + 1));
  });
  const word = makerFor(house, "name", {}).make;
  const junk = (index: number) => (random.chance(0.5) ? word(index) : random.pick(lexicon.routeWords));
  for (let index = 0; index < count; index += 1) {
    const kind = random.next();
    const segments =
      kind < 0.45
        ? [random.pick(PROBES)]
        : kind < 0.75 && prefixes.length > 0
          ? [...random.pick(prefixes), junk(index)]
          : Array.from({ length: random.int(1, 4) }, () => junk(index));
    const isPage = random.chance(style.page);
    book.hear({
      method: random.pick(["GET", "GET", "GET", "POST", "HEAD"]),
      path: `/${segments.join("/")}`,
      status: isPage
        ? 200
        : random.weighted([
            [404, 86],
            [403, 5],
            [401, 5],
            [301, 3],
            [400, 1],
          ] as const),
      caller: 100_000 + random.int(0, 4),
      keys: [],
      isList: false,
      answer: "html",
      signed: false,
    });
  }
}
