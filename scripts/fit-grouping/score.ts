// Compares decided templates with the truth behind made traffic: the definitions of LogPAI's Loghub-2.0, and published junk.
import type { RouteKey } from "../../src/model/route.ts";
import type { Cell } from "./traffic.ts";
import { bare } from "./traffic.ts";

export interface Score {
  /** Share of requests whose group is exactly the true one. */
  readonly ga: number;
  /** F1 over groups that are exact and carry the true template. */
  readonly fta: number;
  readonly fga: number;
  /** Groups found to true templates. */
  readonly ratio: number;
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly kind: "split" | "merged" | "text";
  readonly truth: string;
  readonly requests: number;
  /** What was decided instead, at most four. */
  readonly decided: readonly string[];
}

/** `templateOf` gives the decided template of a route, undefined when it is not published. */
export function scoreOf(cells: readonly Cell[], templateOf: (key: RouteKey) => string | undefined): Score {
  const truths = new Map<string, Map<string, number>>();
  const groups = new Map<string, Map<string, number>>();
  const named = new Map<string, string>();
  let total = 0;
  cells.forEach(({ key, truth, requests }, index) => {
    const right = `${key.method} ${bare(truth)}`;
    named.set(right, `${key.method} /${truth.join("/")}`);
    const template = templateOf(key);
    const found =
      template === undefined ? `- ${index}` : `${key.method} ${template.replaceAll(/\{[^{}]*\}/g, "{}")}`;
    count(truths, right, found, requests);
    count(groups, found, right, requests);
    total += requests;
  });
  let [exact, exactText, requestsRight] = [0, 0, 0];
  const failures: Failure[] = [];
  for (const [right, decided] of truths) {
    const [only] = decided.keys();
    const requests = sum(decided.values());
    const isOne =
      decided.size === 1 && only !== undefined && !only.startsWith("-") && groups.get(only)?.size === 1;
    if (isOne) {
      exact += 1;
      requestsRight += requests;
      if (only === right) exactText += 1;
      else failures.push({ kind: "text", truth: named.get(right) ?? right, requests, decided: [only] });
    } else {
      const kind = decided.size > 1 ? "split" : "merged";
      failures.push({
        kind,
        truth: named.get(right) ?? right,
        requests,
        decided: [...decided.keys()].slice(0, 4),
      });
    }
  }
  const published = [...groups.keys()].filter((group) => !group.startsWith("-")).length;
  const f1 = (hits: number) => (2 * hits) / Math.max(1, truths.size + published);
  return {
    ga: requestsRight / Math.max(1, total),
    fga: f1(exact),
    fta: f1(exactText),
    ratio: published / Math.max(1, truths.size),
    failures,
  };
}

function count(table: Map<string, Map<string, number>>, row: string, column: string, requests: number): void {
  let cells = table.get(row);
  if (cells === undefined) table.set(row, (cells = new Map()));
  cells.set(column, (cells.get(column) ?? 0) + requests);
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
