// Patterns as people write them in rules: `*` within a part, `**` across parts; compiled once, matched in linear time.

/** `separator` is what `*` does not cross: "/" in paths, "." in host names. Case-insensitive where `fold` says so. */
export function compileGlob(
  pattern: string,
  { separator, fold = false }: { readonly separator: "/" | "."; readonly fold?: boolean },
): (text: string) => boolean {
  if (!pattern.includes("*")) {
    const wanted = fold ? pattern.toLowerCase() : pattern;
    return (text) => (fold ? text.toLowerCase() : text) === wanted;
  }
  const steps = pattern.split(/(\*+)/).filter((step) => step !== "");
  const lower = (text: string): string => (fold ? text.toLowerCase() : text);
  const compiled = steps.map((step) => (step.startsWith("*") ? step.length > 1 : lower(step)));
  // Most patterns are told from most texts by how they begin.
  const beginning = typeof compiled[0] === "string" ? compiled[0] : "";
  return (given) => {
    const text = lower(given);
    return text.startsWith(beginning) && matchSteps(compiled, text, separator);
  };
}

/** A text to find, or a wildcard: true for one that crosses separators. */
type Step = string | boolean;

/**
 * Each wildcard holds the positions it may end at, so that no pattern makes the work more than steps x length: a set of
 * positions moves through the steps, as in Thompson's construction.
 */
function matchSteps(steps: readonly Step[], text: string, separator: string): boolean {
  let positions = new Set([0]);
  for (const step of steps) {
    positions =
      typeof step === "string" ? behind(positions, step, text) : reach(positions, step, text, separator);
    if (positions.size === 0) return false;
  }
  return positions.has(text.length);
}

function behind(positions: ReadonlySet<number>, wanted: string, text: string): Set<number> {
  const next = new Set<number>();
  for (const at of positions) if (text.startsWith(wanted, at)) next.add(at + wanted.length);
  return next;
}

function reach(
  positions: ReadonlySet<number>,
  crosses: boolean,
  text: string,
  separator: string,
): Set<number> {
  const next = new Set<number>();
  for (const from of positions) {
    for (let at = from; at <= text.length && !next.has(at); at += 1) {
      next.add(at);
      if (!crosses && text[at] === separator) break;
    }
  }
  return next;
}
