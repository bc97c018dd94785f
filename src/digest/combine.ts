// Merges like sightings before they travel: traffic collapses to distinct behaviour.
import { joinFacts, sightingKeyText } from "../model/facts.ts";
import type { Sighting } from "../model/sighting.ts";

export interface CombinerOptions {
  /** Length of the window by the clock of the exchanges, in milliseconds. */
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
  sighting: Sighting;
}

export function createCombiner(options: CombinerOptions = {}): Combiner {
  const { windowMs = WINDOW_MS, maxKeys = MAX_KEYS, maxBytes = MAX_BYTES } = options;
  const held = new Map<string, Held>();
  const counts = { in: 0, out: 0 };
  let bytes = 0;
  let from = Infinity;
  let to = -Infinity;
  return {
    add(sighting) {
      counts.in += 1;
      from = Math.min(from, sighting.facts.firstSeen);
      to = Math.max(to, sighting.facts.lastSeen);
      const text = sightingKeyText(sighting.key);
      const known = held.get(text);
      if (known === undefined) {
        held.set(text, { sighting });
        bytes += JSON.stringify(sighting).length;
      } else known.sighting = { key: sighting.key, facts: joinFacts(known.sighting.facts, sighting.facts) };
    },
    drain() {
      const merged = [...held.values()].map(({ sighting }) => sighting);
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
