// What a collector could and could not hear: counters that travel to the inventory, so that nothing is lost silently.
import type { WeirdName } from "./parsed.ts";

/** Additive: two reports of the same collector join by adding. */
export interface CaptureHealth {
  /** Name of the collector or of the input. */
  readonly collector: string;
  /** Milliseconds since the epoch by the source's clock; null while nothing was read. */
  readonly from: number | null;
  readonly to: number | null;
  /** e.g. `packets`, `bytes`, `exchanges`, `tcp.gap-bytes`, `kernel.dropped`. Fixed set of names. */
  readonly counters: Readonly<Record<string, number>>;
  readonly weirds: Readonly<Record<WeirdName, number>>;
}
