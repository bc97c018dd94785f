// The commands that make traffic: fitting weights, and judging the whole of grouping with weights that never saw the API.
import { existsSync, readFileSync } from "node:fs";
import type { Weights } from "../../src/classify/grouping/weights.ts";
import { apisOf, FOLDS, knowledgeOf, sampled } from "./apis.ts";
import type { Corpus } from "./corpus.ts";
import { fit, gather } from "./fit.ts";
import { causesOf, meansOf } from "./report.ts";
import { write } from "./write-tables.ts";

export interface Options {
  readonly root: string;
  readonly apis: string;
  readonly seeds: string;
  readonly seed: string;
  readonly requests?: string | undefined;
  readonly noise?: string | undefined;
  readonly out?: string | undefined;
}

const weightsFile = (root: string) => `${root}/src/classify/grouping/data/weights.json`;
const foldsFile = (root: string) => `${root}/.cache/fit-grouping/folds.json`;

// Shallower trees know no company, deeper ones learn single APIs by heart.
const DEPTHS = [3, 4, 5];
/** Where tuning begins. */
const FIRST = { threshold: 0, shared: 1 };

/** Everything is chosen by providers left out: the depth of the trees by log loss, the constants end to end. */
export async function fitWeights(corpus: Corpus, options: Options): Promise<void> {
  const say = (text: string) => console.log(text);
  const knowledge = knowledgeOf(corpus);
  const apis = sampled(apisOf(corpus), Number(options.apis), options.seed);
  const gathered = gather(apis, knowledge, Number(options.seeds));
  const { forest, folds, figures, depth, examples } = fit(gathered, DEPTHS, say);
  console.table(figures);
  const fitted = `corpus sha256:${corpus.hash.slice(0, 16)}, ${apis.length} APIs x ${options.seeds} seeds, ${examples} examples, depth ${depth}`;
  const { tune } = await import("./tune.ts");
  const tuned = tune(sampled(apis, TUNED, `tune ${options.seed}`), knowledge, {
    seed: options.seed,
    folds: folds.map((each) => ({ fitted, ...FIRST, ...each })),
    say,
  });
  const constants = { ...FIRST, ...tuned };
  write(
    foldsFile(options.root),
    folds.map((each) => ({ fitted, ...constants, ...each })),
  );
  write(options.out ?? weightsFile(options.root), { fitted, ...constants, ...forest });
}

// So many tell constants apart that differ by half a percent.
const TUNED = 100;

export async function evaluate(corpus: Corpus, options: Options): Promise<void> {
  const { judgePrepared, prepare } = await import("./evaluate.ts");
  const knowledge = knowledgeOf(corpus);
  const apis = sampled(apisOf(corpus), Number(options.apis), `evaluate ${options.seed}`);
  const folds = foldWeights(options.root);
  if (folds.length !== FOLDS) console.error("No fold weights: the shipped ones may have seen these APIs.");
  const habits = {
    ...(options.requests !== undefined && { requests: Number(options.requests) }),
    plain: true,
    ...(options.noise !== undefined && { noise: Number(options.noise) }),
  };
  const judged = apis.map((api) => {
    const weights = folds[api.fold];
    return judgePrepared(prepare(api, knowledge, { seed: options.seed, habits }), weights);
  });
  console.table([meansOf(judged)]);
  for (const { cause, failures, requests, examples } of causesOf(judged).slice(0, 25)) {
    console.log(`${failures} templates, ${requests} requests: ${cause}`);
    for (const example of examples) console.log(`    ${example}`);
  }
}

function foldWeights(root: string): readonly Weights[] {
  const file = foldsFile(root);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Weights[]) : [];
}

const SIZES = [800, 2500, 8000, 20_000];
const NOISE = [0.15, 0.5];

/** The figures by which editions of grouping are compared. */
export async function tabulate(corpus: Corpus, options: Options): Promise<void> {
  const { judgePrepared, prepare } = await import("./evaluate.ts");
  const knowledge = knowledgeOf(corpus);
  const folds = foldWeights(options.root);
  const apis = sampled(apisOf(corpus), Number(options.apis), `table ${options.seed}`);
  const rows = SIZES.flatMap((requests) =>
    NOISE.map((noise) => {
      const habits = { requests, noise, plain: true };
      const judged = apis.map((api) =>
        judgePrepared(prepare(api, knowledge, { seed: `table ${options.seed}`, habits }), folds[api.fold]),
      );
      return { requests, noise, ...meansOf(judged) };
    }),
  );
  console.table(rows);
}
