// Projects a sighting onto its routes: light evidence, apart for what proves the route and for the rest.
import { emptyRecord, setEntry } from "../../model/bounded.ts";
import type { Heard } from "../../model/grouping-facts.ts";
import { GROUPING_CALLERS, provesRoute } from "../../model/grouping-facts.ts";
import { hash32 } from "../../model/hash.ts";
import type { Route, RouteEvidence, RouteKey } from "../../model/route.ts";
import { ROUTE_KEYS } from "../../model/route.ts";
import type { Shape } from "../../model/shape.ts";
import type { BodyFacts, Facts, ResponseFacts, SightingKey } from "../../model/sighting.ts";

/** One or two routes, "good" and "bad". Projecting the join of two sightings gives the join of their projections. */
export function routesOf(key: SightingKey, facts: Facts): readonly Route[] {
  const { method, path, declared, style, operation } = key;
  const route: RouteKey = { method, path, declared, style, operation };
  const good = partOf(key, facts, true);
  const bad = partOf(key, facts, false);
  return [
    ...(good === null ? [] : [{ kind: "good" as const, key: route, evidence: good }]),
    ...(bad === null ? [] : [{ kind: "bad" as const, key: route, evidence: bad }]),
  ];
}

function partOf(key: SightingKey, facts: Facts, good: boolean): RouteEvidence | null {
  const statuses = emptyRecord<number>();
  let requests = 0;
  const answers: ResponseFacts[] = [];
  for (const status in facts.responses) {
    const response = facts.responses[status] as ResponseFacts;
    if (provesRoute(status) !== good) continue;
    setEntry(statuses, status, response.count);
    requests += response.count;
    if (good) answers.push(response);
  }
  if (requests === 0) return null;
  const heard = heardOf(facts, good);
  const { segments = [], pages } = facts.grouping ?? {};
  return {
    requests,
    firstSeen: heard.first,
    lastSeen: heard.last,
    protocol: key.protocol,
    statuses,
    callers: heard.callers,
    ...answersOf(answers),
    ...(good ? { authenticated: authenticatedIn(facts), pages: pages ?? emptyRecord() } : NOTHING_GOOD),
    segments,
  };
}

const NOTHING_GOOD = { authenticated: 0, pages: emptyRecord<number>() };

/** Collectors of an older edition do not tell the two apart. */
function heardOf(facts: Facts, good: boolean): Heard {
  const told = good ? facts.grouping?.good : facts.grouping?.bad;
  if (told !== undefined) return told;
  const callers = facts.distinctCallers.slice(0, GROUPING_CALLERS);
  return { first: facts.firstSeen, last: facts.lastSeen, callers };
}

function authenticatedIn({ auth }: Facts): number {
  let count = 0;
  for (const key in auth.kept) {
    const held = auth.kept[key];
    if (held !== undefined && held.scheme !== "none" && held.scheme !== "not-recorded")
      count += held.successes;
  }
  return count;
}

function answersOf(responses: readonly ResponseFacts[]): Pick<RouteEvidence, "answers" | "keys" | "listed"> {
  const answers = emptyRecord<number>();
  const keys = new Set<number>();
  let listed = 0;
  const count = (kind: string, more: number) => {
    if (more > 0) answers[kind] = (answers[kind] ?? 0) + more;
  };
  for (const response of responses) {
    let empty = response.count;
    for (const type in response.bodies) {
      const body = response.bodies[type] as BodyFacts;
      count(answerKind(type), body.count);
      empty -= body.count;
      if (body.shape === null) continue;
      listed += listedIn(body.shape);
      addKeys(keys, body.shape, 0x51_7c_c1b7, 0);
    }
    count("none", empty);
  }
  return { answers, keys: [...keys].sort((a, b) => a - b).slice(0, ROUTE_KEYS), listed };
}

/** What kind of thing answers, coarsely: the media types of one endpoint may vary a little. */
function answerKind(type: string): string {
  if (type.includes("json")) return "json";
  if (type.includes("html")) return "html";
  if (type.includes("xml")) return "xml";
  const [, text] = /^(text|image|audio|video|font)\//.exec(type) ?? [];
  return text ?? (type === "" ? "none" : "binary");
}

// Deeper keys say more about single objects than about what is answered.
const MAX_DEPTH = 3;

function addKeys(keys: Set<number>, shape: Shape, place: number, depth: number): void {
  const items = shape.array?.items;
  if (items !== undefined) addKeys(keys, items, mixed(place, LIST), depth);
  if (shape.object === undefined || depth >= MAX_DEPTH) return;
  const { kept } = shape.object.fields;
  for (const name in kept) {
    const at = mixed(place, hash32(name));
    keys.add(at);
    addKeys(keys, kept[name] as Shape, at, depth + 1);
  }
}

const LIST = hash32("[]");

/** Order matters: a key below another is not the other below it. The multiplier is that of MurmurHash3. */
function mixed(place: number, name: number): number {
  const hash = Math.imul(place ^ Math.imul(name, 0xcc_9e_2d_51), 0x1b_87_35_93) + 0xe6_54_6b_64;
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Objects in arrays at the root and directly below it: what listings answer. */
function listedIn(shape: Shape): number {
  const fields = Object.values(shape.object?.fields.kept ?? {});
  return [shape, ...fields].reduce((listed, field) => listed + itemsOf(field), 0);
}

function itemsOf({ array }: Shape): number {
  return array?.items?.object?.count ?? 0;
}
