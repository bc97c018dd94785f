// Merges like sightings before they travel: traffic collapses to distinct behaviour.
import { growFacts, sightingKeyText } from "../model/facts.ts";
import type { Own } from "../model/grow.ts";
import { ownCopy } from "../model/grow.ts";
import { isWeighed, jsonBytes } from "../model/json-size.ts";
import type { Facts, Sighting, SightingKey } from "../model/sighting.ts";

export interface CombinerOptions {
  /** Length of the window by the clock of the exchanges, in milliseconds; Infinity leaves only the other bounds. */
  readonly windowMs?: number;
  /** Distinct keys held at most. */
  readonly maxKeys?: number;
  /** Estimated bytes of JSON held at most. */
  readonly maxBytes?: number;
}

export interface Combiner {
  add(sighting: Sighting): void;
  /** What was merged so far, in order of first appearance; the combiner is empty afterwards. */
  drain(): readonly Sighting[];
  /** Distinct keys held. */
  size(): number;
  /** The window is over or a bound is reached: drain before adding more. */
  due(): boolean;
  /** Sightings that came in and went out since the start: their ratio is the reduction. */
  counts(): { readonly in: number; readonly out: number };
}

// A second is short beside any question asked of an inventory, and long beside the rate of a busy endpoint.
const WINDOW_MS = 1000;
// Some 4 KiB of JSON each: a full window stays within the 16 MiB a collector may lose at a crash.
const MAX_KEYS = 4096;
const MAX_BYTES = 16 * 1024 * 1024;

interface Held {
  readonly key: SightingKey;
  facts: Facts;
  /** Sightings in `facts`; from the second on `facts` is a copy of our own. */
  merged: number;
  bytes: number;
}

export function createCombiner(options: CombinerOptions = {}): Combiner {
  const { windowMs = WINDOW_MS, maxKeys = MAX_KEYS, maxBytes = MAX_BYTES } = options;
  const held = new Map<string, Held>();
  const counts = { in: 0, out: 0 };
  let bytes = 0;
  let from = Infinity;
  let to = -Infinity;
  return {
    add({ key, facts }) {
      counts.in += 1;
      from = Math.min(from, facts.firstSeen);
      to = Math.max(to, facts.lastSeen);
      const text = sightingKeyText(key);
      const known = held.get(text) ?? { key, facts, merged: 0, bytes: 0 };
      if (known.merged === 0) held.set(text, known);
      else
        known.facts = growFacts(
          known.merged === 1 ? ownCopy(known.facts) : (known.facts as Own<Facts>),
          facts,
        );
      known.merged += 1;
      bytes += weighAgain(known);
    },
    drain() {
      const merged = Array.from(held.values(), ({ key, facts }) => ({ key, facts }));
      held.clear();
      counts.out += merged.length;
      bytes = 0;
      from = Infinity;
      to = -Infinity;
      return merged;
    },
    size: () => held.size,
    due: () => held.size >= maxKeys || bytes >= maxBytes || to - from >= windowMs,
    counts: () => ({ ...counts }),
  };
}

/** By how much it grew. */
function weighAgain(held: Held): number {
  if (!isWeighed(held.merged)) return 0;
  const before = held.bytes;
  held.bytes = jsonBytes(held.facts);
  return held.bytes - before;
}
