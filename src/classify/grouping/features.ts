// What speaks for and against a segment being a value, in numbers that do not grow with traffic.
import type { Returned } from "../../model/grouping-facts.ts";
import type { Around, Place } from "./place.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Everything the features of one service's places are computed with. */
export interface FeatureTools {
  readonly vocabulary: Vocabulary;
  readonly returned: Returned | null;
  /** How often a segment's text stands at different places of the service. */
  readonly recurrence: ReadonlyMap<string, number>;
}

/** Features of one soft child: name to number. Names are those of the weights; all are always there. */
export interface ChildFeatures {
  readonly segment: string;
  readonly values: Readonly<Record<string, number>>;
}

/** Features of the soft children of one place, in a fixed order. The one extractor, for serving and for fitting. */
export type ExtractFeatures = (place: Place, around: Around, tools: FeatureTools) => readonly ChildFeatures[];
