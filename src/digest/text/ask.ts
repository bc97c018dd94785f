// Finds what a request says in words: the prose, program text or few words that an answer would be about.
import { isCode, proseOf } from "./prose.ts";
import type { Leaf, Tree } from "./tree.ts";
import { wordinessOf } from "./watch.ts";

export interface Ask {
  /** "prose" and "code" are text; "words" may be a query. */
  readonly kind: "prose" | "code" | "words" | "none";
  /** All leaves of that kind, joined. */
  readonly text: string;
  readonly language: string;
  readonly leaves: readonly Leaf[];
}

export const NO_ASK: Ask = { kind: "none", text: "", language: "", leaves: [] };

// The longest leaves tell; forms of a hundred fields have few of them.
const MAX_LEAVES = 40;
const SHORTEST = 4;

export function askOf(tree: Tree): Ask {
  const looked = longest(tree.texts.filter(isWritten));
  const kinds = looked.map((leaf) => ({ leaf, prose: proseOf(leaf.text), code: isCode(leaf.text) }));
  const prose = kinds.filter(({ prose: { wording }, code }) => wording === "prose" && !code);
  if (prose.length > 0) return gathered("prose", prose);
  const code = kinds.filter((kind) => kind.code);
  if (code.length > 0) return gathered("code", code);
  const words = kinds.filter(({ prose: { wording } }) => wording !== "none");
  return words.length > 0 ? gathered("words", words) : NO_ASK;
}

type Judged = { readonly leaf: Leaf; readonly prose: { readonly language: string } };

function gathered(kind: Ask["kind"], judged: readonly Judged[]): Ask {
  const leaves = judged.map(({ leaf }) => leaf);
  const language = judged.find(({ prose }) => prose.language !== "")?.prose.language ?? "";
  return { kind, text: leaves.map(({ text }) => text).join("\n"), language, leaves };
}

/** In the order they stand. */
export function longest(leaves: readonly Leaf[]): readonly Leaf[] {
  if (leaves.length <= MAX_LEAVES) return leaves;
  const least = leaves.map(({ text }) => text.length).sort((a, b) => b - a)[MAX_LEAVES] ?? 0;
  return leaves.filter(({ text }) => text.length > least).slice(0, MAX_LEAVES);
}

const GRAPHQL = /^\s*(?:(?:query|mutation|subscription|fragment)\b[^{]{0,400})?\{/;
const ADDRESS = /^(?:[a-z][a-z0-9+.-]{1,20}:\/\/|data:|\/|[^\s@]{1,64}@[^\s@]{1,190}$)\S*$/i;

/** Not an address, an operation of GraphQL, or anything else that is no writing. */
function isWritten(leaf: Leaf): boolean {
  const { text } = leaf;
  return text.length >= SHORTEST && wordinessOf(text) > 0 && !ADDRESS.test(text) && !isQuery(leaf);
}

/** An operation of GraphQL. */
export function isQuery({ text, name }: Leaf): boolean {
  return (name === "query" || name === "") && GRAPHQL.test(text);
}
