// The one way from exchanges to the stream: digest at once, merge like with like, hand over in bounded portions.
import type { Exchange } from "../src/model/exchange.ts";
import type { CaptureHealth } from "../src/model/health.ts";
import type { Weird, WeirdName } from "../src/model/parsed.ts";
import type { Sighting } from "../src/model/sighting.ts";
import type { ExchangeSink } from "./input.ts";

export interface PipelineParts {
  /** Names the collector or input in capture health. */
  readonly name: string;
  readonly digest: (exchange: Exchange) => Sighting;
  readonly combiner: {
    add(sighting: Sighting): void;
    drain(): readonly Sighting[];
    /** Distinct keys held. */
    size(): number;
  };
  /** Takes over a portion; resolves when it is safe to forget it. */
  readonly deliver: (sightings: readonly Sighting[]) => Promise<void>;
}

export interface Pipeline {
  readonly sink: ExchangeSink;
  /** Delivers what is held now; a live collector calls it about once a second. */
  flush(): Promise<void>;
  /** What was counted since the last call; additive. */
  takeHealth(): CaptureHealth;
}

// 4,096 distinct sightings of a few KiB each keep a collector's window within some ten MiB.
const MAX_KEYS = 4096;

export function createPipeline(parts: PipelineParts): Pipeline {
  let tally = newTally();
  // One delivery at a time; after a failed one all later ones fail too, so that nothing is skipped silently.
  let deliveries: Promise<void> = Promise.resolve();
  let waiting = 0;

  const deliverHeld = async (): Promise<void> => {
    const portion = parts.combiner.drain();
    if (portion.length === 0) return;
    bump(tally.counters, "sightings", portion.length);
    await parts.deliver(portion);
  };
  const flush = (): Promise<void> => {
    waiting += 1;
    deliveries = deliveries.then(deliverHeld).finally(() => {
      waiting -= 1;
    });
    return deliveries;
  };

  return {
    sink: {
      exchange(exchange) {
        bump(tally.counters, "exchanges");
        if (exchange.outcome.kind === "unknown") bump(tally.counters, "exchanges.status-unknown");
        widen(tally, exchange.startedAt);
        parts.combiner.add(parts.digest(exchange));
      },
      weird: ({ name }: Weird) => bump(tally.weirds, name),
      count: (counter, by = 1) => bump(tally.counters, counter, by),
      ready() {
        if (parts.combiner.size() >= MAX_KEYS) return flush();
        return waiting > 0 ? deliveries : undefined;
      },
    },
    flush,
    takeHealth() {
      const taken = tally;
      tally = newTally();
      return {
        collector: parts.name,
        from: taken.from,
        to: taken.to,
        counters: Object.fromEntries(taken.counters),
        weirds: Object.fromEntries(taken.weirds),
      };
    },
  };
}

interface Tally {
  readonly counters: Map<string, number>;
  readonly weirds: Map<WeirdName, number>;
  from: number | null;
  to: number | null;
}

function newTally(): Tally {
  return { counters: new Map(), weirds: new Map(), from: null, to: null };
}

function widen(tally: Tally, at: number): void {
  if (tally.from === null || at < tally.from) tally.from = at;
  if (tally.to === null || at > tally.to) tally.to = at;
}

function bump<K>(counts: Map<K, number>, name: K, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
