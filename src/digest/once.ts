// Bounded maps and counters as one exchange fills them: what exchanges share is made once and never changed.
import type { Bounded } from "../model/bounded.ts";
import { emptyBounded, emptyRecord } from "../model/bounded.ts";

const EMPTY: Bounded<never> = emptyBounded();
const NOTHING = emptyRecord<never>();

/** No entry at all. */
export function nothing<V>(): Bounded<V> {
  return EMPTY;
}

/** No entry at all in a plain record. */
export function noRecord<V>(): Readonly<Record<string, V>> {
  return NOTHING;
}

/** One entry. */
export function sole<V>(key: string, value: V): Bounded<V> {
  const kept = emptyRecord<V>();
  kept[key] = value;
  return { kept, tau: null, rest: null };
}

/** `make` with a memory of at most `most` results; a full one is emptied rather than grown. */
export function remembered<V>(make: (key: string) => V, most: number): (key: string) => V {
  const known = new Map<string, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    if (known.size >= most) known.clear();
    known.set(key, made);
    return made;
  };
}
