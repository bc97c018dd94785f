// One pattern for many literals, so that a text without any of them costs one pass.

interface Branch {
  readonly next: Map<string, Branch>;
  ends: boolean;
}

/**
 * A pattern that matches, ignoring case, where any of the literals stands; shared beginnings are compared once. The
 * longest literal wins, and none is looked for inside another match: ask for all matches to know which are there.
 */
export function literalPattern(literals: readonly string[], flags = "gi"): RegExp {
  const root: Branch = { next: new Map(), ends: false };
  for (const literal of literals) {
    let at = root;
    for (const character of literal.toLowerCase()) {
      const next = at.next.get(character) ?? { next: new Map(), ends: false };
      at.next.set(character, next);
      at = next;
    }
    at.ends = true;
  }
  return new RegExp(sourceOf(root), flags);
}

function sourceOf({ next, ends }: Branch): string {
  const branches = [...next].map(([character, branch]) => escaped(character) + sourceOf(branch));
  if (branches.length === 0) return "";
  const all = branches.length === 1 && !ends ? (branches[0] ?? "") : `(?:${branches.join("|")})`;
  return ends ? `${all}?` : all;
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, String.raw`\$&`);
}

/** Calls back once for each of the literals that stand in `text`, overlapping ones included where one begins another. */
export function literalFinder<V>(rows: readonly (readonly [literal: string, value: V])[]) {
  const byLiteral = new Map<string, V[]>();
  for (const [literal, value] of rows) {
    const key = literal.toLowerCase();
    byLiteral.set(key, [...(byLiteral.get(key) ?? []), value]);
  }
  // A match of a longer literal stands for the shorter ones inside it.
  const within = new Map(
    [...byLiteral.keys()].map((key) => [
      key,
      [...new Set([...byLiteral].filter(([other]) => key.includes(other)).flatMap(([, values]) => values))],
    ]),
  );
  const pattern = literalPattern([...byLiteral.keys()]);
  const any = new RegExp(pattern.source, "i");
  return {
    /** Whether any stands there. */
    any: (text: string): boolean => any.test(text),
    /** What belongs to those that stand there. */
    find(text: string): ReadonlySet<V> {
      const found = new Set<V>();
      pattern.lastIndex = 0;
      for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
        for (const value of within.get(match[0].toLowerCase()) ?? []) found.add(value);
        // Another literal may begin inside this one.
        pattern.lastIndex = match.index + 1;
      }
      return found;
    },
  };
}
