// Features of made traffic with the truth beside them, taken by the product's own extractor from the true tree.
import { extractFeatures, recurrenceOf } from "../../src/classify/grouping/features.ts";
import type { FeatureTools } from "../../src/classify/grouping/features.ts";
import { mergePlaces, shapesTemplates } from "../../src/classify/grouping/place.ts";
import { placesOf } from "../../src/classify/grouping/stands.ts";
import type { Place } from "../../src/classify/grouping/place.ts";
import { wasReturnedIn } from "../../src/classify/grouping/returned.ts";
import { createRoutes } from "../../src/classify/grouping/routes.ts";
import { createTemplater } from "../../src/classify/grouping/templater.ts";
import { SUFFIX_MARK, tokenOf } from "../../src/classify/grouping/token.ts";
import type { Vocabulary } from "../../src/classify/grouping/vocabulary.ts";
import { REST } from "../../src/model/route.ts";
import { randomOf } from "./random.ts";
import type { Random } from "./random.ts";
import type { Cell, Traffic } from "./traffic.ts";

export interface Example {
  readonly values: Readonly<Record<string, number>>;
  readonly isValue: boolean;
  readonly weight: number;
  readonly where: string;
}

/** Many examples as a fit reads them, one row each. */
export interface Examples {
  readonly names: readonly string[];
  /** Row by row, `names.length` numbers each. */
  readonly rows: readonly Float64Array[];
  readonly labels: readonly boolean[];
  readonly weights: readonly number[];
  /** Of each row: whose API, and in the traffic of which seed. */
  readonly apis: readonly number[];
  readonly seeds: readonly number[];
}

/** A path as the tokens its places are children by, with what each is in truth. */
export interface Labelled {
  readonly tokens: readonly string[];
  readonly values: readonly boolean[];
  readonly template: string;
  readonly requests: number;
}

export function labelled({ key, truth, requests }: Cell): Labelled | undefined {
  const segments = key.path.split("/").slice(1);
  const real = truth.filter((segment) => segment !== "");
  if (segments.length !== real.length) return undefined;
  const tokens: string[] = [];
  const values: boolean[] = [];
  segments.forEach((segment, index) => {
    const { core, suffix } = tokenOf(segment);
    tokens.push(core);
    values.push(real[index]?.replace(/\(.*$/, "").includes("{") === true);
    if (suffix !== "") {
      tokens.push(SUFFIX_MARK + suffix);
      values.push(false);
    }
  });
  return { tokens, values, template: `${key.method} ${truth.join("/")}`, requests };
}

// More children of one place repeat each other.
const MOST_CHILDREN = 24;

export interface Job {
  readonly vocabulary: Vocabulary;
  /** Whether bodies were heard at all. */
  readonly withReturned: boolean;
  readonly seed: string;
}

export function examplesOf(traffic: Traffic, { vocabulary, withReturned, seed }: Job): Example[] {
  const routes = createRoutes();
  routes.add(traffic.routes.filter(({ kind }) => kind === "good"));
  const root = placesOf([...routes.rows()].filter(shapesTemplates), routes.sketch().taus);
  const recurrence = recurrenceOf(root);
  const tools: FeatureTools = {
    vocabulary,
    recurrence,
    templater: createTemplater(vocabulary, recurrence),
    wasReturned: withReturned ? wasReturnedIn(traffic.returned) : () => null,
  };
  const found: Example[] = [];
  const cells = traffic.cells.map(labelled).filter((each) => each !== undefined);
  walk({ random: randomOf(`examples ${seed}`), tools, found }, root, [], cells);
  return found;
}

interface Walk {
  readonly random: Random;
  readonly tools: FeatureTools;
  readonly found: Example[];
}

function walk(job: Walk, place: Place, path: readonly string[], cells: readonly Labelled[]): void {
  const depth = path.length;
  const votes = new Map<
    string,
    { literal: number; value: number; templates: Set<string>; below: Labelled[] }
  >();
  for (const cell of cells) {
    const token = cell.tokens[depth];
    if (token === undefined) continue;
    let vote = votes.get(token);
    if (vote === undefined)
      votes.set(token, (vote = { literal: 0, value: 0, templates: new Set(), below: [] }));
    vote[cell.values[depth] === true ? "value" : "literal"] += cell.requests;
    vote.templates.add(cell.template);
    vote.below.push(cell);
  }
  note(job, place, path, votes);
  const values: Place[] = [];
  const below: Labelled[] = [];
  for (const [token, vote] of votes) {
    const child = place.children.get(token);
    if (child === undefined) continue;
    if (vote.value > vote.literal) {
      values.push(child);
      below.push(...vote.below);
    } else walk(job, child, [...path, token], vote.below);
  }
  const rest = place.children.get(REST);
  if (values.length > 0 && rest !== undefined) values.push(rest);
  if (values.length > 0) walk(job, mergePlaces(values), [...path, "{}"], below);
}

function note(
  { random, tools, found }: Walk,
  place: Place,
  path: readonly string[],
  votes: ReadonlyMap<string, { literal: number; value: number; templates: Set<string> }>,
): void {
  const around = path.filter((token) => !token.startsWith(SUFFIX_MARK));
  const all = extractFeatures(place, around, tools).filter(({ segment }) => votes.has(segment));
  const kept =
    all.length <= MOST_CHILDREN
      ? all
      : all
          .map((each) => [random.next(), each] as const)
          .sort(([a], [b]) => a - b)
          .slice(0, MOST_CHILDREN)
          .map(([, each]) => each);
  const isValue = (segment: string) => {
    const vote = votes.get(segment);
    return vote !== undefined && vote.value > vote.literal;
  };
  const values = Math.max(1, kept.filter(({ segment }) => isValue(segment)).length);
  for (const { segment, values: features } of kept) {
    const label = isValue(segment);
    const templates = votes.get(segment)?.templates.size ?? 1;
    found.push({
      values: features,
      isValue: label,
      // The values of one variable are one decision; whoever stands above many templates spoils them all.
      weight: (label ? values ** -0.5 : 1) * Math.sqrt(Math.min(templates, 30)),
      where: `/${[...path, segment].join("/")}`,
    });
  }
}
