// Decides for the children of one place which are values and which are words.
import { clustersOf, sharedBelow } from "./clusters.ts";
import type { Around, FeatureTools } from "./features.ts";
import { extractFeatures, kindBefore } from "./features.ts";
import type { Place } from "./place.ts";
import { kindsOf, mergePlaces } from "./place.ts";
import type { Asked, Rules } from "./rules.ts";
import { answersLikenessBelow, medianOf, outlineLikeness } from "./similarity.ts";
import { SUFFIX_MARK, tokenClass } from "./token.ts";
import type { Weights } from "./weights.ts";
import { scoreOf } from "./weights.ts";

export type DecidedBy = "pin" | "document" | "form" | "evidence" | "rule";

/** About one segment at one place. */
export interface Verdict {
  readonly isValue: boolean;
  readonly by: DecidedBy;
  /** Log-odds from the segment's own features; null for what was not weighed. */
  readonly own: number | null;
  /** After looking at those like it. */
  readonly score: number | null;
}

export interface VerdictTools {
  readonly features: FeatureTools;
  readonly weights: Weights;
  readonly rules: Rules;
}

/** By segment, of all children but suffixes. */
export function verdictsOf(place: Place, around: Around, tools: VerdictTools): ReadonlyMap<string, Verdict> {
  const { hard, soft } = kindsOf(place);
  const verdicts = new Map<string, Verdict>();
  for (const name of hard) verdicts.set(name, { isValue: true, by: "form", own: null, score: null });
  for (const [name, verdict] of weighed(place, around, { soft, tools })) verdicts.set(name, verdict);
  for (const name of soft) {
    const ruled = tools.rules.about({ place, around, name });
    if (ruled !== null) verdicts.set(name, { ...(verdicts.get(name) as Verdict), ...ruled });
  }
  return verdicts;
}

interface Weighed {
  readonly name: string;
  readonly own: number;
  score: number;
  isValue: boolean;
}

function weighed(
  place: Place,
  around: Around,
  { soft, tools }: { readonly soft: readonly string[]; readonly tools: VerdictTools },
): readonly (readonly [string, Verdict])[] {
  const { weights, features, rules } = tools;
  const all = new Map<string, Weighed>();
  for (const child of extractFeatures(place, around, features)) {
    const own = scoreOf(child, weights);
    all.set(child.segment, { name: child.segment, own, score: own, isValue: false });
  }
  for (const members of clustersOf(place, soft, features.templater).flatMap(kinsOf)) {
    const cluster = members.map((name) => all.get(name) as Weighed);
    smooth(place, cluster, tools);
    for (const member of cluster)
      member.isValue = member.score > weights.threshold - rules.inertia(around, member.name);
    vote(place, cluster, tools);
  }
  joinHard(place, [...all.values()], tools);
  joinMany(place, [...all.values()], tools);
  for (const member of all.values()) member.isValue &&= !isAlone({ place, around, name: member.name }, tools);
  return [...all.values()].map(({ name, own, score, isValue }) => [
    name,
    { isValue, by: "evidence" as const, own, score },
  ]);
}

/** A number beside words is no less a value, however alike they behave: only what is of one form is decided together. */
function kinsOf(names: readonly string[]): readonly (readonly string[])[] {
  const isTelling = (name: string) => TELLING.test(tokenClass(name));
  return [names.filter(isTelling), names.filter((name) => !isTelling(name))].filter(
    ({ length }) => length > 0,
  );
}

/** Forms that words rarely have: one such value is enough. */
const TELLING =
  /^(?:int|decimal|date|semver|short-hex|region|coordinates|locale|mixed|code-digits|.*-digits)$/;

/** In front, where an API's sections stand, a handful of names that lead nowhere is no more than one elsewhere. */
const FEWEST = { front: 6, elsewhere: 2 };

/** The only one at its place, of a form words have, and never returned: one name that is always the same is a word. */
function isAlone({ place, around, name }: Asked, { features }: VerdictTools): boolean {
  const siblings = [...place.children.keys()].filter((other) => !other.startsWith(SUFFIX_MARK));
  const { hash, children } = place.children.get(name) as Place;
  const isFront = children.size === 0 && /^(?:root|frame)$/.test(kindBefore(around.at(-1)));
  const fewest = isFront ? FEWEST.front : FEWEST.elsewhere;
  if (siblings.length >= fewest || place.tau < 1 || TELLING.test(tokenClass(name))) return false;
  return hash === null || features.wasReturned(hash) !== true;
}

// One very sure segment must not decide for all those like it.
const SUREST = 8;

/** What behaves alike is one decision: each takes the mean, as far as it is not known to be a word of its own. */
function smooth(place: Place, cluster: readonly Weighed[], { weights, features }: VerdictTools): void {
  const { vocabulary, templater } = features;
  const bounded = cluster.map(({ own }) => Math.max(-SUREST, Math.min(SUREST, own)));
  const mean = bounded.reduce((sum, own) => sum + own, 0) / cluster.length;
  const names = cluster.map(({ name }) => name);
  const together = mean + weights.shared * sharedBelow(place, names, templater);
  for (const member of cluster) {
    // The better known as an alias, the less it is taken along by its neighbours (`me`, but hardly `data`).
    const { besideVariables } = vocabulary.roles(member.name.toLowerCase());
    const pull = 1 / (1 + besideVariables / 2);
    member.score = together <= member.own ? together : member.own + (together - member.own) * pull;
  }
}

/** The many take the few along: half of a cluster for a variable, two thirds against one. */
function vote(place: Place, cluster: readonly Weighed[], tools: VerdictTools): void {
  const inside = cluster.filter(({ isValue }) => isValue);
  const outside = cluster.filter(({ isValue }) => !isValue);
  if (cluster.length >= 3 && inside.length >= 0.5 * cluster.length) {
    const usual = medianOf(cluster.map(({ name }) => (place.children.get(name) as Place).requests));
    for (const member of outside) member.isValue = !isWordOfItsOwn(place, member.name, { usual, tools });
  } else if (cluster.length >= 4 && inside.length <= 0.34 * cluster.length) {
    for (const member of inside) member.isValue = !isPlainWord(place, member.name, tools);
  }
}

/** Aliases, and known words that are asked for far more often than the values beside them. */
function isWordOfItsOwn(
  place: Place,
  name: string,
  { usual, tools }: { readonly usual: number; readonly tools: VerdictTools },
): boolean {
  const roles = tools.features.vocabulary.roles(name.toLowerCase());
  const child = place.children.get(name) as Place;
  // What goes on as the values do is more likely one of them than what ends here.
  const known = tools.features.templater.belowWords(child).length >= 4 ? 8 : 2;
  return roles.besideVariables >= known || (roles.route >= 3 && child.requests >= 4 * Math.max(1, usual));
}

const PLAIN = /^(?:word|camel|snake|slug|host|other|dotted)$/;

function isPlainWord(place: Place, name: string, { features }: VerdictTools): boolean {
  const { hash } = place.children.get(name) as Place;
  return PLAIN.test(tokenClass(name)) && (hash === null || features.wasReturned(hash) !== true);
}

/** So many values, and so large a share of all that stands there, make stragglers of the rest. */
const MANY = 20;
const NEARLY_ALL = 0.85;
/** Stragglers go on as the values do; words that end there need not. */
const GOES_ON = 4;

/** Beside dozens of values, a word no API has, or one with all of the values' routes below it, is one of them. */
function joinMany(place: Place, all: readonly Weighed[], tools: VerdictTools): void {
  const inside = all.filter(({ isValue }) => isValue);
  const outside = all.filter(({ isValue }) => !isValue);
  if (outside.length === 0 || !areManyWords(inside, all)) return;
  const { templater, vocabulary } = tools.features;
  const child = (name: string) => place.children.get(name) as Place;
  const values = mergePlaces(inside.slice(0, 40).map(({ name }) => child(name)));
  const outline = templater.outline(values);
  for (const member of outside) {
    const straggler = child(member.name);
    const roles = vocabulary.roles(member.name.toLowerCase());
    const like = outlineLikeness(templater.outline(straggler), outline);
    const answers = answersLikenessBelow(templater.shapes(straggler), templater.shapes(values));
    if (answers !== null && answers.conflicts >= 0.5) continue;
    member.isValue =
      roles.route === 0
        ? member.own > SURE_WORD && like >= 0.5
        : like >= 0.6 && roles.besideVariables < 8 && templater.belowWords(straggler).length >= GOES_ON;
  }
}

/** Most values are words, and nearly all that stands there is a value. */
function areManyWords(inside: readonly Weighed[], all: readonly Weighed[]): boolean {
  if (inside.length < MANY || inside.length < NEARLY_ALL * all.length) return false;
  // A word beside numbers is none of them, but another way to say which one.
  return inside.filter(({ name }) => PLAIN.test(tokenClass(name))).length >= 0.5 * inside.length;
}

// A segment this surely a word is none of the values beside it, however alike.
const SURE_WORD = -4;

/** What answers as the values for sure do, and goes nowhere from there, is one of them: one place, one variable. */
function joinHard(place: Place, all: readonly Weighed[], tools: VerdictTools): void {
  const hard = kindsOf(place).hard.slice(0, 20);
  const { templater } = tools.features;
  const outside = all.filter(({ isValue }) => !isValue);
  if (hard.length === 0 || outside.length === 0) return;
  const outline = templater.outline(mergePlaces(hard.map((name) => place.children.get(name) as Place)));
  const usual = medianOf(all.map(({ name }) => (place.children.get(name) as Place).requests));
  for (const member of outside) {
    const child = place.children.get(member.name) as Place;
    const isAlike = child.children.size === 0 && outlineLikeness(templater.outline(child), outline) >= 0.8;
    if (isAlike && member.own > SURE_WORD && !isWordOfItsOwn(place, member.name, { usual, tools }))
      member.isValue = true;
  }
}
