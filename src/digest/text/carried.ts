// Notices answers that come back as part of a later request: a caller that sends the talk so far with each turn.
import { plain } from "./reply.ts";
import type { Leaf } from "./tree.ts";

export interface Carried {
  /** An earlier answer of this endpoint stands among the texts. */
  has(place: string, leaves: readonly Leaf[]): boolean;
  /** Remembers an answer of this endpoint. */
  note(place: string, answer: string): void;
}

// Turns of all talks of one collector that are going on at a time; hashes only, the oldest go first.
const MAX_ANSWERS = 8192;
// Shorter texts are said twice by chance.
const SHORTEST = 24;
const HASHED = 4000;

export function createCarried(hash32: (text: string) => number): Carried {
  const answers = new Set<number>();
  const keyOf = (place: string, text: string) => hash32(`${place} ${plain(text.slice(0, HASHED))}`);
  return {
    has: (place, leaves) =>
      answers.size > 0 &&
      leaves.some(({ text }) => text.length >= SHORTEST && answers.has(keyOf(place, text))),
    note(place, answer) {
      if (answer.length < SHORTEST) return;
      const key = keyOf(place, answer);
      answers.delete(key);
      answers.add(key);
      for (const oldest of answers) {
        if (answers.size <= MAX_ANSWERS) return;
        answers.delete(oldest);
      }
    },
  };
}
