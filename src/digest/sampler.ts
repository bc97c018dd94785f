// Decides whose body is worth examining: everything rare, and an ever smaller share of what is heard all day.

export interface Sampler {
  /** Counts one more exchange of this kind on this day (days since some start); true: examine it. */
  take(kind: string, day?: number): boolean;
}

// Half of what is remembered; with some 100 bytes a kind both halves stay within 10 MiB.
const GENERATION = 50_000;
// Even the busiest endpoint is looked at again after this many exchanges, or a change would go unseen for hours.
const RAREST = 64;

interface Count {
  count: number;
  day: number;
}

/**
 * The first `fully` of a kind are examined each day, for what changed overnight is told by comparing days, then every 2nd of the next `fully`, every 4th of the next 2 * `fully`,
 * and so on to every 64th. Kinds not heard for a generation start afresh.
 */
export function createSampler(fully: number): Sampler {
  let young = new Map<string, Count>();
  let old = new Map<string, Count>();
  const heldOf = (kind: string, day: number): Count => {
    const known = young.get(kind);
    if (known !== undefined) return known;
    if (young.size >= GENERATION) {
      old = young;
      young = new Map();
    }
    const held = old.get(kind) ?? { count: 0, day };
    young.set(kind, held);
    return held;
  };
  return {
    take(kind, day = 0) {
      const held = heldOf(kind, day);
      // Clocks may jump back; only a later day is a new one.
      if (day > held.day) {
        held.count = 0;
        held.day = day;
      }
      const { count } = held;
      held.count += 1;
      return count % strideAt(count, fully) === 0;
    },
  };
}

function strideAt(count: number, fully: number): number {
  let stride = 1;
  for (let until = fully; count >= until && stride < RAREST; until *= 2) stride *= 2;
  return stride;
}
