// A forest of small trees of questions about features; what each says adds up to log-odds that can be explained.

/*
  tree = node
  node = question SP node SP node | ":" said                 a question's first node is for "no", its second for "yes"
  question = feature ">" cut ":" said
  feature: index into the names; cut: number; said: log-odds that the tree would add if it were asked no further
*/

/** Trees as text, beside the names of the features they ask about: plain JSON. */
export interface ForestTable {
  readonly features: readonly string[];
  /** Log-odds before any question. */
  readonly bias: number;
  readonly trees: readonly string[];
}

interface Node {
  readonly feature: number;
  /** Above it: yes. */
  readonly cut: number;
  readonly said: number;
  /** Both null at a leaf. */
  readonly no: Node | null;
  readonly yes: Node | null;
}

const grown = new WeakMap<ForestTable, readonly Node[]>();

function treesOf(table: ForestTable): readonly Node[] {
  const known = grown.get(table);
  if (known !== undefined) return known;
  const made = table.trees.map((text) => readNode(text.split(" ")[Symbol.iterator]()));
  grown.set(table, made);
  return made;
}

function readNode(words: Iterator<string>): Node {
  const [asked = "", said = ""] = String(words.next().value).split(":");
  if (asked === "") return { feature: -1, cut: 0, said: Number(said), no: null, yes: null };
  const [feature, cut] = asked.split(">").map(Number);
  const [no, yes] = [readNode(words), readNode(words)];
  return { feature: feature as number, cut: cut as number, said: Number(said), no, yes };
}

type Values = Readonly<Record<string, number>>;

/** Log-odds; what is not among the values is zero. */
export function forestScore(values: Values, table: ForestTable): number {
  const row = table.features.map((name) => values[name] ?? 0);
  let score = table.bias;
  for (const tree of treesOf(table)) score += saidBy(tree, row);
  return score;
}

function saidBy(tree: Node, row: readonly number[]): number {
  let at = tree;
  for (;;) {
    const next: Node | null = (row[at.feature] as number) > at.cut ? at.yes : at.no;
    if (next === null) return at.said;
    at = next;
  }
}

/**
 * What each feature adds to the score: at every question asked, how much its answer changed what the tree says
 * (Saabas 2014). With `bias`, for what the trees say before they ask, it all adds up to the score.
 */
export function forestContributions(values: Values, table: ForestTable): ReadonlyMap<string, number> {
  const found = new Map<string, number>([["bias", table.bias]]);
  const add = (name: string, more: number) => found.set(name, (found.get(name) ?? 0) + more);
  for (const tree of treesOf(table)) {
    add("bias", tree.said);
    let at = tree;
    for (;;) {
      const name = table.features[at.feature] ?? "";
      const next: Node | null = (values[name] ?? 0) > at.cut ? at.yes : at.no;
      if (next === null) break;
      add(name, next.said - at.said);
      at = next;
    }
  }
  return found;
}
