// Tells which step of deciding goes wrong, place by place of the true tree, so that errors do not hide each other.
import { extractFeatures, recurrenceOf } from "../../src/classify/grouping/features.ts";
import type { FeatureTools } from "../../src/classify/grouping/features.ts";
import { mergePlaces, shapesTemplates } from "../../src/classify/grouping/place.ts";
import { placesOf } from "../../src/classify/grouping/stands.ts";
import type { Place } from "../../src/classify/grouping/place.ts";
import { wasReturnedIn } from "../../src/classify/grouping/returned.ts";
import { rulesOf } from "../../src/classify/grouping/rules.ts";
import { createTemplater } from "../../src/classify/grouping/templater.ts";
import { SUFFIX_MARK } from "../../src/classify/grouping/token.ts";
import { verdictsOf } from "../../src/classify/grouping/verdicts.ts";
import type { Weights } from "../../src/classify/grouping/weights.ts";
import { REST } from "../../src/model/route.ts";
import type { Prepared } from "./evaluate.ts";
import type { Labelled } from "./examples.ts";
import { labelled } from "./examples.ts";

export interface Stage {
  readonly where: string;
  readonly isValue: boolean;
  readonly own: number;
  readonly score: number;
  readonly decided: boolean;
  readonly by: string;
  readonly templates: number;
  readonly features: Readonly<Record<string, number>>;
}

export function stagesOf({ traffic, routes, vocabulary }: Prepared, weights: Weights): Stage[] {
  const root = placesOf([...routes.rows()].filter(shapesTemplates), routes.sketch().taus);
  const recurrence = recurrenceOf(root);
  const features: FeatureTools = {
    vocabulary,
    recurrence,
    templater: createTemplater(vocabulary, recurrence),
    wasReturned: wasReturnedIn(traffic.returned),
  };
  const rules = rulesOf({ pins: [], documentTemplates: [], previous: [] });
  const found: Stage[] = [];
  const walk = (place: Place, path: readonly string[], cells: readonly Labelled[]): void => {
    const votes = new Map<string, { value: number; cells: Labelled[] }>();
    for (const cell of cells) {
      const token = cell.tokens[path.length];
      if (token === undefined) continue;
      const vote = votes.get(token) ?? { value: 0, cells: [] };
      votes.set(token, vote);
      vote.value += cell.values[path.length] === true ? cell.requests : -cell.requests;
      vote.cells.push(cell);
    }
    const around = path.filter((token) => !token.startsWith(SUFFIX_MARK));
    const byName = new Map(
      extractFeatures(place, around, features).map((each) => [each.segment, each.values]),
    );
    for (const [name, { isValue, own, score, by }] of verdictsOf(place, around, {
      features,
      weights,
      rules,
    })) {
      const vote = votes.get(name);
      if (vote === undefined || own === null || score === null) continue;
      const templates = new Set(vote.cells.map(({ template }) => template)).size;
      found.push({
        where: `/${[...path, name].join("/")}`,
        isValue: vote.value > 0,
        own,
        score,
        decided: isValue,
        by,
        templates,
        features: byName.get(name) ?? {},
      });
    }
    const values: Place[] = [];
    const below: Labelled[] = [];
    for (const [name, vote] of votes) {
      const child = place.children.get(name);
      if (child === undefined) continue;
      if (vote.value > 0) {
        values.push(child);
        below.push(...vote.cells);
      } else walk(child, [...path, name], vote.cells);
    }
    const rest = place.children.get(REST);
    if (values.length > 0 && rest !== undefined) values.push(rest);
    if (values.length > 0) walk(mergePlaces(values), [...path, "{}"], below);
  };
  walk(
    root,
    [],
    traffic.cells.map(labelled).filter((each) => each !== undefined),
  );
  return found;
}
