// Fits the weights of grouping on made traffic of public APIs, fold by fold of providers, and writes them down.
import { hash32 } from "../../src/model/hash.ts";
import type { Weights } from "../../src/classify/grouping/weights.ts";
import type { Api, Knowledge } from "./apis.ts";
import { FOLDS } from "./apis.ts";
import type { Example } from "./examples.ts";
import { examplesOf } from "./examples.ts";
import type { Examples, Figures, Model, Signs } from "./logistic.ts";
import { figuresOf, fitLogistic, scoreOf } from "./logistic.ts";
import { trafficOf } from "./traffic.ts";

export interface Labelled {
  readonly fold: number;
  readonly examples: readonly Example[];
}

/** One API's traffic per seed; what cannot be made is left out. */
export function gather(apis: readonly Api[], knowledge: Knowledge, seeds: number): Labelled[] {
  const all: Labelled[] = [];
  for (const api of apis)
    for (let seed = 0; seed < seeds; seed += 1) {
      const name = `${api.name} ${seed}`;
      const traffic = trafficOf(api.operations, knowledge.lexicon, name);
      const examples = examplesOf(traffic, {
        vocabulary: knowledge.vocabularyWithout(api.provider),
        withReturned: hash32(`returned ${name}`) % 4 > 0,
        seed: name,
      });
      all.push({ fold: api.fold, examples });
    }
  return all;
}

// Every API has the same say up to this much; a huge one has a little more.
const WHOLE = 60;

export function toExamples(gathered: readonly Labelled[], names: readonly string[]): Examples {
  const rows: Float64Array[] = [];
  const labels: boolean[] = [];
  const weights: number[] = [];
  for (const { examples } of gathered) {
    const mass = examples.reduce((sum, { weight }) => sum + weight, 0);
    const scale = (WHOLE / Math.max(WHOLE, mass)) ** 0.7;
    for (const { values, isValue, weight } of examples) {
      rows.push(Float64Array.from(names, (name) => (name === "bias" ? 1 : (values[name] ?? 0))));
      labels.push(isValue);
      weights.push(weight * scale);
    }
  }
  return { names, rows, labels, weights };
}

// Rarer features say something about single APIs.
const LEAST_APIS = 5;

/** Features that occur, "bias" first. */
export function namesOf(gathered: readonly Labelled[]): readonly string[] {
  const apis = new Map<string, number>();
  for (const { examples } of gathered) {
    const names = new Set(
      examples.flatMap(({ values }) => Object.keys(values).filter((name) => values[name] !== 0)),
    );
    for (const name of names) apis.set(name, (apis.get(name) ?? 0) + 1);
  }
  const common = [...apis].filter(([name, count]) => count >= LEAST_APIS && name !== "bias");
  return ["bias", ...common.map(([name]) => name).sort()];
}

export interface Fitted {
  readonly model: Model;
  readonly byFold: readonly Figures[];
  readonly foldModels: readonly Model[];
  readonly examples: number;
}

export function fit(gathered: readonly Labelled[], options: { penalty: number; signs: Signs }): Fitted {
  const names = namesOf(gathered);
  const byFold: Figures[] = [];
  const foldModels: Model[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const train = toExamples(
      gathered.filter((each) => each.fold !== fold),
      names,
    );
    const test = toExamples(
      gathered.filter((each) => each.fold === fold),
      names,
    );
    const model = fitLogistic(train, options);
    foldModels.push(model);
    byFold.push(
      figuresOf(
        test.rows.map((row) => scoreOf(model, row)),
        test.labels,
        test.weights,
      ),
    );
  }
  const whole = toExamples(gathered, names);
  return { model: fitLogistic(whole, options), byFold, foldModels, examples: whole.rows.length };
}

/** Four decimals: the third already changes no decision. */
export function weightsOf(model: Model, rest: Omit<Weights, "weights">): Weights {
  const weights: Record<string, number> = {};
  model.names.forEach((name, at) => {
    const weight = Math.round((model.weights[at] ?? 0) * 1e4) / 1e4;
    if (weight !== 0) weights[name] = weight;
  });
  return { ...rest, weights };
}
