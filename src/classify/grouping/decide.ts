// Routes become templates: a deterministic view of what was heard, of documents and of what people pinned.
import type { Route } from "../../model/route.ts";
import { growBranches } from "./branch.ts";
import { recurrenceOf } from "./features.ts";
import type { Decide, GroupingContext, Routes } from "./grouping.ts";
import { pinnedNames } from "./naming.ts";
import { placesOf, shapesTemplates } from "./place.ts";
import { probingIn } from "./probing.ts";
import { wasReturnedIn } from "./returned.ts";
import { rulesOf } from "./rules.ts";
import { createTemplater } from "./templater.ts";
import { createTemplateSet } from "./set.ts";
import type { TemplateSet } from "./template-set.ts";
import type { VerdictTools } from "./verdicts.ts";
import { VOCABULARY } from "./vocabulary.ts";
import { WEIGHTS } from "./weights.ts";

interface Decided {
  readonly revision: number;
  readonly context: GroupingContext;
  readonly set: TemplateSet;
}

/** The last decision about each service's routes. */
const decided = new WeakMap<Routes, Decided>();

export const decide: Decide = (routes, context) => {
  const last = decided.get(routes);
  if (last !== undefined && last.revision === routes.revision && last.context === context) return last.set;
  const set = decideAnew(routes, context);
  decided.set(routes, { revision: routes.revision, context, set });
  return set;
};

function decideAnew(routes: Routes, context: GroupingContext): TemplateSet {
  const rows = [...routes.rows()].sort(byKey);
  const { taus, returned } = routes.sketch();
  const probing = probingIn(rows);
  const shaping = rows.filter((route) => shapesTemplates(route) && !probing.provesNothing(route));
  const places = placesOf(shaping, taus);
  const vocabulary = context.vocabulary ?? VOCABULARY;
  const recurrence = recurrenceOf(places);
  const tools: VerdictTools = {
    weights: context.weights ?? WEIGHTS,
    rules: rulesOf(context),
    features: {
      vocabulary,
      recurrence,
      templater: createTemplater(vocabulary, recurrence),
      wasReturned: wasReturnedIn(returned),
    },
  };
  const root = growBranches(places, tools);
  return createTemplateSet({
    root,
    rows,
    probing,
    tools,
    context,
    naming: { returned, pinned: pinnedNames(context.pins) },
  });
}

/** Whatever was added in whatever order is looked at in one. */
function byKey(a: Route, b: Route): number {
  if (a.key.path !== b.key.path) return a.key.path < b.key.path ? -1 : 1;
  if (a.key.method !== b.key.method) return a.key.method < b.key.method ? -1 : 1;
  const [left, right] = [a, b].map(
    ({ kind, key }) => `${kind} ${key.declared} ${key.style} ${key.operation}`,
  );
  return (left as string) < (right as string) ? -1 : 1;
}
