// Runs the whole of grouping over made traffic of providers that nothing was learned from, and says how well it does.
import { createRoutes } from "../../src/classify/grouping/routes.ts";
import { decide } from "../../src/classify/grouping/decide.ts";
import type { Routes } from "../../src/classify/grouping/grouping.ts";
import type { TemplateSet } from "../../src/classify/grouping/template-set.ts";
import type { RouteEvidence } from "../../src/model/route.ts";
import type { Weights } from "../../src/classify/grouping/weights.ts";
import type { Api, Knowledge } from "./apis.ts";
import type { Score } from "./score.ts";
import { scoreOf } from "./score.ts";
import type { DocumentMatch } from "../../src/model/document.ts";
import type { Vocabulary } from "../../src/classify/grouping/vocabulary.ts";
import type { Habits, Traffic } from "./traffic.ts";
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

/** An API's traffic, ready to be decided about again and again. */
export interface Prepared {
  readonly api: Api;
  readonly traffic: Traffic;
  readonly vocabulary: Vocabulary;
  readonly routes: Routes;
}

export function prepare(
  api: Api,
  knowledge: Knowledge,
  { seed, habits }: { readonly seed: string; readonly habits: Habits },
): Prepared {
  const traffic = trafficOf(api.operations, knowledge.lexicon, `judge ${api.name} ${seed}`, habits);
  const routes = createRoutes();
  routes.add(traffic.routes);
  routes.addReturned(traffic.returned);
  return { api, traffic, routes, vocabulary: knowledge.vocabularyWithout(api.provider) };
}

const UNDOCUMENTED: DocumentMatch = { kind: "none", reason: "" };

/** With weights that never saw the API; the shipped ones when absent. */
export function judgePrepared({ api, traffic, routes, vocabulary }: Prepared, weights?: Weights): Judged {
  const begun = performance.now();
  const set = decide(routes, {
    documented: () => UNDOCUMENTED,
    documentTemplates: [],
    pins: [],
    previous: [],
    vocabulary,
    ...(weights !== undefined && { weights }),
  });
  const score = scoreOf(traffic.cells, (key) => set.match(key).template.path);
  return {
    api: api.name,
    score,
    junk: junkIn(set, traffic),
    milliseconds: performance.now() - begun,
    told: traffic.told,
    families: traffic.families,
  };
}

/** Templates that would be published (three successes by two clients, or with credentials) and that nothing real is in. */
function junkIn(set: TemplateSet, { cells }: Traffic): string[] {
  const real = new Set(cells.map(({ key }) => `${key.method} ${set.match(key).template.path}`));
  return set
    .list()
    .filter(({ reason, evidence }) => reason !== "probe" && isPublished(evidence))
    .map(({ method, template }) => `${method} ${template.path}`)
    .filter((name) => !real.has(name));
}

function isPublished({ statuses, callers, authenticated }: RouteEvidence): boolean {
  let successes = 0;
  for (const [status, count] of Object.entries(statuses)) if (/^2\d\d$/.test(status)) successes += count;
  return authenticated > 0 || (successes >= 3 && callers.length >= 2);
}
