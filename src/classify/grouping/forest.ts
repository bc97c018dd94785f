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

/**
 * All trees in one, each node before its "no" and that before its "yes": thousands of segments are scored in one
 * decision, and numbers side by side are read several times as fast as objects.
 */
interface Grown {
  /** Where each tree begins. */
  readonly roots: readonly number[];
  /** By node; a leaf asks about none. */
  readonly features: Int32Array;
  readonly cuts: Float64Array;
  /** Where to go on above the cut; up to it the next node is the one. */
  readonly yes: Int32Array;
  readonly said: Float64Array;
  /** The values of what is being scored. */
  readonly row: Float64Array;
}

const LEAF = -1;

const grown = new WeakMap<ForestTable, Grown>();

function grownFrom(table: ForestTable): Grown {
  const known = grown.get(table);
  if (known !== undefined) return known;
  const words = table.trees.length === 0 ? [] : table.trees.join(" ").split(" ");
  const roots: number[] = [];
  const made: Grown = {
    roots,
    features: new Int32Array(words.length).fill(LEAF),
    cuts: new Float64Array(words.length),
    yes: new Int32Array(words.length),
    said: new Float64Array(words.length),
    row: new Float64Array(table.features.length),
  };
  for (let at = 0; at < words.length; at = readNode(made, words, at)) roots.push(at);
  grown.set(table, made);
  return made;
}

/** Gives where the next node is to be read. */
function readNode(into: Grown, words: readonly string[], at: number): number {
  const [asked = "", said = ""] = (words[at] ?? "").split(":");
  into.said[at] = Number(said);
  if (asked === "") return at + 1;
  const [feature = LEAF, cut = 0] = asked.split(">").map(Number);
  into.features[at] = feature;
  into.cuts[at] = cut;
  into.yes[at] = readNode(into, words, at + 1);
  return readNode(into, words, into.yes[at]);
}

type Values = Readonly<Record<string, number>>;

/** Log-odds; what is not among the values is zero. */
export function forestScore(values: Values, table: ForestTable): number {
  const forest = grownFrom(table);
  fill(forest.row, values, table);
  let score = table.bias;
  for (const root of forest.roots) score += saidBy(forest, root);
  return score;
}

function fill(row: Float64Array, values: Values, { features }: ForestTable): void {
  for (let at = 0; at < row.length; at += 1) row[at] = values[features[at] as string] ?? 0;
}

function saidBy({ features, cuts, yes, said, row }: Grown, root: number): number {
  let at = root;
  for (let feature = features[at] as number; feature !== LEAF; feature = features[at] as number) {
    at = (row[feature] as number) > (cuts[at] as number) ? (yes[at] as number) : at + 1;
  }
  return said[at] as number;
}

/**
 * What each feature adds to the score: at every question asked, how much its answer changed what the tree says
 * (Saabas 2014). With `bias`, for what the trees say before they ask, it all adds up to the score.
 */
export function forestContributions(values: Values, table: ForestTable): ReadonlyMap<string, number> {
  const { roots, features, cuts, yes, said } = grownFrom(table);
  const found = new Map<string, number>([["bias", table.bias]]);
  const add = (name: string, more: number) => found.set(name, (found.get(name) ?? 0) + more);
  for (const root of roots) {
    add("bias", said[root] as number);
    let at = root;
    while (features[at] !== LEAF) {
      const name = table.features[features[at] as number] ?? "";
      const next = (values[name] ?? 0) > (cuts[at] as number) ? (yes[at] as number) : at + 1;
      add(name, (said[next] as number) - (said[at] as number));
      at = next;
    }
  }
  return found;
}
