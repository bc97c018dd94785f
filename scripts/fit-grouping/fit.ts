// Fits the forest of grouping on made traffic of public APIs, and judges it on providers that were left out.
import { forestScore } from "../../src/classify/grouping/forest.ts";
import type { ForestTable } from "../../src/classify/grouping/forest.ts";
import { hash32 } from "../../src/model/hash.ts";
import type { Api, Knowledge } from "./apis.ts";
import { FOLDS } from "./apis.ts";
import type { Boosting } from "./boost.ts";
import { fitForest } from "./boost.ts";
import type { Example, Examples } from "./examples.ts";
import { examplesOf } from "./examples.ts";
import type { Figures } from "./figures.ts";
import { figuresOf } from "./figures.ts";
import { SIGNS } from "./signs.ts";
import { trafficOf } from "./traffic.ts";

export interface Gathered {
  readonly fold: number;
  readonly api: number;
  readonly seed: number;
  readonly examples: readonly Example[];
}

/** One API's traffic per seed, each time with other habits; a quarter of it as if no bodies had been heard. */
export function gather(apis: readonly Api[], knowledge: Knowledge, seeds: number): Gathered[] {
  return apis.flatMap((api, index) =>
    Array.from({ length: seeds }, (_, seed) => {
      const name = `${api.name} ${seed}`;
      const traffic = trafficOf(api.operations, knowledge.lexicon, name);
      const examples = examplesOf(traffic, {
        vocabulary: knowledge.vocabularyWithout(api.provider),
        withReturned: hash32(`returned ${name}`) % 4 > 0,
        seed: name,
      });
      return { fold: api.fold, api: index, seed, examples };
    }),
  );
}

// Every API has the same say up to this much; a huge one has a little more.
const WHOLE = 60;

export function toExamples(gathered: readonly Gathered[], names: readonly string[]): Examples {
  const rows: Float64Array[] = [];
  const labels: boolean[] = [];
  const weights: number[] = [];
  const apis: number[] = [];
  const seeds: number[] = [];
  for (const { examples, api, seed } of gathered) {
    const mass = examples.reduce((sum, { weight }) => sum + weight, 0);
    const scale = (WHOLE / Math.max(WHOLE, mass)) ** 0.7;
    for (const { values, isValue, weight } of examples) {
      rows.push(Float64Array.from(names, (name) => values[name] ?? 0));
      labels.push(isValue);
      weights.push(weight * scale);
      apis.push(api);
      seeds.push(seed);
    }
  }
  return { names, rows, labels, weights, apis, seeds };
}

// Rarer features say something about single APIs.
const LEAST_APIS = 5;

/** Features that occur, sorted. */
export function namesOf(gathered: readonly Gathered[]): readonly string[] {
  const apis = new Map<string, Set<number>>();
  for (const { examples, api } of gathered)
    for (const { values } of examples)
      for (const name in values) {
        if (values[name] === 0) continue;
        const held = apis.get(name) ?? new Set();
        apis.set(name, held.add(api));
      }
  return [...apis]
    .filter(([, found]) => found.size >= LEAST_APIS)
    .map(([name]) => name)
    .sort();
}

/** What is held fixed; only the depth is chosen, by providers left out. */
const BOOSTING: Omit<Boosting, "depth"> = {
  trees: 200,
  rate: 0.08,
  penalty: 3,
  least: 5,
  columns: 0.4,
  apis: 0.7,
  signs: SIGNS,
  seed: "0",
};

export interface Fitted {
  readonly forest: ForestTable;
  /** By fold: learned from the other folds alone. */
  readonly folds: readonly ForestTable[];
  readonly figures: readonly Figures[];
  readonly depth: number;
  readonly examples: number;
}

/** The depth whose forests say most about providers they never saw. */
export function fit(
  gathered: readonly Gathered[],
  depths: readonly number[],
  say: (text: string) => void,
): Fitted {
  const names = namesOf(gathered);
  const tried = depths.map((depth) => {
    const boosting = { ...BOOSTING, depth };
    const folds = Array.from({ length: FOLDS }, (_, fold) => {
      const others = gathered.filter((each) => each.fold !== fold);
      return fitForest(toExamples(others, names), boosting);
    });
    const figures = folds.map((forest, fold) =>
      judged(
        forest,
        gathered.filter((each) => each.fold === fold),
        names,
      ),
    );
    const loss = figures.reduce((sum, { logLoss }) => sum + logLoss, 0) / FOLDS;
    say(`depth ${depth}: log loss ${loss.toFixed(4)} on providers left out`);
    return { depth, boosting, folds, figures, loss };
  });
  const [best] = tried.sort((a, b) => a.loss - b.loss);
  if (best === undefined) throw new Error("no depth to try");
  const whole = toExamples(gathered, names);
  const { depth, folds, figures, boosting } = best;
  return { forest: fitForest(whole, boosting), folds, figures, depth, examples: whole.rows.length };
}

function judged(forest: ForestTable, gathered: readonly Gathered[], names: readonly string[]): Figures {
  const { labels, weights } = toExamples(gathered, names);
  const scores = gathered.flatMap(({ examples }) =>
    examples.map(({ values }) => forestScore(values, forest)),
  );
  return figuresOf(scores, labels, weights);
}
