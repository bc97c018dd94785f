// Waiting and trying again: exponential backoff with jitter, stoppable at any moment.

export interface Backoff {
  /** Wait after the first failure, in milliseconds. */
  readonly firstMs: number;
  /** Longest wait. */
  readonly maxMs: number;
}

/** Quick enough that a broker's restart costs a second, slow enough not to hammer one that is down for an hour. */
export const DEFAULT_BACKOFF: Backoff = { firstMs: 100, maxMs: 15_000 };

export interface Retrying {
  readonly backoff?: Backoff;
  /** Uniform in [0, 1): the jitter, given so that a test can fix it. */
  readonly random?: () => number;
  readonly signal?: AbortSignal;
  /** Told before each wait. `attempt` starts at 1. */
  readonly onRetry?: (failure: unknown, attempt: number, waitMs: number) => void;
}

/** How long to wait after the given failure (1 = first): doubles up to `maxMs`, of which jitter takes up to half. */
export function backoffMs(backoff: Backoff, attempt: number, random: () => number): number {
  const full = Math.min(backoff.maxMs, backoff.firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full * (0.5 + random() / 2));
}

/** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal?.addEventListener("abort", wake);
  });
}

/** Runs `work` until it resolves. Rejects with the last failure once the signal has aborted. */
export async function retry<T>(work: (attempt: number) => Promise<T>, how: Retrying = {}): Promise<T> {
  const { backoff = DEFAULT_BACKOFF, random = Math.random, signal, onRetry } = how;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (failure) {
      if (isAborted(signal)) throw failure;
      const waitMs = backoffMs(backoff, attempt, random);
      onRetry?.(failure, attempt, waitMs);
      await pause(waitMs, signal);
      if (isAborted(signal)) throw failure;
    }
  }
}

// A function, because the compiler takes a checked property for unchanged across an await.
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
