// Finds the constants of grouping that are no log-odds, end to end, one after the other, on APIs the weights never saw.
import type { Weights } from "../../src/classify/grouping/weights.ts";
import type { Api, Knowledge } from "./apis.ts";
import type { Judged, Prepared } from "./evaluate.ts";
import { judgePrepared, prepare } from "./evaluate.ts";
import { meansOf } from "./report.ts";

/** Values to try, for each constant. */
export const GRID: Readonly<Record<string, readonly number[]>> = {
  threshold: [-0.3, -0.6, -0.9, -1.2, -1.5],
};

// Goals on a hundred APIs that differ by less than this are the same.
const SAME = 0.005;

/** The highest: a word taken for a value hides routes, a value taken for a word shows one too many. */
function mostCareful(all: readonly Record<string, number>[], name: string): Record<string, number> {
  return all.reduce((most, each) => ((each[name] ?? 0) > (most[name] ?? 0) ? each : most));
}

/** Both matter: right templates, and requests that fall on them. */
function goalOf(judged: readonly Judged[]): number {
  const { fta, ga } = meansOf(judged);
  return (2 * fta + ga) / 3;
}

export function tune(
  apis: readonly Api[],
  knowledge: Knowledge,
  options: {
    readonly seed: string;
    readonly folds: readonly Weights[];
    readonly say: (text: string) => void;
  },
): Readonly<Record<string, number>> {
  const prepared: readonly Prepared[] = apis.map((api) =>
    prepare(api, knowledge, { seed: `tune ${options.seed}`, habits: { plain: true } }),
  );
  const first = options.folds[0] as unknown as Record<string, number>;
  let constants: Record<string, number> = Object.fromEntries(
    Object.keys(GRID).map((name) => [name, first[name] ?? 0]),
  );
  const goalWith = (tried: Readonly<Record<string, number>>): number => {
    const judged = prepared.map((each) =>
      judgePrepared(each, { ...(options.folds[each.api.fold] as Weights), ...tried }),
    );
    const goal = goalOf(judged);
    options.say(`${goal.toFixed(4)} ${JSON.stringify(tried)} ${JSON.stringify(meansOf(judged))}`);
    return goal;
  };
  for (const [name, choices] of Object.entries(GRID)) {
    const judged = [...new Set([constants[name] ?? 0, ...choices])]
      .map((choice) => ({ ...constants, [name]: choice }))
      .map((tried) => ({ tried, goal: goalWith(tried) }));
    const best = Math.max(...judged.map(({ goal }) => goal));
    constants = mostCareful(
      judged.filter(({ goal }) => goal >= best - SAME).map(({ tried }) => tried),
      name,
    );
  }
  return constants;
}
