// What speaks for and against a segment being a value, in numbers that do not grow with traffic.
import { emptyRecord } from "../../model/bounded.ts";
import { hash32 } from "../../model/hash.ts";
import type { Kinds, Place } from "./place.ts";
import { kindsOf, mergePlaces } from "./place.ts";
import type { Below, Outline, Templater } from "./similarity.ts";
import {
  answersLikenessBelow,
  belowLikeness,
  idsBelow,
  meanOf,
  medianOf,
  outlineLikeness,
  shapeLikeness,
} from "./similarity.ts";
import { isHardCore, tokenClass } from "./token.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Whether a value with this keyed hash was returned by the service: null where the sample does not tell. */
export type WasReturned = (hash: number) => boolean | null;

/** Everything the features of one service's places are computed with. */
export interface FeatureTools {
  readonly vocabulary: Vocabulary;
  readonly templater: Templater;
  readonly wasReturned: WasReturned;
  /** At how many places of the service a segment's text stands. */
  readonly recurrence: ReadonlyMap<string, number>;
}

/** Where a place stands: the segments above it as decided, variables as `{}`. */
export type Around = readonly string[];

/** Features of one soft child: name to number. Names are those of the weights; absent ones are zero. */
export interface ChildFeatures {
  readonly segment: string;
  readonly values: Readonly<Record<string, number>>;
}

// All pairs of a sample of this size are compared.
const SAMPLE = 14;

/** Features of the soft children of one place, by segment. The one extractor, for serving and for fitting. */
export function extractFeatures(place: Place, around: Around, tools: FeatureTools): readonly ChildFeatures[] {
  const kinds = kindsOf(place);
  if (kinds.soft.length === 0) return [];
  const crowd = crowdOf(place, kinds, tools);
  const context = contextOf(around, tools);
  return kinds.soft.map((segment) => {
    const child = place.children.get(segment) as Place;
    const values = emptyRecord<number>();
    Object.assign(values, context, crowd.values);
    addValue(values, segment, tools);
    addCount(values, child, crowd);
    addLikeness(values, { segment, child, crowd, tools });
    addProvenance(values, child, tools);
    addProducts(values);
    return { segment, values };
  });
}

/** What the children of a place have in common. */
interface Crowd {
  readonly total: number;
  readonly sample: readonly string[];
  readonly outlines: ReadonlyMap<string, Outline>;
  readonly below: ReadonlyMap<string, ReadonlySet<number>>;
  readonly shapes: ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>;
  readonly methods: ReadonlyMap<string, string>;
  /** Of the values for sure that stand here, seen as one; null when there are none. */
  readonly hard: Outline | null;
  readonly ofClass: ReadonlyMap<string, number>;
  readonly values: Readonly<Record<string, number>>;
}

function crowdOf(place: Place, { soft, hard, suffixes }: Kinds, tools: FeatureTools): Crowd {
  const child = (name: string): Place => place.children.get(name) as Place;
  const requestsOf = (names: readonly string[]) => names.reduce((sum, name) => sum + child(name).requests, 0);
  const total = place.requests - requestsOf(suffixes);
  const sample = sampleOf(soft);
  const outlines = new Map(sample.map((name) => [name, tools.templater.outline(child(name))] as const));
  const hardRequests = requestsOf(hard);
  const ofClass = new Map<string, number>();
  for (const name of soft) ofClass.set(tokenClass(name), (ofClass.get(tokenClass(name)) ?? 0) + 1);
  const values = {
    ...countsOf(place, soft),
    hard: hard.length > 0 ? 1 : 0,
    hardShare: hardRequests / Math.max(1, total),
    idsBelowAll: meanOf(
      sample.map((name) => idsBelow(child(name))),
      0,
    ),
    words: meanOf(
      sample.map((name) => (rolesOf(name, tools).route >= 2 ? 1 : 0)),
      0,
    ),
    ...collectionAt(place),
    alike: alikeIn([...outlines.values()]),
    returnedAll: meanOf(
      sample.flatMap((name) => returnedOf(child(name), tools) ?? []),
      0,
    ),
  };
  return {
    total: Math.max(1, total),
    sample,
    outlines,
    shapes: new Map(sample.map((name) => [name, tools.templater.shapes(child(name))] as const)),
    methods: new Map(sample.map((name) => [name, methodsOf(child(name))] as const)),
    below: new Map(sample.map((name) => [name, tools.templater.below(child(name))] as const)),
    hard: hard.length === 0 ? null : tools.templater.outline(mergePlaces(hard.slice(0, 20).map(child))),
    ofClass,
    values,
  };
}

/** What is asked at the place itself: collections list what they have and take what is new. */
function collectionAt({ ends }: Place): Readonly<Record<string, number>> {
  const lists = [...ends.values()].some(({ listed }) => listed > 0);
  return {
    listed: lists ? 1 : 0,
    readable: ends.has("GET") ? 1 : 0,
    addable: ends.has("POST") ? 1 : 0,
  };
}

function methodsOf({ ends }: Place): string {
  return [...ends.keys()].sort().join();
}

function sampleOf(names: readonly string[]): readonly string[] {
  if (names.length <= SAMPLE) return names;
  const ranked = names.map((name) => ({ name, rank: hash32(name) })).sort((a, b) => a.rank - b.rank);
  return ranked.slice(0, SAMPLE).map(({ name }) => name);
}

/** How many values there are and how many of them were heard once (Good and Turing: how many are still to come). */
function countsOf(place: Place, soft: readonly string[]): Readonly<Record<string, number>> {
  const counts = soft.map((name) => (place.children.get(name) as Place).requests);
  const distinct = Math.max(1, soft.length / place.tau);
  const once = counts.filter((count) => count === 1).length / soft.length;
  const each = counts.reduce((sum, count) => sum + count, 0) / soft.length;
  return {
    distinct: Math.log(distinct),
    only: soft.length === 1 && place.tau === 1 ? 1 : 0,
    many: Math.max(0, Math.log(distinct / 20)),
    once,
    novelty: once * Math.log(distinct),
    each: Math.min(Math.log(each), 2),
  };
}

function alikeIn(outlines: readonly Outline[]): number {
  const likes: number[] = [];
  for (const [index, outline] of outlines.entries()) {
    for (const other of outlines.slice(index + 1)) likes.push(outlineLikeness(outline, other));
  }
  return meanOf(likes, 0.5);
}

/** Segments in front of an API's routes. */
export const FRAME_WORD =
  /^(?:api|apis|rest|rpc|public|admin|internal|v?\d{1,3}(?:[._]\d+)*|v\d+(?:alpha|beta)\d*|20\d\d-\d\d-\d\d)$/i;

/** Plural enough for English route words: they name collections. */
export function isPlural(word: string): boolean {
  return /[^s]s$/i.test(word) && !/(?:us|is)$/i.test(word);
}

function contextOf(around: Around, tools: FeatureTools): Readonly<Record<string, number>> {
  const before = around.at(-1);
  const kind = kindBefore(before);
  return {
    bias: 1,
    [`behind:${kind}`]: 1,
    depth: Math.min(around.length, 6),
    takesValues: takesValues(before, tools),
  };
}

/** Log-odds that a variable follows the word before, as far as other APIs have it; 0 for words they do not have. */
function takesValues(before: string | undefined, tools: FeatureTools): number {
  if (before === undefined || before.includes("{}")) return 0;
  const { route, beforeVariables, beforeWords } = rolesOf(before, tools);
  return route < 2 ? 0 : Math.log((beforeVariables + 0.5) / (beforeWords + 0.5));
}

/** What stands before a place. */
export function kindBefore(
  before: string | undefined,
): "root" | "variable" | "frame" | "plural" | "singular" {
  if (before === undefined) return "root";
  if (before.includes("{}")) return "variable";
  if (FRAME_WORD.test(before)) return "frame";
  return isPlural(before) ? "plural" : "singular";
}

type Values = Record<string, number>;

function rolesOf(segment: string, { vocabulary }: FeatureTools) {
  return vocabulary.roles(segment.toLowerCase());
}

/** Behind these stands what the route is called: `update.json` is the route word `update`. */
const ROUTE_EXTENSION = /^(.+)\.(?:json|xml|php|html?|aspx?|jsp|do|cgi|action)$/i;

function addValue(values: Values, segment: string, tools: FeatureTools): void {
  const word = ROUTE_EXTENSION.exec(segment)?.[1] ?? segment;
  const roles = rolesOf(word, tools);
  const digits = word.replaceAll(/\D/g, "").length;
  values[`class:${tokenClass(word)}`] = 1;
  values["stem"] = word === segment ? 0 : 1;
  values["route"] = Math.log1p(roles.route);
  values["unknown"] = roles.route === 0 ? 1 : 0;
  values["common"] = roles.route >= 3 ? 1 : 0;
  values["beside"] = Math.log1p(roles.besideVariables);
  values["alias"] = roles.besideVariables >= 2 ? 1 : 0;
  values["collection"] = Math.log1p(roles.beforeVariables);
  values["section"] = Math.log1p(roles.beforeWords);
  values["spelling"] = tools.vocabulary.likelihood(word);
  values["length"] = Math.log(word.length + 1);
  values["verb"] = isVerb(word) ? 1 : 0;
  values["parts"] = knownParts(word, tools);
  values["digits"] = digits / Math.max(1, word.length);
  values["plural"] = isPlural(word) ? 1 : 0;
  values["recurs"] = Math.log1p(Math.max(0, (tools.recurrence.get(segment) ?? 1) - 1));
}

/*
  What routes are told to do, at the beginning of a word: `add_subnet`, `batchGet`, `reset-password`.
*/
const VERB =
  /^(?:abort|accept|activate|add|append|apply|approve|archive|assign|attach|authorize|batch|bulk|cancel|change|check|clear|clone|close|complete|confirm|convert|copy|create|deactivate|decline|decrypt|delete|deny|deploy|detach|disable|disconnect|dismiss|download|duplicate|edit|enable|encrypt|execute|export|fetch|find|finish|force|generate|get|grant|import|insert|install|invoke|join|leave|list|load|lock|lookup|make|mark|merge|migrate|modify|move|mute|open|pause|pin|poll|post|power|preview|process|publish|purge|put|query|read|reboot|rebuild|recover|refresh|refund|register|reject|release|reload|remove|rename|render|renew|reopen|replace|reply|request|resend|reset|resize|resolve|restart|restore|resume|retry|revert|revoke|rollback|rotate|run|save|schedule|search|select|send|set|share|shutdown|sign|star|start|stop|submit|subscribe|suspend|swap|sync|test|toggle|transfer|trigger|unarchive|unassign|unblock|undo|uninstall|unlock|unmute|unpin|unpublish|unregister|unstar|unsubscribe|unsuspend|update|upgrade|upload|upsert|validate|verify|vote|watch|withdraw|write)(?=$|[-_A-Z])/;

function isVerb(word: string): boolean {
  return VERB.test(word.charAt(0).toLowerCase() + word.slice(1));
}

/** Share of the parts of a compound (`by-name`, `listAll`) that are route words; 0 for what has one part. */
function knownParts(segment: string, tools: FeatureTools): number {
  const parts = segment
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .split(/[-_.]/)
    .filter((part) => part !== "");
  if (parts.length < 2) return 0;
  return parts.filter((part) => rolesOf(part, tools).route > 0).length / parts.length;
}

/** Items are read, and changed or removed; what is only ever posted to is done, not had. */
function endsKind({ ends }: Place): "none" | "read" | "post" | "write" | "several" {
  const methods = [...ends.keys()].filter((method) => method !== "HEAD" && method !== "OPTIONS");
  if (methods.length === 0) return "none";
  if (methods.length > 1) return "several";
  return methods[0] === "GET" ? "read" : methods[0] === "POST" ? "post" : "write";
}

// Something asked for as often that never was called anything else has one name.
const OFTEN = 100;

function addCount(values: Values, child: Place, { total }: Crowd): void {
  const share = Math.min(1, child.requests / total);
  values["share"] = share;
  values["logShare"] = Math.log(share);
  values["onceItself"] = child.requests === 1 ? 1 : 0;
  values["idsBelow"] = idsBelow(child);
  values["versionsBelow"] = versionsBelow(child);
  values["children"] = Math.log1p(child.children.size);
  values["ends"] = child.ends.size > 0 ? 1 : 0;
  values["endsAndGoesOn"] = child.ends.size > 0 && child.children.size > 0 ? 1 : 0;
  values["onlyOften"] = (values["only"] ?? 0) * Math.min(1, Math.log(child.requests) / Math.log(OFTEN));
  values[`ends:${endsKind(child)}`] = 1;
  values["changeable"] = child.ends.has("PUT") || child.ends.has("PATCH") ? 1 : 0;
  values["removable"] = child.ends.has("DELETE") ? 1 : 0;
  values["lists"] = [...child.ends.values()].some(({ listed }) => listed > 0) ? 1 : 0;
}

function versionsBelow(child: Place): number {
  let requests = 0;
  for (const [name, next] of child.children) if (tokenClass(name) === "version") requests += next.requests;
  return requests / Math.max(1, child.requests);
}

interface Child {
  readonly segment: string;
  readonly child: Place;
  readonly crowd: Crowd;
  readonly tools: FeatureTools;
}

function addLikeness(values: Values, { segment, child, crowd, tools }: Child): void {
  const outline = crowd.outlines.get(segment) ?? tools.templater.outline(child);
  const below = crowd.below.get(segment) ?? tools.templater.below(child);
  const others = crowd.sample.filter((name) => name !== segment);
  const outlines = others.map((name) => crowd.outlines.get(name) as Outline);
  const likes = outlines.map((other) => outlineLikeness(outline, other));
  const shapes = outlines.flatMap((other) => shapeLikeness(outline, other) ?? []);
  values["like"] = meanOf(likes, 0.5);
  values["likest"] = Math.max(0, ...likes);
  values["shape"] = meanOf(shapes, 0.5);
  values["shapest"] = shapes.length === 0 ? 0.5 : Math.max(...shapes);
  const shapesOf = crowd.shapes.get(segment) ?? tools.templater.shapes(child);
  const answers = others.flatMap(
    (name) => answersLikenessBelow(shapesOf, crowd.shapes.get(name) ?? NO_SHAPES) ?? [],
  );
  const deep = answers.map((answer) => answer.like);
  values["deepConflict"] = meanOf(
    answers.map((answer) => answer.conflicts),
    0,
  );
  values["deepShape"] = meanOf(deep, 0.5);
  values["deepShapeUsually"] = deep.length === 0 ? 0.5 : medianOf(deep);
  const methods = methodsOf(child);
  values["sameMethods"] =
    methods === ""
      ? 0
      : meanOf(
          others.map((name) => (crowd.methods.get(name) === methods ? 1 : 0)),
          0,
        );
  values["likeHard"] = crowd.hard === null ? 0.5 : outlineLikeness(outline, crowd.hard);
  values["ofClass"] =
    (crowd.ofClass.get(tokenClass(segment)) ?? 1) /
    Math.max(1, crowd.ofClass.size === 0 ? 1 : sumClasses(crowd));
  addBelow(
    values,
    below,
    others.map((name) => belowLikeness(below, crowd.below.get(name) ?? NOTHING)),
  );
}

const NOTHING: ReadonlySet<number> = new Set();
const NO_SHAPES: ReadonlyMap<number, readonly number[]> = new Map();

function sumClasses({ ofClass }: Crowd): number {
  let sum = 0;
  for (const count of ofClass.values()) sum += count;
  return sum;
}

function addBelow(values: Values, below: ReadonlySet<number>, likes: readonly Below[]): void {
  const jaccard = meanOf(
    likes.map((like) => like.jaccard),
    0.5,
  );
  const containment = meanOf(
    likes.map((like) => like.containment),
    0.5,
  );
  const shared = Math.log1p(
    meanOf(
      likes.map((like) => like.shared),
      0,
    ),
  );
  values["below"] = jaccard;
  values["contained"] = containment;
  values["shared"] = shared;
  values["sharedMuch"] = Math.max(0, shared - 1.6) * containment;
  values["sharedVeryMuch"] = Math.max(0, shared - 2.3) * jaccard;
  values["sharedUsually"] =
    Math.log1p(medianOf(likes.map((like) => like.shared))) * medianOf(likes.map((like) => like.containment));
  values["unshared"] = Math.log1p(below.size) - shared;
}

function addProvenance(values: Values, child: Place, tools: FeatureTools): void {
  const returned = returnedOf(child, tools);
  values["returned"] = returned ?? 0;
  values["notReturned"] = returned === 0 ? 1 : 0;
}

function returnedOf({ hash }: Place, { wasReturned }: FeatureTools): number | null {
  const known = hash === null ? null : wasReturned(hash);
  return known === null ? null : known ? 1 : 0;
}

/** What only counts together. */
const PRODUCTS: readonly (readonly [a: string, b: string])[] = [
  ["behind:plural", "unknown"],
  ["behind:plural", "route"],
  ["behind:plural", "like"],
  ["behind:plural", "shape"],
  ["behind:variable", "route"],
  ["behind:variable", "unknown"],
  ["behind:variable", "like"],
  ["behind:singular", "unknown"],
  ["unknown", "distinct"],
  ["unknown", "shape"],
  ["route", "like"],
  ["route", "shape"],
  ["like", "distinct"],
  ["shape", "distinct"],
  ["like", "like"],
  ["words", "distinct"],
  ["hard", "likeHard"],
  ["hard", "alias"],
  ["below", "shared"],
  ["contained", "shared"],
  ["takesValues", "unknown"],
  ["takesValues", "route"],
  ["deepShape", "shared"],
  ["deepShape", "distinct"],
  ["shape", "removable"],
  ["shape", "ends:post"],
  ["shape", "ends:read"],
  ["verb", "ends:post"],
  ["shape", "sameMethods"],
  ["sameMethods", "distinct"],
  ["behind:variable", "deepShape"],
  ["class:host", "versionsBelow"],
];

function addProducts(values: Values): void {
  for (const [a, b] of PRODUCTS) values[`${a} × ${b}`] = (values[a] ?? 0) * (values[b] ?? 0);
}

/** At how many places each text stands, of a whole service. */
export function recurrenceOf(root: Place): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const walk = (place: Place): void => {
    for (const [name, child] of place.children) {
      if (!isHardCore(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
      walk(child);
    }
  };
  walk(root);
  return counts;
}
