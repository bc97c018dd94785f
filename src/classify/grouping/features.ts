// What speaks for and against a segment being a value, in numbers that do not grow with traffic.
import { emptyRecord } from "../../model/bounded.ts";
import { hash32 } from "../../model/hash.ts";
import type { Kinds, Place } from "./place.ts";
import { kindsOf, mergePlaces } from "./place.ts";
import { idsBelow, meanOf, outlineLikeness, pairsOf } from "./similarity.ts";
import { isHardCore, tokenClass } from "./token.ts";
import type { Crowd, FeatureTools, Peer } from "./child-features.ts";
import { addCount, addLikeness, addProvenance, peerOf, returnedOf } from "./child-features.ts";
import { addWord, isPlural, rolesOf, takesValues } from "./word-features.ts";

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
    addWord(values, segment, tools.vocabulary);
    values["recurs"] = Math.log1p(Math.max(0, (tools.recurrence.get(segment) ?? 1) - 1));
    addCount(values, child, crowd);
    addLikeness(values, { segment, child, crowd, tools });
    addProvenance(values, child, tools);
    return { segment, values };
  });
}

function crowdOf(place: Place, { soft, hard, suffixes }: Kinds, tools: FeatureTools): Crowd {
  const child = (name: string): Place => place.children.get(name) as Place;
  const requestsOf = (names: readonly string[]) => names.reduce((sum, name) => sum + child(name).requests, 0);
  const total = place.requests - requestsOf(suffixes);
  const sample = sampleOf(soft);
  const peers = sample.map((name) => peerOf(name, child(name), tools.templater));
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
    ...wordsAmong(sample, tools),
    ...collectionAt(place),
    alike: alikeIn(peers),
    ...returnedAt(sample.map(child), tools),
  };
  return {
    total: Math.max(1, total),
    peers,
    hard: hard.length === 0 ? null : tools.templater.outline(mergePlaces(hard.slice(0, 20).map(child))),
    ofClass,
    soft: soft.length,
    values,
  };
}

/** How many are route words that several APIs have, and how many no API has. */
function wordsAmong(
  names: readonly string[],
  { vocabulary }: FeatureTools,
): Readonly<Record<string, number>> {
  const uses = names.map((name) => rolesOf(name, vocabulary).route);
  const share = (isMeant: (use: number) => boolean) =>
    meanOf(
      uses.map((use) => (isMeant(use) ? 1 : 0)),
      0,
    );
  return { words: share((use) => use >= 2), unknownAll: share((use) => use === 0) };
}

/** How many of those that the sample of returned values tells of were returned, and how many these are. */
function returnedAt(children: readonly Place[], tools: FeatureTools): Readonly<Record<string, number>> {
  const known = children.flatMap((child) => returnedOf(child, tools) ?? []);
  return { returnedAll: meanOf(known, 0), returnedKnown: Math.log1p(known.length) };
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
    busiest: counts.reduce((most, count) => Math.max(most, count), 0) / (each * soft.length),
  };
}

function alikeIn(peers: readonly Peer[]): number {
  const likes = pairsOf(peers).map(([a, b]) => outlineLikeness(a.outline, b.outline));
  return meanOf(likes, 0.5);
}

/** Segments in front of an API's routes. */
export const FRAME_WORD =
  /^(?:api|apis|rest|rpc|public|admin|internal|v?\d{1,3}(?:[._]\d+)*|v\d+(?:alpha|beta)\d*|20\d\d-\d\d-\d\d)$/i;

function contextOf(around: Around, tools: FeatureTools): Readonly<Record<string, number>> {
  const before = around.at(-1);
  const kind = kindBefore(before);
  return {
    [`behind:${kind}`]: 1,
    depth: Math.min(around.length, 6),
    takesValues: takesValues(before, tools.vocabulary),
  };
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

export type { FeatureTools, WasReturned } from "./child-features.ts";
