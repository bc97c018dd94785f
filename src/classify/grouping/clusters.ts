// Segments at one place that behave alike: same methods, answers and templates below. They are decided together.
import type { Distinct } from "../../model/bounded.ts";
import type { Place } from "./place.ts";
import type { Outline } from "./similarity.ts";
import type { Templater } from "./templater.ts";
import {
  answersLikenessBelow,
  belowLikeness,
  idsBelow,
  meanOf,
  medianOf,
  outlineLikeness,
  pairsOf,
} from "./similarity.ts";

// Below it two segments do different things.
const ALIKE = 0.55;
// Wider places have few kinds of children; what fits none joins the last.
const MOST = 24;

interface Leader {
  readonly outline: Outline;
  readonly below: Distinct;
  readonly members: string[];
}

/** Leader clustering from the busiest segment on. */
export function clustersOf(
  place: Place,
  soft: readonly string[],
  templater: Templater,
): readonly (readonly string[])[] {
  const leaders: Leader[] = [];
  const child = (name: string) => place.children.get(name) as Place;
  const ranked = [...soft].sort((a, b) => child(b).requests - child(a).requests || (a < b ? -1 : 1));
  for (const name of ranked) {
    const outline = templater.outline(child(name));
    const below = templater.below(child(name));
    const best = closest(leaders, outline, below);
    if (best !== undefined) best.members.push(name);
    else leaders.push({ outline, below, members: [name] });
  }
  return leaders.map(({ members }) => members);
}

function closest(leaders: readonly Leader[], outline: Outline, below: Distinct): Leader | undefined {
  let best: Leader | undefined;
  let most = ALIKE;
  for (const leader of leaders) {
    const direct = outlineLikeness(outline, leader.outline);
    const hasBelow = below.length > 0 || leader.below.length > 0;
    const like = hasBelow ? 0.6 * direct + 0.4 * belowLikeness(below, leader.below).jaccard : direct;
    if (like > most) {
      most = like;
      best = leader;
    }
  }
  return best ?? (leaders.length >= MOST ? leaders.at(-1) : undefined);
}

// Pairs of so many show what a cluster shares.
const SAMPLE = 10;

/**
 * How much shorter one variable is to write down than each of its values with all that lies below: zero up to three
 * shared templates. What begins with an id does not count, for collections share that, nor what is answered
 * differently below each.
 */
export function sharedBelow(place: Place, members: readonly string[], templater: Templater): number {
  if (members.length < 2) return 0;
  const children = members.slice(0, SAMPLE).map((name) => place.children.get(name) as Place);
  const sets = children.map((child) => templater.belowWords(child));
  const likes = pairsOf(sets).map(([a, b]) => belowLikeness(a, b));
  const shared = medianOf(likes.map((like) => like.shared));
  const contained = medianOf(likes.map((like) => like.containment));
  const ids = meanOf(children.map(idsBelow), 0);
  const shorter = Math.max(0, Math.log1p(shared) - Math.log(4));
  // A few templates in common may be chance; dozens are not, so the gain grows faster than their number.
  const gain = (shorter + shorter ** 2) * contained * (1 - Math.min(1, ids * 1.5));
  const { agreement, conflict } = answersBelow(children, templater);
  return (members.length >= 3 ? gain : gain * 0.6) * agreement - conflict;
}

// Below the first, answers are of different things; above the second, of the same with other optional fields.
const DIFFERENT = 0.35;
const SAME = 0.65;
// Samples of answers differ by chance now and then.
const CHANCE = 0.25;

/** Whether what lies below different members is answered alike (0 to 1), and how far it is not (0 to 1). */
function answersBelow(
  children: readonly Place[],
  templater: Templater,
): { readonly agreement: number; readonly conflict: number } {
  const shapes = children.map((child) => templater.shapes(child));
  const answers = pairsOf(shapes).flatMap(([a, b]) => answersLikenessBelow(a, b) ?? []);
  // Undecided where no answer tells.
  if (answers.length === 0) return { agreement: 0.7, conflict: 0 };
  const like = medianOf(answers.map((answer) => answer.like));
  const conflicts = meanOf(
    answers.map((answer) => answer.conflicts),
    0,
  );
  return {
    agreement: Math.max(0, Math.min(1, (like - DIFFERENT) / (SAME - DIFFERENT))),
    conflict: conflicts > CHANCE ? conflicts : 0,
  };
}
