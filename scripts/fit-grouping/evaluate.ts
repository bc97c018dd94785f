// Runs the whole of grouping over made traffic of providers that nothing was learned from, and says how well it does.
import { createRoutes } from "../../src/classify/grouping/routes.ts";
import { decide } from "../../src/classify/grouping/decide.ts";
import type { Weights } from "../../src/classify/grouping/weights.ts";
import type { Api, Knowledge } from "./apis.ts";
import type { Score } from "./score.ts";
import { scoreOf } from "./score.ts";
import type { Habits } from "./traffic.ts";
import { trafficOf } from "./traffic.ts";

export interface Judged {
  readonly api: string;
  readonly score: Score;
  /** Published templates that no real success belongs to. */
  readonly junk: readonly string[];
  readonly milliseconds: number;
  readonly told: string;
  readonly families: ReadonlyMap<string, string>;
}

/** `weightsFor` gives weights that never saw the API. */
export function judge(
  api: Api,
  knowledge: Knowledge,
  options: { seed: string; habits: Habits; weights?: Weights },
): Judged {
  const traffic = trafficOf(
    api.operations,
    knowledge.lexicon,
    `judge ${api.name} ${options.seed}`,
    options.habits,
  );
  const routes = createRoutes();
  routes.add(traffic.routes);
  routes.addReturned(traffic.returned);
  const begun = performance.now();
  const set = decide(routes, {
    documented: () => ({ kind: "none" }) as never,
    documentTemplates: [],
    pins: [],
    previous: [],
    vocabulary: knowledge.vocabularyWithout(api.provider),
    ...(options.weights !== undefined && { weights: options.weights }),
  });
  const milliseconds = performance.now() - begun;
  const score = scoreOf(traffic.cells, (key) => set.match(key).template.path);
  return { api: api.name, score, junk: [], milliseconds, told: traffic.told, families: traffic.families };
}
