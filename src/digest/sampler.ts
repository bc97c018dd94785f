// Decides whose body is worth examining: everything rare, and an ever smaller share of what is heard all day.

export interface Sampler {
  /** Counts one more exchange of this kind; true: examine it. */
  take(kind: string): boolean;
}

// Half of what is remembered; with some 100 bytes a kind both halves stay within 10 MiB.
const GENERATION = 50_000;
// Even the busiest endpoint is looked at again after this many exchanges, or a change would go unseen for hours.
const RAREST = 64;

/**
 * The first `fully` of a kind are examined, then every 2nd of the next `fully`, every 4th of the next 2 * `fully`,
 * and so on to every 64th. Kinds not heard for a generation start afresh.
 */
export function createSampler(fully: number): Sampler {
  let young = new Map<string, number>();
  let old = new Map<string, number>();
  return {
    take(kind) {
      const count = young.get(kind) ?? old.get(kind) ?? 0;
      if (young.size >= GENERATION && !young.has(kind)) {
        old = young;
        young = new Map();
      }
      young.set(kind, count + 1);
      return count % strideAt(count, fully) === 0;
    },
  };
}

function strideAt(count: number, fully: number): number {
  let stride = 1;
  for (let until = fully; count >= until && stride < RAREST; until *= 2) stride *= 2;
  return stride;
}
