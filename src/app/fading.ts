// The side door for verdicts of endpoints that fell silent: their evidence fades by the clock, and a turn is told once.
import { fadedAi } from "../ai/recognise.ts";
import { verdictEvent } from "../inventory/events.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { FadedVerdict, InventoryStore, StoredEndpoint } from "../store/store.ts";

export interface FadingParts {
  readonly store: InventoryStore;
  /** The wall clock. */
  readonly now: () => number;
  /** Told which rows have another verdict now. */
  readonly onFaded: (endpoints: readonly Endpoint[]) => void;
  readonly onFailure: (failure: unknown) => void;
}

export interface Fading {
  /** Looks once, now. */
  run(): Promise<void>;
  /** No look begins afterwards. */
  stop(): Promise<void>;
}

// Half of a reason is left after a fortnight: an hour more or less does not show.
const EVERY_MS = 3_600_000;
const DAY = 86_400_000;
// Rows of some ten KiB: a portion stays within megabytes.
const PORTION = 200;

export function createFading({ store, now, onFaded, onFailure }: FadingParts): Fading {
  let running: Promise<void> = Promise.resolve();
  const run = (): Promise<void> => {
    running = running.then(() => fadeAll(store, now(), onFaded)).catch(onFailure);
    return running;
  };
  const timer = setInterval(() => void run(), EVERY_MS).unref();
  return {
    run,
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** By the last traffic of all: while nothing is heard, silence says nothing, and captures keep their own time. */
async function fadeAll(store: InventoryStore, wall: number, onFaded: FadingParts["onFaded"]): Promise<void> {
  const newest = await store.endpoints({}, "-last_seen", { limit: 1, cursor: null });
  const now = Math.min(wall, newest.items[0]?.endpoint.facts?.lastSeen ?? wall);
  const filter = { ai: ["confirmed", "likely", "watch"], lastSeenTo: now - DAY } as const;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<InventoryStore["endpoints"]>> = await store.endpoints(filter, "path", {
      limit: PORTION,
      cursor,
    });
    const faded = page.items.flatMap((stored) => fadedRow(stored, now));
    const written = new Set(faded.length === 0 ? [] : await store.fadeVerdicts(faded));
    const rows = faded.flatMap(({ endpoint }) => (written.has(endpoint.id) ? [endpoint] : []));
    if (rows.length > 0) onFaded(rows);
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** What a person decided does not fade. */
function fadedRow({ endpoint, aiDecision }: StoredEndpoint, now: number): readonly FadedVerdict[] {
  if (aiDecision !== undefined) return [];
  const faded = { ...endpoint, ai: fadedAi(endpoint.ai, now) };
  const event = verdictEvent(endpoint, faded, now);
  return event === null ? [] : [{ endpoint: faded, event }];
}
