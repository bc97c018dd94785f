// Routes become templates: a deterministic view of what was heard, of documents and of what people pinned.
import type { Returned } from "../../model/grouping-facts.ts";
import type { Route } from "../../model/route.ts";
import type { Branch, LastGrown } from "./branch.ts";
import { growBranches } from "./branch.ts";
import type { Decide, GroupingContext, Routes } from "./grouping.ts";
import { pinnedNames } from "./naming.ts";
import { shapesTemplates } from "./place.ts";
import type { Probing } from "./probing.ts";
import { probingIn } from "./probing.ts";
import { wasReturnedIn } from "./returned.ts";
import { rulesOf } from "./rules.ts";
import { createTemplateSet } from "./set.ts";
import { Stands } from "./stands.ts";
import { createTemplater } from "./templater.ts";
import type { TemplateSet } from "./template-set.ts";
import type { VerdictTools } from "./verdicts.ts";
import { VOCABULARY } from "./vocabulary.ts";
import { WEIGHTS } from "./weights.ts";

/** The last decision about each service's routes. */
const decided = new WeakMap<Routes, Decider>();

export const decide: Decide = (routes, context) => {
  const last = decided.get(routes);
  const decider = last?.isFor(context) === true ? last : new Decider(context);
  decided.set(routes, decider);
  return decider.decide(routes, context);
};

interface Decided {
  readonly revision: number;
  readonly context: GroupingContext;
  readonly returned: Returned;
  readonly root: Branch;
  readonly set: TemplateSet;
}

/**
 * Goes on from the last decision: only places with other routes, or about which something else is known, are decided
 * again. Without a last one everything is; the outcome is the same.
 */
class Decider {
  readonly #stands = new Stands();
  readonly #pinned: ReadonlyMap<string, string>;
  readonly #templater: ReturnType<typeof createTemplater>;
  #shaping: ReadonlySet<Route> = new Set();
  #last: Decided | null = null;
  readonly #first: GroupingContext;

  constructor(context: GroupingContext) {
    this.#first = context;
    this.#pinned = pinnedNames(context.pins);
    this.#templater = createTemplater(context.vocabulary ?? VOCABULARY, this.#stands.recurrence);
  }

  /** Whether everything but what is remembered and documented is as it was. */
  isFor({ pins, documentTemplates, weights, vocabulary }: GroupingContext): boolean {
    const first = this.#first;
    return (
      first.pins === pins &&
      first.documentTemplates === documentTemplates &&
      first.weights === weights &&
      first.vocabulary === vocabulary
    );
  }

  decide(routes: Routes, context: GroupingContext): TemplateSet {
    const last = this.#last;
    if (last !== null && last.revision === routes.revision && last.context === context) return last.set;
    const rows = [...routes.rows()];
    const probing = probingIn(rows);
    this.#reshape(rows, probing);
    const { taus, returned } = routes.sketch();
    this.#stands.fold(taus);
    const tools = this.#toolsFor(context, returned);
    const places = this.#stands.view(newsIn(last?.returned ?? returned, returned));
    const root = growBranches(places, tools, lastGrown(last, context));
    const parts = { root, rows, probing, tools, context, naming: { returned, pinned: this.#pinned } };
    const set = createTemplateSet(parts, last?.set ?? null);
    this.#last = { revision: routes.revision, context, returned, root, set };
    return set;
  }

  /** New and changed routes before old ones, so that places that stay are not taken for new. */
  #reshape(rows: readonly Route[], probing: Probing): void {
    const shaping = new Set(rows.filter((route) => shapesTemplates(route) && !probing.provesNothing(route)));
    for (const route of shaping) if (!this.#shaping.has(route)) this.#stands.put(route);
    for (const route of this.#shaping) if (!shaping.has(route)) this.#stands.drop(route);
    this.#shaping = shaping;
  }

  #toolsFor(context: GroupingContext, returned: Returned): VerdictTools {
    return {
      weights: context.weights ?? WEIGHTS,
      rules: rulesOf(context),
      features: {
        vocabulary: context.vocabulary ?? VOCABULARY,
        recurrence: this.#stands.recurrence,
        templater: this.#templater,
        wasReturned: wasReturnedIn(returned),
      },
    };
  }
}

/** Of which hashes something else is known now. */
function newsIn(before: Returned, now: Returned): ((hash: number) => boolean) | null {
  if (before === now) return null;
  const [was, is] = [wasReturnedIn(before), wasReturnedIn(now)];
  return (hash) => was(hash) !== is(hash);
}

function lastGrown(last: Decided | null, { previous }: GroupingContext): LastGrown | null {
  if (last === null) return null;
  return { root: last.root, unsettled: changedPlaces(last.context.previous, previous) };
}

/** Texts of all `around`s at or below which something is remembered that was not, or the other way round. */
function changedPlaces(before: readonly string[], now: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  if (before === now) return found;
  const [old, fresh] = [new Set(before), new Set(now)];
  const changed = [...before.filter((place) => !fresh.has(place)), ...now.filter((place) => !old.has(place))];
  for (const place of changed) {
    const segments = place.slice(1).split("/");
    for (let length = segments.length - 1; length >= 0; length -= 1) {
      found.add(segments.slice(0, length).join("/"));
    }
  }
  return found;
}
