// Says where grouping goes wrong, by kind of place and value, so that the next rule has a reason.
import type { Judged } from "./evaluate.ts";
import type { Failure } from "./score.ts";

export interface Means {
  readonly apis: number;
  readonly fta: number;
  readonly ga: number;
  readonly fga: number;
  readonly ratio: number;
  readonly junk: number;
  readonly milliseconds: number;
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);

export function meansOf(judged: readonly Judged[]): Means {
  const of = (pick: (each: Judged) => number) => Math.round(mean(judged.map(pick)) * 1e4) / 1e4;
  return {
    apis: judged.length,
    fta: of(({ score }) => score.fta),
    ga: of(({ score }) => score.ga),
    fga: of(({ score }) => score.fga),
    ratio: of(({ score }) => score.ratio),
    junk: judged.reduce((sum, { junk }) => sum + junk.length, 0),
    milliseconds: Math.round(mean(judged.map(({ milliseconds }) => milliseconds))),
  };
}

/** The first segment at which a decision leaves the truth, in words. */
export function causeOf({ truth, decided, kind }: Failure, families: ReadonlyMap<string, string>): string {
  const wanted = truth.split("/");
  for (const other of decided) {
    if (other === truth.replaceAll(/\{[^{}]*\}/g, "{}")) continue;
    const found = other.split("/");
    const at = wanted.findIndex((segment, index) => segment.replaceAll(/\{[^{}]*\}/g, "{}") !== found[index]);
    if (at < 0) continue;
    const segment = wanted[at] ?? "";
    const before = wanted[at - 1] ?? "";
    const place = before.includes("{") ? "behind a value" : at === 1 ? "at the root" : "behind a word";
    if (!segment.includes("{")) return `literal swallowed ${place}: ${shape(segment)}`;
    const family = families.get(familyName(wanted, at)) ?? "?";
    return found[at]?.includes("{") === true
      ? `suffix of a value: ${family}`
      : `value kept as literal ${place}: ${family.replace(/ \d+$/, (size) => bucket(Number(size)))}`;
  }
  return `${kind}: elsewhere`;
}

function bucket(size: number): string {
  return size <= 1
    ? " (1)"
    : size <= 3
      ? " (2-3)"
      : size <= 10
        ? " (4-10)"
        : size <= 100
          ? " (11-100)"
          : " (>100)";
}

function shape(segment: string): string {
  if (/^\d/.test(segment)) return "number";
  if (/[.]/.test(segment)) return "dotted";
  return /\d/.test(segment) ? "with digits" : "word";
}

/** As `Traffic.families` names pools: the word before, and the parameter's name. */
function familyName(segments: readonly string[], at: number): string {
  const before = segments.slice(1, at).findLast((segment) => !segment.includes("{")) ?? "";
  const name = /\{([^{}]*)\}/.exec(segments[at] ?? "")?.[1] ?? "id";
  return `${before.toLowerCase()} ${name.toLowerCase().replaceAll(/[^a-z]/g, "")}`;
}

export interface Cause {
  readonly cause: string;
  readonly failures: number;
  readonly requests: number;
  readonly examples: readonly string[];
}

export function causesOf(judged: readonly Judged[]): Cause[] {
  const causes = new Map<string, { failures: number; requests: number; examples: string[] }>();
  for (const { api, score, families } of judged)
    for (const failure of score.failures) {
      const cause = causeOf(failure, families);
      let held = causes.get(cause);
      if (held === undefined) causes.set(cause, (held = { failures: 0, requests: 0, examples: [] }));
      held.failures += 1;
      held.requests += failure.requests;
      if (held.examples.length < 3)
        held.examples.push(`${api}: ${failure.truth} -> ${failure.decided.slice(0, 3).join(" | ")}`);
    }
  return [...causes].map(([cause, held]) => ({ cause, ...held })).sort((a, b) => b.failures - a.failures);
}
