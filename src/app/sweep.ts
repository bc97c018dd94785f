// The side door for what silence and news elsewhere mean: orphans and documents without a host follow new services.
import type { InventoryStore } from "../store/store.ts";
import { rejudge } from "./specs.ts";

export interface Sweep {
  /** Something came that may bind documents anew: sweep soon, together with whatever else comes until then. */
  due(): void;
  /** Sweeps now if something is due, and waits for it. */
  settle(): Promise<void>;
  /** No sweep begins afterwards. */
  stop(): Promise<void>;
}

// News of services comes in bursts; a sweep reads the whole inventory, so a burst gets one.
const DELAY_MS = 5_000;

export interface SweepParts {
  readonly store: InventoryStore;
  readonly now: () => number;
  /** Told after each sweep. */
  readonly onSwept: () => void;
  /** Told when a sweep failed; what was due stays due. */
  readonly onFailure: (failure: unknown) => void;
}

export function createSweep({ store, now, onSwept, onFailure }: SweepParts): Sweep {
  let isDue = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const sweep = async (): Promise<void> => {
    if (!isDue) return;
    isDue = false;
    try {
      await rejudge(store, now);
      onSwept();
    } catch (failure) {
      isDue = true;
      onFailure(failure);
    }
  };
  const settle = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    running = running.then(sweep);
    return running;
  };
  return {
    due() {
      isDue = true;
      timer ??= setTimeout(() => void settle(), DELAY_MS).unref();
    },
    settle,
    async stop() {
      clearTimeout(timer);
      isDue = false;
      await running;
    },
  };
}
