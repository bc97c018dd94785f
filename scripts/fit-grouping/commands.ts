// The commands that make traffic: fitting weights, and judging the whole of grouping with weights that never saw the API.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Weights } from "../../src/classify/grouping/weights.ts";
import { apisOf, FOLDS, knowledgeOf, sampled } from "./apis.ts";
import type { Corpus } from "./corpus.ts";
import { fit, gather, weightsOf } from "./fit.ts";
import { causesOf, meansOf } from "./report.ts";
import { SIGNS } from "./signs.ts";
import { write } from "./write-tables.ts";

export interface Options {
  readonly root: string;
  readonly apis: string;
  readonly seeds: string;
  readonly seed: string;
  readonly penalty: string;
  readonly requests?: string | undefined;
  readonly noise?: string | undefined;
  readonly out?: string | undefined;
}

/** Constants that are not log-odds: tuned end to end, kept when weights are fitted again. */
type Constants = Omit<Weights, "weights" | "fitted">;

const weightsFile = (root: string) => `${root}/src/classify/grouping/data/weights.json`;
const foldsFile = join(tmpdir(), "umbra-fold-weights.json");

export function fitWeights(corpus: Corpus, options: Options): void {
  const knowledge = knowledgeOf(corpus);
  const apis = sampled(apisOf(corpus), Number(options.apis), options.seed);
  const gathered = gather(apis, knowledge, Number(options.seeds));
  const { model, byFold, foldModels, examples } = fit(gathered, {
    penalty: Number(options.penalty),
    signs: SIGNS,
  });
  const constants = constantsIn(weightsFile(options.root));
  const fitted = `corpus sha256:${corpus.hash.slice(0, 16)}, ${apis.length} APIs x ${options.seeds} seeds, ${examples} examples, L2 ${options.penalty}`;
  write(options.out ?? weightsFile(options.root), weightsOf(model, { fitted, ...constants }));
  writeFileSync(
    foldsFile,
    JSON.stringify(foldModels.map((each) => weightsOf(each, { fitted, ...constants }))),
  );
  console.table(byFold);
}

// Where a first fit has nothing to keep.
const FIRST: Constants = { threshold: 0, own: 0.5, shared: 6 };

function constantsIn(file: string): Constants {
  if (!existsSync(file)) return FIRST;
  const { weights: _, fitted: __, ...constants } = JSON.parse(readFileSync(file, "utf8")) as Weights;
  return constants;
}

export async function evaluate(corpus: Corpus, options: Options): Promise<void> {
  const { judgePrepared, prepare } = await import("./evaluate.ts");
  const knowledge = knowledgeOf(corpus);
  const apis = sampled(apisOf(corpus), Number(options.apis), `evaluate ${options.seed}`);
  const folds = foldWeights();
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

function foldWeights(): readonly Weights[] {
  return existsSync(foldsFile) ? (JSON.parse(readFileSync(foldsFile, "utf8")) as Weights[]) : [];
}

export async function tuneConstants(corpus: Corpus, options: Options): Promise<void> {
  const { tune } = await import("./tune.ts");
  const apis = sampled(apisOf(corpus), Number(options.apis), `tune ${options.seed}`);
  const { constants } = tune(apis, knowledgeOf(corpus), {
    seed: options.seed,
    folds: foldWeights(),
    say: (text) => console.log(text),
  });
  const file = options.out ?? weightsFile(options.root);
  write(file, { ...(JSON.parse(readFileSync(weightsFile(options.root), "utf8")) as Weights), ...constants });
}

const SIZES = [800, 2500, 8000, 20_000];
const NOISE = [0.15, 0.5];

/** The figures by which editions of grouping are compared. */
export async function tabulate(corpus: Corpus, options: Options): Promise<void> {
  const { judgePrepared, prepare } = await import("./evaluate.ts");
  const knowledge = knowledgeOf(corpus);
  const folds = foldWeights();
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
