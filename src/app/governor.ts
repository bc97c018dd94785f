// Keeps governance up with the inventory: endpoints that changed are judged within moments, all of them when rules change.
import type { Rulebook } from "../inventory/governance.ts";
import { judgeEndpoints } from "../inventory/governance.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { InventoryStore } from "../store/store.ts";

export interface GovernorParts {
  readonly store: InventoryStore;
  readonly rules: () => Promise<Rulebook>;
  /** The wall clock: what people decide and are told is timed by it. */
  readonly now: () => number;
  /** Told after each portion that made news. */
  readonly onNews: (deliveries: number) => void;
  readonly onFailure: (failure: unknown) => void;
}

// Changes come in bursts of commits; a fact is judged well within a second of the exchange that shows it.
const DELAY_MS = 100;
// While the database is away.
const RETRY_MS = 2_000;
// Rows of some ten KiB: a portion stays within megabytes.
const PORTION = 200;

export class Governor {
  readonly #parts: GovernorParts;
  readonly #due = new Map<string, Endpoint | null>();
  #isAllDue = false;
  /** When services were last heard, as of the last look at all endpoints. */
  #lastHeard: ReadonlyMap<string, number> = new Map();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(parts: GovernorParts) {
    this.#parts = parts;
  }

  /** These rows were written: they are judged soon. */
  changed(endpoints: readonly Endpoint[]): void {
    for (const endpoint of endpoints) this.#due.set(endpoint.id, endpoint);
    this.#plan(DELAY_MS);
  }

  /** These rows are no more: their findings are resolved soon. */
  removed(endpointIds: readonly string[]): void {
    for (const id of endpointIds) this.#due.set(id, null);
    this.#plan(DELAY_MS);
  }

  /** Rules changed: everything is judged, in the background. */
  all(): void {
    this.#isAllDue = true;
    this.#plan(DELAY_MS);
  }

  /** Waits until everything due was judged, or failed to be. */
  settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#running.then(() => this.#work());
    return this.#running;
  }

  /** Nothing begins afterwards. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #plan(ms: number): void {
    if (!this.#isStopped) this.#timer ??= setTimeout(() => void this.settle(), ms).unref();
  }

  async #work(): Promise<void> {
    try {
      while (this.#due.size > 0 && !this.#isStopped)
        await judgePortion(this.#parts, this.#due, this.#lastHeard);
      if (this.#isAllDue && !this.#isStopped) await this.#workAll();
    } catch (failure) {
      this.#parts.onFailure(failure);
      this.#plan(RETRY_MS);
    }
  }

  async #workAll(): Promise<void> {
    this.#isAllDue = false;
    try {
      this.#lastHeard = await lastHeardIn(this.#parts.store);
      await judgeAll(this.#parts, this.#lastHeard, () => this.#isStopped);
    } catch (failure) {
      this.#isAllDue = true;
      throw failure;
    }
  }
}

/** Takes a portion out; what could not be judged goes back, unless it changed again meanwhile. */
async function judgePortion(
  parts: GovernorParts,
  due: Map<string, Endpoint | null>,
  lastHeard: ReadonlyMap<string, number>,
): Promise<void> {
  const portion = [...due].slice(0, PORTION);
  for (const [id] of portion) due.delete(id);
  try {
    const endpoints = portion.flatMap(([, endpoint]) => (endpoint === null ? [] : [endpoint]));
    const gone = portion.flatMap(([id, endpoint]) => (endpoint === null ? [id] : []));
    await judge(parts, { endpoints, gone, lastHeard });
  } catch (failure) {
    for (const [id, endpoint] of portion) if (!due.has(id)) due.set(id, endpoint);
    throw failure;
  }
}

async function judgeAll(
  parts: GovernorParts,
  lastHeard: ReadonlyMap<string, number>,
  isStopped: () => boolean,
): Promise<void> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<InventoryStore["endpoints"]>> = await parts.store.endpoints({}, "path", {
      limit: PORTION,
      cursor,
    });
    const endpoints = page.items.map(({ endpoint }) => endpoint);
    await judge(parts, { endpoints, gone: [], lastHeard });
    cursor = page.nextCursor;
  } while (cursor !== null && !isStopped());
}

// The largest page the store gives.
const SERVICES = 500;

async function lastHeardIn(store: InventoryStore): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<InventoryStore["services"]>> = await store.services({
      limit: SERVICES,
      cursor,
    });
    for (const { authority, lastSeen } of page.items) found.set(authority, lastSeen);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

interface Portion {
  readonly endpoints: readonly Endpoint[];
  readonly gone: readonly string[];
  readonly lastHeard: ReadonlyMap<string, number>;
}

async function judge(
  { store, rules, now, onNews }: GovernorParts,
  { endpoints, gone, lastHeard }: Portion,
): Promise<void> {
  const { governance } = store;
  const ids = [...endpoints.map(({ id }) => id), ...gone];
  const [decisions, findings, rulebook] = await Promise.all([
    governance.governance(ids),
    governance.findingsOf(ids),
    rules(),
  ]);
  const { records, deliveries, owners } = judgeEndpoints(
    endpoints,
    { decisions, findings, gone, lastHeard },
    rulebook,
    now(),
  );
  if (owners.size > 0) await governance.putOwners(owners);
  if (records.length > 0) await governance.putFindings(records, deliveries);
  if (deliveries.length > 0) onNews(deliveries.length);
}
