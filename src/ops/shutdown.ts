// Stopping in order: what was started last stops first, within a deadline, and a second signal leaves at once.
import { describeError } from "./log.ts";
import type { Log } from "./log.ts";

export interface Shutdown {
  /** Registers something to stop; the last registered stops first. */
  add(name: string, stop: () => Promise<void>): void;
  /** Runs every stop function once; later calls get the same promise. Resolves to the exit code. */
  run(reason: string): Promise<number>;
  /** Aborts when stopping begins. */
  readonly signal: AbortSignal;
}

export interface ShutdownOptions {
  readonly log: Log;
  /** All stop functions together; container runtimes wait 30 s before they kill, and 10 s is Docker's default. */
  readonly deadlineMs?: number;
}

const DEFAULT_DEADLINE_MS = 9_000;
/** What a shell reports for a process that a signal ended by way of an orderly stop. */
const EXIT_ORDERLY = 0;
const EXIT_INCOMPLETE = 1;

/** Makes a shutdown that nothing triggers by itself. */
export function createShutdown({ log, deadlineMs = DEFAULT_DEADLINE_MS }: ShutdownOptions): Shutdown {
  const steps: { readonly name: string; readonly stop: () => Promise<void> }[] = [];
  const controller = new AbortController();
  let running: Promise<number> | undefined;

  const stopAll = async (): Promise<number> => {
    let code = EXIT_ORDERLY;
    // Stays in the list while it stops, so that what is waited for can be told.
    for (let step = steps.at(-1); step !== undefined; step = steps.at(-1)) {
      try {
        await step.stop();
      } catch (failure) {
        code = EXIT_INCOMPLETE;
        log.error({ part: step.name, error: describeError(failure) }, "a part did not stop cleanly");
      }
      steps.splice(steps.indexOf(step), 1);
    }
    return code;
  };

  return {
    signal: controller.signal,
    add: (name, stop) => void steps.push({ name, stop }),
    run: (reason) => {
      if (running !== undefined) return running;
      log.info({ reason }, "stopping");
      controller.abort();
      running = within(deadlineMs, stopAll(), () => {
        log.error({ waitingFor: steps.map((step) => step.name) }, "stopping took too long");
        return EXIT_INCOMPLETE;
      });
      return running;
    },
  };
}

async function within<T>(ms: number, work: Promise<T>, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late()), ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** The part of `process` that signals need. */
export interface SignalSource {
  on(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
  exit(code: number): void;
}

/** First SIGINT or SIGTERM: orderly stop, then exit. Second: exit at once with the code shells give that signal. */
export function stopOnSignals(shutdown: Shutdown, source: SignalSource = process): void {
  const exits = { SIGINT: 130, SIGTERM: 143 } as const;
  let heard = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    source.on(signal, () => {
      if (heard) return source.exit(exits[signal]);
      heard = true;
      void shutdown.run(signal).then((code) => source.exit(code));
    });
  }
}
