// Feeds mutated captures to the wire by the million: nothing may throw, hang, grow or tell untrue pairs.
// node dist/test/bench/fuzz.js --runs 1000000 --seed 1 [--from N] [--seconds N] [--jobs N]
import { parseArgs } from "node:util";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { DataClass } from "../../src/digest/data-class.ts";
import { createDigest } from "../../src/digest/digest.ts";
import { hash32 } from "../../src/model/hash.ts";
import { loadUnits } from "../../src/ops/units.ts";
import { fuzzOnce, fuzzReader } from "../support/wire/fuzz.ts";

/** A run of a few kilobytes takes a millisecond; one that takes this long does not end in practice. */
const HANG_MS = 2_000;
/** One run in so many goes through the asynchronous reader of files, compression included. */
const READER_SHARE = 64;
const HEAP_EVERY = 10_000;
/** What the heap may grow between the first check and any later one. */
const HEAP_SLACK = 32 * 1_048_576;
const MAX_FAILURES = 20;

interface Order {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly progress: Int32Array;
}

interface Result {
  readonly runs: number;
  readonly exchanges: number;
  readonly byKind: Record<string, { runs: number; exchanges: number; wrong: number }>;
  readonly wrong: readonly string[];
  readonly failures: readonly string[];
  readonly slowest: { readonly run: number; readonly ms: number };
  readonly heapMb: readonly [first: number, highest: number];
}

const STOP = 1;
const WATCH_MS = 250;

async function digesting() {
  const folder = new URL("../../src/digest/data-classes/", import.meta.url);
  const dataClasses = [...(await loadUnits<DataClass>(folder)).values()];
  return createDigest({ dataClasses, hash32, sampleAfter: Number.POSITIVE_INFINITY });
}

function collectGarbage(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}

async function again(run: number, seed: number): Promise<number> {
  const started = performance.now();
  try {
    if (run % READER_SHARE === 0) await fuzzReader(run, { seed });
    else fuzzOnce(run, { seed });
  } catch {
    // Told when it happened first.
  }
  return performance.now() - started;
}

async function work({ seed, from, to, progress }: Order): Promise<Result> {
  const gc = collectGarbage();
  let digest = await digesting();
  const also: Parameters<typeof fuzzOnce>[1]["also"] = (exchange) => void digest.digest(exchange);
  const byKind: Result["byKind"] = {};
  const failures: string[] = [];
  const wrong: string[] = [];
  let slowest = { run: from, ms: 0 };
  let exchanges = 0;
  let [first, highest] = [0, 0];
  let run = from;
  for (; run < to && failures.length < MAX_FAILURES && Atomics.load(progress, 1) !== STOP; run++) {
    Atomics.store(progress, 0, run);
    const options = { seed, ...(run % 4 === 0 ? { also } : {}) };
    const started = performance.now();
    try {
      if (run % READER_SHARE === 0) await fuzzReader(run, options);
      else {
        const heard = fuzzOnce(run, options);
        exchanges += heard.exchanges;
        const row = (byKind[heard.kind] ??= { runs: 0, exchanges: 0, wrong: 0 });
        row.runs++;
        row.exchanges += heard.exchanges;
        row.wrong += heard.wrong.length;
        if (heard.wrong.length > 0 && wrong.length < MAX_FAILURES) {
          wrong.push(`run ${run}, ${heard.kind}, ${heard.talk}: ${heard.wrong.join(", ")}`);
        }
      }
    } catch (error) {
      failures.push(`run ${run}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    let ms = performance.now() - started;
    // A busy machine makes any run slow once: what counts is that it is slow again.
    if (ms > HANG_MS / 10) ms = Math.min(ms, await again(run, seed));
    if (ms > slowest.ms) slowest = { run, ms };
    if ((run - from) % HEAP_EVERY !== HEAP_EVERY - 1) continue;
    // The digest samples per endpoint and remembers the many that mutation makes up: its bound is not at issue here.
    digest = await digesting();
    // Buffers are given back a turn after their owners.
    gc();
    await new Promise((resolve) => setImmediate(resolve));
    gc();
    const { used_heap_size, external_memory } = getHeapStatistics();
    const now = used_heap_size + external_memory;
    if (first === 0) first = now;
    highest = Math.max(highest, now);
    if (now > first + HEAP_SLACK) failures.push(`run ${run}: the heap grew from ${first} to ${now} bytes`);
  }
  const heapMb = [first / 1_048_576, highest / 1_048_576] as const;
  return { runs: run - from, exchanges, byKind, wrong, failures, slowest, heapMb };
}

/** Starts a worker and watches it: the one thing a run cannot notice itself is that it never ends. */
async function watched(order: Omit<Order, "progress">): Promise<Result> {
  const progress = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL(import.meta.url), { workerData: { ...order, progress } });
  process.once("SIGINT", () => Atomics.store(progress, 1, STOP));
  let [last, idle] = [-1, 0];
  return new Promise((resolve, reject) => {
    const watch = setInterval(() => {
      const now = Atomics.load(progress, 0);
      idle = now === last ? idle + 1 : 0;
      last = now;
      // Looks and not a clock: a machine that slept has not hung.
      if (idle > (HANG_MS * 5) / WATCH_MS) {
        void worker.terminate();
        reject(new Error(`run ${now} of seed ${order.seed} does not end`));
      }
      if (Date.now() > deadline) Atomics.store(progress, 1, STOP);
    }, WATCH_MS);
    worker
      .on("message", resolve)
      .on("error", reject)
      .on("exit", () => clearInterval(watch));
  });
}

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    seconds: { type: "string", default: "86400" },
    jobs: { type: "string", default: "1" },
  },
});
const deadline = Date.now() + Number(values.seconds) * 1_000;

async function main(): Promise<void> {
  const [runs, seed, from, jobs] = [values.runs, values.seed, values.from, values.jobs].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const started = Date.now();
  const share = Math.ceil(runs / jobs);
  const results = await Promise.all(
    Array.from({ length: jobs }, (_, job) => {
      const begin = from + job * share;
      return watched({ seed, from: begin, to: Math.min(begin + share, from + runs) });
    }),
  );
  const seconds = (Date.now() - started) / 1_000;
  let failed = false;
  for (const { failures, wrong, slowest, heapMb, byKind, ...sums } of results) {
    console.log({ ...sums, slowest, heapMb: heapMb.map(Math.round) });
    console.table(byKind);
    for (const line of wrong) console.log(`never said: ${line}`);
    for (const line of failures) console.log(`FAILED ${line}`);
    failed ||= failures.length > 0 || slowest.ms > HANG_MS;
  }
  const done = results.reduce((sum, result) => sum + result.runs, 0);
  const peak = Math.round(process.resourceUsage().maxRSS / 1_024);
  console.log(
    `${done} runs of seed ${seed} in ${seconds.toFixed(0)} s (${Math.round(done / seconds)}/s), ${peak} MB peak`,
  );
  process.exitCode = failed ? 1 : 0;
}

if (isMainThread) await main();
else parentPort?.postMessage(await work(workerData as Order), []);
