// Reads what numbers say: vectors, scores of documents, probabilities of labels, tensors, tokens that were counted.
import type { Ask } from "./ask.ts";
import { countNamed, isNamed } from "./marks.ts";
import type { Figure, Row, Tree } from "./tree.ts";

// Shorter arrays are coordinates, colours, boxes.
const MIN_VECTOR = 6;

/** Arrays of one length, their numbers broken and small: what an embedding looks like. */
export function hasVectors({ rows }: Tree): boolean {
  const arrays = rows.filter(({ names, values }) => names.length === 0 && values.length >= MIN_VECTOR);
  const vectors = arrays.filter(({ values }) => isVector(values));
  const first = vectors[0];
  if (first === undefined || vectors.length < arrays.length) return false;
  return vectors.every(({ values }) => values.length === first.values.length);
}

function isVector(values: readonly number[]): boolean {
  const broken = values.filter((value) => !Number.isInteger(value)).length;
  const small = values.every((value) => value > -2 && value < 2);
  const both = values.some((value) => value < 0) && values.some((value) => value > 0);
  return (
    small &&
    broken >= 0.8 * values.length &&
    (both || values.length >= 64) &&
    new Set(values).size > 0.5 * values.length
  );
}

// Far longer than rows of measurements and of features of a table are.
const MIN_QUERY = 64;

/** A vector went in; things came back with how near they are, in that order. */
export function hasNeighbours(request: Tree, response: Tree): boolean {
  if (
    !request.rows.some(
      ({ names, values }) => names.length === 0 && values.length >= MIN_QUERY && isVector(values),
    )
  )
    return false;
  const lists = new Map<string, number[]>();
  const add = (place: string, found: readonly number[]) => {
    const held = lists.get(place) ?? [];
    lists.set(place, held);
    held.push(...found);
  };
  for (const { path, names, values } of response.rows.filter(({ path }) => path.includes("[]"))) {
    if (names.length === 0) add(path, values);
    else for (const [at, name] of names.entries()) add(`${path} ${name}`, [values[at] ?? 0]);
  }
  return [...lists.values()].some((found) => found.some(isBroken) && found.length >= 2 && isOrdered(found));
}

function isOrdered(values: readonly number[]): boolean {
  const differ = values.slice(1).map((value, at) => value - (values[at] ?? 0));
  return differ.every((one) => one <= 0) || differ.every((one) => one >= 0);
}

/** A list of documents went in; as many scores, or scores with positions in that list, came back. */
export function hasRanks(request: Tree, response: Tree, ask: Ask): boolean {
  if (ask.kind === "none") return false;
  const documents = Math.max(0, ...textLists(request));
  if (documents < 2) return false;
  return response.rows.some((row) => isBareScores(row, documents)) || areRanked(response, documents);
}

// A query comes with one list of documents; what has many lists is something else.
const MAX_LISTS = 40;

/** Lengths of the lists whose items are, or have, texts. */
function textLists({ lists, texts }: Tree): readonly number[] {
  return [...lists]
    .slice(0, MAX_LISTS)
    .flatMap(([path, length]) => (texts.some((leaf) => leaf.path.startsWith(path)) ? [length] : []));
}

function isBareScores({ names, values }: Row, documents: number): boolean {
  return names.length === 0 && values.length === documents && values.some(isBroken);
}

function areRanked({ rows }: Tree, documents: number): boolean {
  const ranked = rows.filter(({ path, values }) => {
    const scores = values.filter(isBroken).length;
    const places = values.filter(
      (value) => Number.isInteger(value) && value >= 0 && value < documents,
    ).length;
    return (
      path.endsWith("[]") &&
      values.length <= 4 &&
      scores >= 1 &&
      places + scores === values.length &&
      places >= 1
    );
  });
  return ranked.length >= Math.min(2, documents) && ranked.length <= documents;
}

function isBroken(value: number): boolean {
  return !Number.isInteger(value);
}

/** Probabilities (0..1) under names of what is moderated, as members or as a list of labels. */
export function hasLabels({ rows, texts, names }: Tree): boolean {
  const members = rows.some(
    ({ names: members, values }) =>
      values.some(isBroken) &&
      values.every((value) => value >= 0 && value <= 1) &&
      countNamed("labelNames", new Set(members)) >= 2,
  );
  if (members) return true;
  const labels = new Set(
    texts
      .filter(({ text }) => text.length <= 32)
      .map(({ text }) => text.toLowerCase().replaceAll(/[^\p{L}]+/gu, "_")),
  );
  const scored = rows.some(
    ({ path, values }) => path.includes("[]") && values.length <= 2 && values.some(isBroken),
  );
  return (scored && countNamed("labelNames", labels) >= 2) || countNamed("labelNames", names) >= 4;
}

/** Numbers in, numbers out: what models other than of language are asked. */
export function areTensors(request: Tree, response: Tree, ask: Ask): boolean {
  if (ask.kind === "prose") return false;
  const sent = request.rows.filter(({ names, values }) => names.length === 0 && values.length >= 2).length;
  const named = ["instances", "dataframe_split", "dataframe_records", "datatype", "ndarray", "tensor"].some(
    (name) => request.names.has(name),
  );
  const answered = ["predictions", "outputs", "prediction", "probabilities"].some((name) =>
    response.names.has(name),
  );
  return (
    (sent > 0 || request.figures.length > 0) && (named || (sent > 0 && answered)) && response.rows.length > 0
  );
}

// Models of pictures work on grids of 64 points; screens and prints have other sizes.
const GRID = 64;
const CANVAS = [256, 4096] as const;

/** Width and height as pictures have them that are generated. */
export function hasCanvas({ rows, texts }: Tree): boolean {
  const isSide = (side: number) => side >= CANVAS[0] && side <= CANVAS[1] && side % GRID === 0;
  if (rows.some(({ values }) => values.filter(isSide).length >= 2)) return true;
  return texts.some(
    ({ text }) => /^\d{3,4}[x×*]\d{3,4}$/.test(text) && text.split(/\D/).map(Number).every(isSide),
  );
}

export interface Usage {
  readonly known: boolean;
  /** The numbers fit each other or the text. */
  readonly consistent: boolean;
  readonly tokensIn: number;
  readonly tokensOut: number;
}

const NO_USAGE: Usage = { known: false, consistent: false, tokensIn: 0, tokensOut: 0 };
const IN =
  /(?:^|_)(?:prompt|input|in|request|question|context)_?tokens?(?:_?count|_used)?$|^tokens?_?(?:in|input|prompt|sent)$|^prompt_eval_count$|^(?:input|prompt)_?token_?count$/;
const OUT =
  /(?:^|_)(?:completion|output|out|generated|response|answer|candidates|reply)_?tokens?(?:_?count|_used)?$|^tokens?_?(?:out|output|completion|generated|received)$|^eval_count$|^(?:output|completion|candidates)_?token_?count$/;
const ANY =
  /(?:^|_)(?:total_?)?(?:num_?|n_)?tokens?(?:_?(?:count|used|usage|total|consumed))?$|^usage_tokens$/;
/** Words for the two directions where no tokens are named. */
const SENT = /^(?:in|input|prompt|sent|request|ein|eingabe|entrada|入力|输入|输入量)$/;
const MADE = /^(?:out|output|completion|generated|received|response|aus|ausgabe|salida|saída|出力|输出)$/;
// Characters a token stands for: three to eight in alphabets, about one or less in Chinese and Japanese.
const RATIO = { alphabet: [0.1, 0.7], dense: [0.25, 2.5] } as const;

export function usageOf(
  tree: Tree,
  answer: { readonly text: string; readonly language: string } | null,
): Usage {
  const tokensIn = largest(tree.figures, IN);
  const tokensOut = largest(tree.figures, OUT);
  const any = largest(tree.figures, ANY);
  if (tokensIn + tokensOut + any === 0) return unnamedUsage(tree, answer);
  const total = tokensIn > 0 && any === tokensIn + tokensOut;
  const consistent = total || fits(tokensOut, answer) || (tokensOut === 0 && fits(any, answer));
  return { known: true, consistent, tokensIn, tokensOut: tokensOut || (tokensIn === 0 ? any : 0) };
}

function unnamedUsage({ rows }: Tree, answer: Parameters<typeof usageOf>[1]): Usage {
  for (const { names, values } of rows) {
    const sent = names.findIndex((name) => SENT.test(name));
    const made = names.findIndex((name) => MADE.test(name));
    if (sent < 0 || made < 0) continue;
    const tokensIn = values[sent] ?? 0;
    const tokensOut = values[made] ?? 0;
    if (isCount(tokensIn) && fits(tokensOut, answer))
      return { known: true, consistent: true, tokensIn, tokensOut };
  }
  return NO_USAGE;
}

function largest(figures: readonly Figure[], form: RegExp): number {
  return figures.reduce(
    (most, { name, value }) => (form.test(name) && isCount(value) ? Math.max(most, value) : most),
    0,
  );
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value < 10_000_000;
}

function fits(tokens: number, answer: Parameters<typeof usageOf>[1]): boolean {
  if (answer === null || !isCount(tokens)) return false;
  const dense = answer.language === "han" || answer.language === "kana" || answer.language === "thai";
  const [least, most] = dense ? RATIO.dense : RATIO.alphabet;
  const ratio = tokens / answer.text.length;
  return ratio >= least && ratio <= most;
}

/** Parameters of generation within the ranges they have; other machines have a temperature too. */
export function hasParameters({ figures, switches }: Tree): boolean {
  const within = figures.filter(
    ({ name, value }) => isNamed("parameterNames", name) && isWithin(name, value),
  );
  const outside = figures.some(
    ({ name, value }) => isNamed("parameterNames", name) && !isWithin(name, value),
  );
  return !outside && (within.length > 0 || switches.has("stream") || switches.has("streaming"));
}

function isWithin(name: string, value: number): boolean {
  if (name === "temperature") return value >= 0 && value <= 2;
  if (/^(?:top_?p|min_p)$/.test(name)) return value >= 0 && value <= 1;
  if (name.endsWith("penalty")) return value >= -2 && value <= 2;
  if (/tokens|predict/.test(name)) return Number.isInteger(value) && value >= 1 && value <= 2_000_000;
  return true;
}
