// Decided branches for tests, with the tools they were decided with.
import type { Branch } from "../../../../src/classify/grouping/branch.ts";
import { growBranches } from "../../../../src/classify/grouping/branch.ts";
import { recurrenceOf } from "../../../../src/classify/grouping/features.ts";
import { placesOf } from "../../../../src/classify/grouping/stands.ts";
import { rulesOf } from "../../../../src/classify/grouping/rules.ts";
import { createTemplater } from "../../../../src/classify/grouping/templater.ts";
import type { VerdictTools } from "../../../../src/classify/grouping/verdicts.ts";
import { VOCABULARY } from "../../../../src/classify/grouping/vocabulary.ts";
import { WEIGHTS } from "../../../../src/classify/grouping/weights.ts";
import type { Place } from "../../../../src/classify/grouping/place.ts";
import type { Route } from "../../../../src/model/route.ts";

export interface Tree {
  readonly places: Place;
  readonly root: Branch;
  readonly tools: VerdictTools;
}

export function aTree(routes: readonly Route[]): Tree {
  const places = placesOf(routes);
  const recurrence = recurrenceOf(places);
  const tools: VerdictTools = {
    weights: WEIGHTS,
    rules: rulesOf({ pins: [], documentTemplates: [], previous: [] }),
    features: {
      vocabulary: VOCABULARY,
      recurrence,
      templater: createTemplater(VOCABULARY, recurrence),
      wasReturned: () => null,
    },
  };
  return { places, root: growBranches(places, tools), tools };
}
