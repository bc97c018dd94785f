// Compares texts by their words alone: whether an answer is about its question, and which words it added.

// Words of this length carry meaning in most alphabets; their beginnings survive inflection.
const MIN_WORD = 4;
const STEM = 5;
// Enough of a text to know what it is about.
const LOOKED_AT = 3000;
const DENSE = /[\u3041-\u30ff\u3400-\u9fff\u0e00-\u0eff]/;

/** Beginnings of longer words; pairs of characters where words are not set apart. Numbers are left out. */
export function stemsOf(text: string): ReadonlySet<string> {
  const stems = new Set<string>();
  for (const word of text
    .slice(0, LOOKED_AT)
    .toLowerCase()
    .match(/[\p{L}\p{M}]+/gu) ?? []) {
    if (DENSE.test(word)) for (let at = 0; at + 1 < word.length; at += 1) stems.add(word.slice(at, at + 2));
    else if (word.length >= MIN_WORD) stems.add(word.slice(0, STEM));
  }
  return stems;
}

export interface Shared {
  readonly count: number;
  /** Of the words of the question. */
  readonly share: number;
}

/** The words the two share; null when one of them is too short to tell. */
export function sharedWords(asked: string, answered: string): Shared | null {
  const ask = stemsOf(asked);
  const answer = stemsOf(answered);
  if (ask.size < 2 || answer.size < 4) return null;
  let count = 0;
  for (const stem of ask) if (answer.has(stem)) count += 1;
  return { count, share: count / ask.size };
}

/** Words of the answer that the question did not have. */
export function addedWords(asked: string, answered: string): readonly string[] {
  const ask = stemsOf(asked);
  return [...stemsOf(answered)].filter((stem) => !ask.has(stem));
}
