// Rules out by the characters of a text which data classes it may hold: one pass instead of one pattern per class.
import type { DataClass } from "./data-class.ts";

/** Classes that a text with certain characters may hold. */
export interface Sifted {
  readonly units: readonly DataClass[];
  /** No text shorter than this holds any of them. */
  readonly shortest: number;
  /** One test for all their hints. */
  readonly hint: (text: string) => boolean;
}

/** No class that its form alone proves is shorter. */
export const SHORTEST = 6;
// Below this length every class that its form alone proves has a digit or an "@": most values are plain words.
const WORDY = 20;
const TELLING = "0123456789@";
// Bits of a small integer; what is said beyond is not asked for.
const MAX_NEEDS = 30;
// Combinations of characters that really occur are some hundred; a full table is emptied rather than grown.
const MAX_KNOWN = 4096;

export function createSieve(units: readonly DataClass[]): (text: string) => Sifted {
  const needs = [...new Set([TELLING, ...units.flatMap((unit) => unit.needs ?? [])])].slice(0, MAX_NEEDS);
  const bits = new Uint32Array(128);
  for (const [bit, characters] of needs.entries()) {
    for (const character of characters) bits[character.charCodeAt(0) & 127]! |= 1 << bit;
  }
  const known = new Map<number, Sifted>();
  return (text) => {
    let seen = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code < 128) seen |= bits[code] as number;
    }
    let sifted = known.get(seen);
    if (sifted === undefined) {
      if (known.size >= MAX_KNOWN) known.clear();
      sifted = siftedOf(
        units.filter((unit) => fits(unit, needs, seen)),
        (seen & 1) !== 0,
      );
      known.set(seen, sifted);
    }
    return sifted;
  };
}

function fits({ needs = [] }: DataClass, known: readonly string[], seen: number): boolean {
  return needs.every((characters) => {
    const bit = known.indexOf(characters);
    return bit < 0 || (seen & (1 << bit)) !== 0;
  });
}

function siftedOf(units: readonly DataClass[], isTelling: boolean): Sifted {
  const shortest = Math.min(...units.map((unit) => unit.shortest ?? SHORTEST));
  return { units, shortest: Math.max(shortest, isTelling ? SHORTEST : WORDY), hint: jointHint(units) };
}

/** One pass per set of flags. */
function jointHint(units: readonly DataClass[]): (text: string) => boolean {
  const byFlags = new Map<string, string[]>();
  for (const { hint } of units) {
    const flags = hint.flags.replaceAll(/[gy]/g, "");
    byFlags.set(flags, [...(byFlags.get(flags) ?? []), `(?:${hint.source})`]);
  }
  const joint = [...byFlags].map(([flags, sources]) => new RegExp(sources.join("|"), flags));
  return (text) => joint.some((hint) => hint.test(text));
}
