// Keeps governance up with the inventory: endpoints that changed are judged within moments, all of them when rules change.
import type { PlaceFinder } from "../inventory/places.ts";
import { isReach } from "../inventory/reach-findings.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { InventoryStore } from "../store/store.ts";
import type { JudgingParts } from "./judging.ts";
import { judge } from "./judging.ts";
import { NetworkWatch } from "./network-watch.ts";

export interface GovernorParts extends JudgingParts {
  readonly placeOf: PlaceFinder;
  /** Told after each portion that made news. */
  readonly onNews: (deliveries: number) => void;
  readonly onFailure: (failure: unknown) => void;
}

// Changes come in bursts of commits; a fact is judged well within a second of the exchange that shows it.
const DELAY_MS = 50;
// While the database is away.
const RETRY_MS = 2_000;
// Rows of some ten KiB: a portion stays within megabytes.
const PORTION = 200;
// Working out who reaches whom takes all rows: it gets a tenth of the time at most.
const REACH_SHARE = 10;

export class Governor {
  readonly #parts: GovernorParts;
  readonly #network: NetworkWatch;
  readonly #due = new Map<string, Endpoint | null>();
  #isAllDue = false;
  /** Endpoints of which something else may hold, by who reaches whom. */
  readonly #reachDue = new Set<string>();
  /** Before then nobody asks again who reaches whom, by the process's clock. */
  #reachAfter = 0;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(parts: GovernorParts) {
    this.#parts = parts;
    this.#network = new NetworkWatch(parts.placeOf);
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
      await this.#judgeDue();
      if (this.#isAllDue && !this.#isStopped) await this.#judgeAll();
      await this.#judgeReach();
    } catch (failure) {
      this.#parts.onFailure(failure);
      this.#plan(RETRY_MS);
    }
  }

  /** Portion by portion; what could not be judged goes back, unless it changed again meanwhile. */
  async #judgeDue(): Promise<void> {
    while (this.#due.size > 0 && !this.#isStopped) {
      const portion = [...this.#due].slice(0, PORTION);
      for (const [id] of portion) this.#due.delete(id);
      try {
        await this.#judge(
          portion.flatMap(([, endpoint]) => (endpoint === null ? [] : [endpoint])),
          portion.flatMap(([id, endpoint]) => (endpoint === null ? [id] : [])),
        );
      } catch (failure) {
        for (const [id, endpoint] of portion) if (!this.#due.has(id)) this.#due.set(id, endpoint);
        throw failure;
      }
    }
  }

  /** What changes while all are looked at does not wait for the end. */
  async #judgeAll(): Promise<void> {
    const { store } = this.#parts;
    this.#isAllDue = false;
    try {
      this.#network.begin(await lastHeardIn(store));
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<InventoryStore["endpoints"]>> = await store.endpoints({}, "path", {
          limit: PORTION,
          cursor,
        });
        const known = await this.#judge(
          page.items.map(({ endpoint }) => endpoint),
          [],
        );
        for (const id of known) this.#reachDue.add(id);
        await this.#judgeDue();
        cursor = page.nextCursor;
      } while (cursor !== null && !this.#isStopped);
      if (this.#isStopped) return;
      await this.#judgeStrays();
      this.#network.end();
      this.#look();
      await this.#takeReach(true);
    } catch (failure) {
      this.#network.giveUp();
      this.#isAllDue = true;
      throw failure;
    }
  }

  /** What other processes removed, as by a pin or a document, was told to nobody here. */
  async #judgeStrays(): Promise<void> {
    const { governance } = this.#parts.store;
    let last = "";
    for (;;) {
      const gone = await governance.strays(PORTION);
      const told = gone.join("\n");
      // The same ones again are not to be resolved here: they wait for the next look.
      if (gone.length === 0 || told === last || this.#isStopped) return;
      last = told;
      await this.#judge([], gone);
    }
  }

  /** Gives the endpoints that somebody was said to reach and should not. */
  async #judge(
    endpoints: readonly Endpoint[],
    gone: readonly string[],
    isWhole = false,
  ): Promise<readonly string[]> {
    for (const endpoint of endpoints) this.#network.note(endpoint);
    for (const id of gone) this.#network.remove(id);
    const around = this.#network.around(isWhole);
    const { deliveries, known } = await judge(this.#parts, { endpoints, gone, around });
    if (deliveries > 0) this.#parts.onNews(deliveries);
    return known.flatMap(({ rule, state, endpointId }) =>
      isReach(rule) && state !== "resolved" ? [endpointId] : [],
    );
  }

  async #judgeReach(): Promise<void> {
    if (this.#isStopped) return;
    const wait = this.#reachAfter - performance.now();
    if (this.#network.isChanged && wait <= 0) this.#look();
    await this.#takeReach(false);
    if (this.#network.isChanged) this.#plan(Math.max(wait, DELAY_MS));
  }

  #look(): void {
    const begun = performance.now();
    for (const id of this.#network.look()) this.#reachDue.add(id);
    this.#reachAfter = performance.now() + (performance.now() - begun) * REACH_SHARE;
  }

  async #takeReach(isWhole: boolean): Promise<void> {
    while (this.#reachDue.size > 0) {
      const ids = [...this.#reachDue].slice(0, PORTION);
      const found = await Promise.all(ids.map((id) => this.#parts.store.endpoint(id)));
      await this.#judge(
        found.flatMap((one) => (one === null ? [] : [one.endpoint])),
        [],
        isWhole,
      );
      for (const id of ids) this.#reachDue.delete(id);
    }
  }
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
