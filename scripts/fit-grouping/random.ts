// Seeded random numbers: the same seed gives the same traffic, weights and figures.

export interface Random {
  /** 0 to 1, without 1. */
  next(): number;
  chance(probability: number): boolean;
  /** Both ends included. */
  int(low: number, high: number): number;
  /** Between the two, small and large orders of magnitude alike. */
  logInt(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** Of pairs of value and weight. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  text(alphabet: string, length: number): string;
}

/*
  sfc32 (Chris Doty-Humphrey, PractRand), seeded by FNV-1a of the text.
*/
export function randomOf(seed: string): Random {
  let state = 2_166_136_261;
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 16_777_619);
  let [a, b, c, counter] = [state, state ^ 0x9e_37_79_b9, state ^ 0x24_3f_6a_88, 1];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 15; warm += 1) next();
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    logInt: (low, high) => Math.round(low * (high / low) ** next()),
    pick(list) {
      const found = list[Math.floor(next() * list.length)];
      if (found === undefined) throw new Error("nothing to pick from");
      return found;
    },
    weighted(list) {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of list) if ((left -= weight) < 0) return value;
      return (list.at(-1) as (typeof list)[number])[0];
    },
    text: (alphabet, length) =>
      Array.from({ length }, () => alphabet.charAt(Math.floor(next() * alphabet.length))).join(""),
  };
}

/** Draws an index below `size`, the first most often; 0 makes all alike. */
export function zipf(size: number, exponent: number): (random: Random) => number {
  const sums: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= size; rank += 1) sums.push((sum += rank ** -exponent));
  return (random) => {
    const at = random.next() * sum;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
