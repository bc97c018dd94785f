// Captures from a network interface for as long as it is wanted: tcpdump as a child process, started again when it ends.
import { spawn } from "node:child_process";
import type { Log } from "../../src/ops/log.ts";
import type { Backoff } from "../../src/ops/retry.ts";
import { DEFAULT_BACKOFF, backoffMs, pause } from "../../src/ops/retry.ts";
import type { ExchangeSink } from "../input.ts";
import { ClassicReader } from "./classic.ts";
import type { SpawnTcpdump, Tcpdump } from "./live-process.ts";
import { launchTcpdump } from "./live-process.ts";
import type { LiveCounter, LiveSource } from "./live-source.ts";
import { type CaptureRequest, tcpdumpEnvironment } from "./live-tcpdump.ts";
import { type LiveWire, createLiveWire } from "./live-wire.ts";
import { type GrowingKeylog, pumpSecrets } from "./secrets.ts";

export interface LiveCaptureParts {
  readonly log: Log;
  /** Wall clock in milliseconds since the epoch. */
  readonly now: () => number;
  /** TLS secrets as the ends of the connections log them. */
  readonly keylog?: GrowingKeylog;
  readonly spawn?: SpawnTcpdump;
  readonly backoff?: Backoff;
  readonly random?: () => number;
}

// A process that ran this long was fine: its end is a new failure, not another one of a row.
const STEADY_MS = 60_000;
// Ctrl-C reaches tcpdump too, and may end it before we hear that we are to stop.
const GRACE_MS = 100;
// What a reader that waits for full stages may delay the stop of the rest.
const STOP_MS = 500;

const spawnTcpdump: SpawnTcpdump = (args) =>
  spawn("tcpdump", args, { stdio: ["ignore", "pipe", "pipe"], env: tcpdumpEnvironment(process.env) });

/** Resolves when capturing has begun. Rejects with `UnreadableInput` when it cannot, in a sentence that says what to do. */
export async function startLiveCapture(
  request: CaptureRequest,
  sink: ExchangeSink,
  parts: LiveCaptureParts,
): Promise<LiveSource> {
  const count: LiveCounter = (name, by) => sink.count(name, by);
  const start = (): Tcpdump => launchTcpdump(request, count, parts.spawn ?? spawnTcpdump);
  const first = start();
  await first.started;
  const capture = new LiveCapture(start, sink, parts);
  const letGo = await pumpSecrets(parts.keylog, capture.keylog);
  return capture.run(first, letGo);
}

/** Class because of its state: the process at hand, and whether it is being read. */
class LiveCapture {
  readonly #start: () => Tcpdump;
  readonly #sink: ExchangeSink;
  readonly #parts: LiveCaptureParts;
  readonly #wire: LiveWire;
  readonly #stopping = new AbortController();
  #isWaiting = false;

  constructor(start: () => Tcpdump, sink: ExchangeSink, parts: LiveCaptureParts) {
    this.#start = start;
    this.#sink = sink;
    this.#parts = parts;
    this.#wire = createLiveWire(sink, parts.now, { keysGrow: parts.keylog !== undefined });
  }

  readonly keylog = (text: string): void => this.#wire.keylog(text);

  /** `letGo` is called when it is to stop. */
  run(first: Tcpdump, letGo: () => void): LiveSource {
    let current = first;
    const ended = this.#keepReading(first, (next) => (current = next));
    return {
      // While bytes wait in the pipe there is no silence, only our own slowness.
      tick: () => {
        if (!this.#isWaiting) this.#wire.tick();
      },
      refresh: async () => current.askCounters(),
      stop: async () => {
        this.#stopping.abort();
        letGo();
        await current.stop();
        await Promise.race([ended.catch(() => {}), pause(STOP_MS)]);
      },
      ended,
    };
  }

  async #keepReading(first: Tcpdump, onNext: (next: Tcpdump) => void): Promise<void> {
    const { now } = this.#parts;
    let current = first;
    for (let attempt = 1; ; attempt++) {
      const since = now();
      await this.#read(current);
      await current.stop();
      if (now() - since >= STEADY_MS) attempt = 1;
      if (!(await this.#goesOn(attempt, await current.ended))) break;
      current = this.#start();
      // Whether it captures shows in what comes; the reason why not, in its end.
      current.started.catch(() => {});
      onNext(current);
    }
    this.#wire.end();
  }

  /** Waits before the next start. False: it is over. */
  async #goesOn(attempt: number, why: string): Promise<boolean> {
    const { signal } = this.#stopping;
    await pause(GRACE_MS, signal);
    if (signal.aborted) return false;
    const { log, backoff = DEFAULT_BACKOFF, random = Math.random } = this.#parts;
    const waitMs = backoffMs(backoff, attempt, random);
    this.#sink.count("capture.restarts");
    log.warn({ attempt, waitMs, why }, "the capture ended; starting it again");
    await pause(waitMs, signal);
    return !signal.aborted;
  }

  async #read({ bytes }: Tcpdump): Promise<void> {
    const sink = this.#sink;
    const reader = new ClassicReader({ packet: this.#wire.packet, weird: (name) => sink.weird({ name }) });
    for await (const chunk of bytes) {
      reader.push(chunk);
      const full = sink.ready();
      if (full !== undefined) await this.#wait(full);
      if (reader.broken) break;
    }
    reader.end();
    if (reader.lost > 0) sink.count("capture.lost-bytes", reader.lost);
  }

  async #wait(full: Promise<void>): Promise<void> {
    this.#isWaiting = true;
    await full.finally(() => {
      this.#isWaiting = false;
    });
  }
}
