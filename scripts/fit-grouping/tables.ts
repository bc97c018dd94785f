// Counts what public APIs call their routes: every count is of providers, so that one big API has one voice.
import type { Corpus, CorpusProvider } from "./corpus.ts";

/** In how many providers a word was seen in a role. */
export interface WordCounts {
  /** As a route word. */
  readonly literal: number;
  /** As a route word with a parameter at the same place beside it (`/users/{id}`, `/users/me`). */
  readonly beside: number;
  /** As a route word that a parameter follows. */
  readonly before: number;
  /** As a route word that only route words follow. */
  readonly frame: number;
}

/** One string per role: words of one provider. */
export interface ProviderWords {
  readonly provider: string;
  readonly literal: ReadonlySet<string>;
  readonly beside: ReadonlySet<string>;
  readonly before: ReadonlySet<string>;
  readonly frame: ReadonlySet<string>;
  readonly enums: ReadonlySet<string>;
}

interface Node {
  readonly children: Map<string, Node>;
}

// Longer "words" are sentences or identifiers; single letters are shards and axes.
const WORD = /^(?=.{2,40}$)[a-z0-9$_.~-]*[a-z][a-z0-9$_.~-]*$/;
const VERSION = /^v\d+(?:[._]\d+)*(?:(?:alpha|beta|rc)\d*)?$/;

/** The form under which a segment is looked up; undefined for what is never a route word. */
export function wordOf(segment: string): string | undefined {
  const word = segment.replace(/(?<=.)[:(;].*$/, "").toLowerCase();
  return WORD.test(word) && !VERSION.test(word) ? word : undefined;
}

export function wordsOfProvider({ provider, documents }: CorpusProvider): ProviderWords {
  const sets = { literal: new Set<string>(), beside: new Set<string>(), before: new Set<string>() };
  const frame = new Set<string>();
  const enums = new Set<string>();
  for (const { operations, enums: listed } of documents) {
    const root: Node = { children: new Map() };
    for (const { segments } of operations) {
      let at = root;
      for (const segment of segments) {
        const edge = segment.includes("{") ? "{}" : segment;
        let next = at.children.get(edge);
        if (next === undefined) at.children.set(edge, (next = { children: new Map() }));
        at = next;
      }
    }
    visit(root, { ...sets, frame });
    for (const token of listed) {
      const word = enumWordOf(token);
      if (word !== undefined) enums.add(word);
    }
  }
  return { provider, ...sets, frame, enums };
}

function visit(node: Node, sets: Record<"literal" | "beside" | "before" | "frame", Set<string>>): void {
  const parameter = node.children.has("{}");
  for (const [edge, child] of node.children) {
    const word = edge === "{}" ? undefined : wordOf(edge);
    if (word !== undefined) {
      sets.literal.add(word);
      if (parameter) sets.beside.add(word);
      if (child.children.has("{}")) sets.before.add(word);
      else if (child.children.size > 0) sets.frame.add(word);
    }
    visit(child, sets);
  }
}

/*
  `IN_PROGRESS`, `inProgress`, `In-Progress` and `in progress` are one word, written `in_progress`. Digits, other scripts
  and anything longer than an enum value of a public document are left out.
*/
const ENUM_WORD = /^[a-z]{2,20}(?:_[a-z]{1,20}){0,3}$/;

export function enumWordOf(token: string): string | undefined {
  const word = token
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .replaceAll(/[- .]/g, "_")
    .toLowerCase();
  return ENUM_WORD.test(word) ? word : undefined;
}

/** Everything counted once, with what each provider brought, to leave one out. */
export interface Counted {
  readonly providers: ReadonlyMap<string, ProviderWords>;
  readonly words: ReadonlyMap<string, WordCounts>;
}

export function countWords(corpus: Corpus): Counted {
  const providers = new Map(corpus.providers.map((each) => [each.provider, wordsOfProvider(each)] as const));
  const words = new Map<string, { -readonly [K in keyof WordCounts]: number }>();
  for (const provider of providers.values())
    for (const role of ["literal", "beside", "before", "frame"] as const)
      for (const word of provider[role]) {
        let counts = words.get(word);
        if (counts === undefined) words.set(word, (counts = { literal: 0, beside: 0, before: 0, frame: 0 }));
        counts[role] += 1;
      }
  return { providers, words };
}

// One provider's word says nothing about others'.
const SHARED = 2;

/** The words that at least two providers share, as if the one left out had not been read. */
export function sharedWords(counted: Counted, leaveOut?: string): Map<string, WordCounts> {
  const own = leaveOut === undefined ? undefined : counted.providers.get(leaveOut);
  const shared = new Map<string, WordCounts>();
  for (const [word, counts] of counted.words) {
    const less = (role: keyof WordCounts) => counts[role] - (own?.[role].has(word) === true ? 1 : 0);
    const literal = less("literal");
    if (literal >= SHARED)
      shared.set(word, { literal, beside: less("beside"), before: less("before"), frame: less("frame") });
  }
  return shared;
}

/** Words of public enums that are above all names of people: an observed value among them may be somebody. */
const PEOPLE = new Set(
  "al ben bo bob gene georgia jo justin ko le li lo lu ly ma mac max miles mile ng nio ron ruby so su tam van yu".split(
    " ",
  ),
);

export function sharedEnumWords(counted: Counted): readonly string[] {
  const providers = new Map<string, number>();
  for (const { enums } of counted.providers.values())
    for (const word of enums) providers.set(word, (providers.get(word) ?? 0) + 1);
  return [...providers]
    .filter(([word, count]) => count >= SHARED && !PEOPLE.has(word))
    .map(([word]) => word)
    .sort();
}

/*
  Trigram model of route words. Text: lower case, "^^" before and "$" behind; letters as they are, every digit "0",
  anything else but `-_.` "?". Level of a trigram: ln P(third | first two), add-half smoothing, in steps of a quarter,
  0 = certain, 25 and more = "z".
*/
export const TRIGRAM_ALPHABET = "abcdefghijklmnopqrstuvwxyz0-_.?$";
const CONTEXT_ALPHABET = `^${TRIGRAM_ALPHABET.slice(0, -1)}`;
const STEP = 0.25;
const SMOOTHING = 0.5;
const LEVELS = "0123456789abcdefghijklmnopqrstuvwxyz";

export function trigramText(word: string): string {
  return `^^${word
    .toLowerCase()
    .replaceAll(/\d/g, "0")
    .replaceAll(/[^a-z0\-_.]/g, "?")}$`;
}

/** Context of two letters to one level per letter of the alphabet; contexts nobody used are absent. */
export function trigrams(words: Iterable<readonly [word: string, weight: number]>): Record<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const [word, weight] of words) {
    const text = trigramText(word);
    for (let index = 2; index < text.length; index += 1) {
      const context = text.slice(index - 2, index);
      let next = counts.get(context);
      if (next === undefined) counts.set(context, (next = new Map()));
      const letter = text.charAt(index);
      next.set(letter, (next.get(letter) ?? 0) + weight);
    }
  }
  const table: Record<string, string> = {};
  for (const context of [...counts.keys()].sort()) {
    const next = counts.get(context) ?? new Map<string, number>();
    const total =
      [...next.values()].reduce((sum, count) => sum + count, 0) + SMOOTHING * TRIGRAM_ALPHABET.length;
    table[context] = [...TRIGRAM_ALPHABET]
      .map((letter) => {
        const level = Math.round(-Math.log(((next.get(letter) ?? 0) + SMOOTHING) / total) / STEP);
        return LEVELS.charAt(Math.min(LEVELS.length - 1, level));
      })
      .join("");
  }
  return table;
}

export const TRIGRAM_NOTE = {
  alphabet: TRIGRAM_ALPHABET,
  contexts: CONTEXT_ALPHABET,
  step: STEP,
  levels: LEVELS,
};
