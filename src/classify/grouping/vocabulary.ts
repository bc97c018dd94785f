// What is known beforehand about the words that stand in paths: tables made from public API descriptions.
import routeWords from "./data/route-words.json" with { type: "json" };
import trigrams from "./data/trigrams.json" with { type: "json" };

/** In how many API providers' descriptions a word has a role; fitting leaves the provider at hand out of the counts. */
export interface WordRoles {
  /** It is a literal segment. */
  readonly route: number;
  /** It is a literal beside a variable (`me`, `search`). */
  readonly besideVariables: number;
  /** A variable comes next (`users`). */
  readonly beforeVariables: number;
  /** Only literals come next (`admin`). */
  readonly beforeWords: number;
}

export interface Vocabulary {
  /** Words come in lower case; all zero for one that fewer than two providers have. */
  roles(word: string): WordRoles;
  /** Mean log-likelihood per character of a literal segment under a character-trigram model: -1 is usual, -4 is not. */
  likelihood(word: string): number;
}

export const NO_ROLES: WordRoles = { route: 0, besideVariables: 0, beforeVariables: 0, beforeWords: 0 };

/** As in data/route-words.json: `word route beside before words` separated by ";". */
export function readWords(text: string): ReadonlyMap<string, WordRoles> {
  const words = new Map<string, WordRoles>();
  for (const row of text.split(";")) {
    const [word = "", ...counts] = row.split(" ");
    const [route = 0, besideVariables = 0, beforeVariables = 0, beforeWords = 0] = counts.map(Number);
    words.set(word, { route, besideVariables, beforeVariables, beforeWords });
  }
  return words;
}

export interface Trigrams {
  readonly alphabet: string;
  readonly step: number;
  readonly table: Readonly<Record<string, string>>;
}

// A pair of letters that no literal has: as surprising as the least usual letter behind a known pair.
const UNKNOWN_STEPS = 20;
// The beginning of a segment tells whether it is a word.
const LOOKED_AT = 48;

/** Mean over the letters of `^^word$` of the log-likelihood of each behind the two before it. */
export function likelihoodOf({ alphabet, step, table }: Trigrams, word: string): number {
  const plain = word.slice(0, LOOKED_AT).toLowerCase().replaceAll(/\d/g, "0");
  const text = `^^${Array.from(plain, (letter) => (alphabet.includes(letter) ? letter : "?")).join("")}$`;
  let steps = 0;
  for (let at = 2; at < text.length; at += 1) {
    const row = table[text.slice(at - 2, at)];
    const digit = row?.[alphabet.indexOf(text.charAt(at))];
    steps += digit === undefined ? UNKNOWN_STEPS : Number.parseInt(digit, 36);
  }
  return (-steps * step) / (text.length - 2);
}

/** The shipped tables. */
export const VOCABULARY: Vocabulary = createVocabulary(readWords(routeWords.words), trigrams);

// A service's words; a full table is emptied rather than grown.
const MOST_KNOWN = 20_000;

export function createVocabulary(words: ReadonlyMap<string, WordRoles>, letters: Trigrams): Vocabulary {
  const known = new Map<string, number>();
  return {
    roles: (word) => words.get(word) ?? NO_ROLES,
    likelihood(word) {
      const held = known.get(word);
      if (held !== undefined) return held;
      const likelihood = likelihoodOf(letters, word);
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(word, likelihood);
      return likelihood;
    },
  };
}
