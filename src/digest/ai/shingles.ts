// Remembers, as hashes of eight words in a row, the instructions that services give to models, to see when an answer repeats them.

export interface Shingles {
  /** Instructions of a service. */
  learn(text: string): void;
  /** Whether the text repeats at least three runs of words of any instructions heard. */
  knows(text: string): boolean;
}

const WORDS = 8;
const REPEATED = 3;
// Some hundred instructions of average length; the oldest hashes make room.
const MAX_HASHES = 16_384;
// Longer texts repeat instructions at their beginning or not at all.
const LOOKED_AT = 8192;

export function createShingles(hash32: (text: string) => number): Shingles {
  const known = new Set<number>();
  return {
    learn(text) {
      for (const hash of hashesOf(text, hash32)) {
        known.delete(hash);
        known.add(hash);
        if (known.size > MAX_HASHES) known.delete(known.values().next().value as number);
      }
    },
    knows(text) {
      if (known.size === 0) return false;
      let hits = 0;
      for (const hash of hashesOf(text, hash32)) {
        if (known.has(hash)) hits += 1;
        if (hits >= REPEATED) return true;
      }
      return false;
    },
  };
}

function* hashesOf(text: string, hash32: (text: string) => number): Generator<number> {
  const words =
    text
      .slice(0, LOOKED_AT)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  for (let at = 0; at + WORDS <= words.length; at += 1) yield hash32(words.slice(at, at + WORDS).join(" "));
}
