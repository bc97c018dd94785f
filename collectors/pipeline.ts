// The one way from exchanges to the stream: digest at once, merge like with like, hand over in bounded portions.
import type { EncryptedFlow } from "../src/model/encrypted-flow.ts";
import type { Exchange } from "../src/model/exchange.ts";
import type { CaptureHealth } from "../src/model/health.ts";
import type { Weird, WeirdName } from "../src/model/parsed.ts";
import type { Sighting } from "../src/model/sighting.ts";
import type { StreamUpdate } from "../src/model/stream-facts.ts";
import type { ExchangeSink } from "./input.ts";

export interface PipelineParts {
  /** Names the collector or input in capture health. */
  readonly name: string;
  readonly digest: (exchange: Exchange) => Sighting;
  readonly digestFlow: (flow: EncryptedFlow) => Sighting;
  /** undefined: the exchange it belongs to is not known any more. */
  readonly digestStream: (update: StreamUpdate) => Sighting | undefined;
  readonly combiner: {
    add(sighting: Sighting): void;
    drain(): readonly Sighting[];
    /** Its window is over, or it is full: drain before adding more. */
    due(): boolean;
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

export function createPipeline(parts: PipelineParts): Pipeline {
  let tally = newTally();
  const queue = oneAtATime(async () => {
    const portion = parts.combiner.drain();
    if (portion.length === 0) return;
    bump(tally.counters, "sightings", portion.length);
    await parts.deliver(portion);
  });
  return {
    sink: {
      exchange(exchange) {
        bump(tally.counters, "exchanges");
        if (exchange.outcome.kind === "unknown") bump(tally.counters, "exchanges.unknown");
        widen(tally, exchange.startedAt);
        parts.combiner.add(parts.digest(exchange));
      },
      flow(flow) {
        if (flow.isFurther !== true) bump(tally.counters, "flows.encrypted");
        widen(tally, flow.startedAt);
        parts.combiner.add(parts.digestFlow(flow));
      },
      stream(update) {
        widen(tally, update.at);
        const sighting = parts.digestStream(update);
        if (sighting !== undefined) parts.combiner.add(sighting);
      },
      weird: ({ name }: Weird) => bump(tally.weirds, name),
      count: (counter, by = 1) => bump(tally.counters, counter, by),
      ready: () => (parts.combiner.due() ? queue.run() : queue.busy()),
    },
    flush: queue.run,
    takeHealth() {
      const taken = tally;
      tally = newTally();
      return healthOf(parts.name, taken);
    },
  };
}

/** Runs `job` once per call, one after the other. After a failure all later runs fail too: nothing is skipped silently. */
function oneAtATime(job: () => Promise<void>) {
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;
  return {
    run(): Promise<void> {
      waiting += 1;
      last = last.then(job).finally(() => {
        waiting -= 1;
      });
      return last;
    },
    /** The run under way, if any. */
    busy: (): Promise<void> | undefined => (waiting > 0 ? last : undefined),
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

function healthOf(collector: string, { from, to, counters, weirds }: Tally): CaptureHealth {
  return {
    collector,
    from,
    to,
    counters: Object.fromEntries(counters),
    weirds: Object.fromEntries(weirds),
  };
}

function widen(tally: Tally, at: number): void {
  if (tally.from === null || at < tally.from) tally.from = at;
  if (tally.to === null || at > tally.to) tally.to = at;
}

function bump<K>(counts: Map<K, number>, name: K, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
