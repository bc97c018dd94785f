// What is known beforehand about the words that stand in paths: tables made from public API descriptions.

/**
 * Counts of API providers, so that fitting can leave the provider at hand out. Words come in lower case.
 */
export interface Vocabulary {
  /** Providers whose paths have this word as a literal segment; 0 when fewer than two do. */
  providers(word: string): number;
  /** Providers in whose paths this literal stands beside a variable (`me`, `search`). */
  besideVariables(word: string): number;
  /** Mean log-likelihood per character of a literal segment under a character-trigram model. */
  likelihood(word: string): number;
}
