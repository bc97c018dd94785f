// Says why each segment of a template is a variable or a word, with the numbers that decided it.
import type { Branch, Chain } from "./branch.ts";
import type { ChildFeatures } from "./features.ts";
import { extractFeatures } from "./features.ts";
import { forestContributions } from "./forest.ts";
import type { Contribution, Explanation } from "./template-set.ts";
import { SUFFIX_MARK } from "./token.ts";
import type { Verdict, VerdictTools } from "./verdicts.ts";

// More say little each.
const MOST_SHOWN = 8;

export function explanationsOf(chain: Chain, tools: VerdictTools): readonly Explanation[] {
  return chain
    .flatMap((branch, index) => {
      const parent = chain[index - 1];
      return parent === undefined || branch.label.startsWith(SUFFIX_MARK) ? [] : [{ parent, branch }];
    })
    .map((step, segment) => explain(step, segment, tools));
}

interface Step {
  readonly parent: Branch;
  readonly branch: Branch;
}

function explain({ parent, branch }: Step, segment: number, tools: VerdictTools): Explanation {
  const isVariable = branch.label === "{}";
  const members = isVariable ? branch.values : [branch.label];
  const verdicts = members.flatMap((name) => parent.verdicts.get(name) ?? []);
  const weighed = new Set(members.filter((name) => parent.verdicts.get(name)?.by === "evidence"));
  const features = extractFeatures(parent.place, parent.around, tools.features).filter((child) =>
    weighed.has(child.segment),
  );
  const scores = verdicts.flatMap(({ by, score }) => (by === "evidence" && score !== null ? [score] : []));
  const score = scores.length === 0 ? null : scores.reduce((sum, one) => sum + one, 0) / scores.length;
  const contributions = contributionsOf(features, score, tools);
  const { threshold } = tools.weights;
  const decided = isVariable ? "variable" : "literal";
  const by = settledBy(verdicts);
  return {
    segment,
    decided,
    by,
    score,
    threshold,
    contributions,
    values: isVariable ? members.length : 1,
    otherwise: otherwise({ by, decided, score, threshold, contributions }),
  };
}

function settledBy(verdicts: readonly Verdict[]): Explanation["by"] {
  const found = new Set(verdicts.map(({ by }) => by));
  for (const by of ["pin", "document", "rule", "evidence", "form"] as const) if (found.has(by)) return by;
  return "form";
}

/** Means over the values; what was added for being like its neighbours is a contribution of its own. */
function contributionsOf(
  features: readonly ChildFeatures[],
  score: number | null,
  { weights }: VerdictTools,
): readonly Contribution[] {
  if (features.length === 0 || score === null) return [];
  const sums = new Map<string, number>();
  for (const { values } of features)
    for (const [name, weight] of forestContributions(values, weights))
      sums.set(name, (sums.get(name) ?? 0) + weight);
  let together = score;
  const all = Array.from(sums, ([feature, sum]): Contribution => {
    const weight = sum / features.length;
    together -= weight;
    return { feature, text: `${feature} ${meanValue(features, feature).toFixed(2)}`, weight };
  }).filter(({ weight }) => weight !== 0);
  const text = "what the segments like it say, and what they share below";
  if (together !== 0) all.push({ feature: "together", text, weight: together });
  return bundled(all.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)));
}

/** The bias is always there. */
function meanValue(features: readonly ChildFeatures[], name: string): number {
  if (name === "bias") return 1;
  return features.reduce((sum, { values }) => sum + (values[name] ?? 0), 0) / features.length;
}

function bundled(all: readonly Contribution[]): readonly Contribution[] {
  const rest = all.slice(MOST_SHOWN);
  if (rest.length === 0) return all;
  const weight = rest.reduce((sum, one) => sum + one.weight, 0);
  return [...all.slice(0, MOST_SHOWN), { feature: "rest", text: `${rest.length} weaker reasons`, weight }];
}

const SETTLED: Readonly<Record<Exclude<Explanation["by"], "evidence">, string>> = {
  pin: "A person decided this; removing the pin lets the evidence decide.",
  document: "A document says so; only another document or a pin would change it.",
  source: "The source of the traffic declares this route; only a document or a pin would change it.",
  form: "Its form can only be a value's; a pin would change it.",
  rule: "Editions, actions and words of protocols stay words; a pin would change it.",
};

function otherwise({
  by,
  decided,
  score,
  threshold,
  contributions,
}: Pick<Explanation, "by" | "decided" | "score" | "threshold" | "contributions">): string {
  if (by !== "evidence" || score === null) return SETTLED[by === "evidence" ? "form" : by];
  const missing = Math.abs(score - threshold).toFixed(1);
  const against = contributions.find(({ weight }) => weight > 0 === (decided === "variable"));
  const strongest = against === undefined ? "" : ` Strongest reason: ${against.text}.`;
  return decided === "variable"
    ? `Evidence of ${missing} against it, or a split pin, would make these words.${strongest}`
    : `Evidence of ${missing} for it, such as more values answered alike, or a merge pin, would make this a variable.${strongest}`;
}
