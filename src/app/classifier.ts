// The classifier's loop: one batch in, one transaction out; the offset lies in the transaction, so nothing counts twice.
import type { Endpoint, ServiceState } from "../model/inventory.ts";
import type { CaptureHealth } from "../model/health.ts";
import type { Sighting } from "../model/sighting.ts";
import type { Commit, CommitResult, InventoryStore } from "../store/store.ts";
import type { Batch, Consumer, Stream } from "../stream/stream.ts";
import type { Absorbed } from "./absorb.ts";
import { absorb } from "./absorb.ts";
import { Admission, MOST_UNANSWERED, otherHosts, renamed } from "./admission.ts";
import { byAuthority } from "./parts.ts";
import type { Rules } from "./rules.ts";
import { rulesOf } from "./rules.ts";

export interface Committed {
  readonly messages: number;
  readonly events: number;
  /** Services heard for the first time. */
  readonly newServices: number;
  /** Rows that are new or different, and ids of rows that are no more. */
  readonly endpoints: readonly Endpoint[];
  readonly removedEndpointIds: readonly string[];
  /** As in `Absorbed`, of all services. */
  readonly narrowings: number;
}

export interface HandlerParts {
  readonly store: InventoryStore;
  /** Told after each committed batch. */
  readonly onCommit?: (done: Committed) => void;
}

// A service state is some ten KiB an endpoint: this many keep the cache within about 100 MiB.
const MAX_CACHED_ENDPOINTS = 10_000;
// A route is some hundred bytes as JSON, and twice that as objects.
const ROUTES_PER_ENDPOINT = 10;
// Specs change by hand: a batch judged by an old revision is judged again, and twice in a row is a coincidence.
const MAX_ATTEMPTS = 10;

export interface ClassifierParts extends HandlerParts {
  readonly stream: Stream;
}

/** Consumes sightings and capture health until stopped. */
export async function runClassifier(parts: ClassifierParts): Promise<Consumer> {
  const sightings = createSightingHandler(parts);
  const consumers = [
    await parts.stream.consume("umbra.sightings.v1", sightings),
    await parts.stream.consume("umbra.collector-health.v1", createHealthHandler(parts.store)),
  ];
  return {
    async stop() {
      await Promise.all(consumers.map((consumer) => consumer.stop()));
    },
  };
}

/** Everything the classifier remembers between batches; all of it can be read again from the store. */
interface Memory {
  readonly states: Map<string, ServiceState>;
  readonly positions: Map<number, bigint | null>;
  rules: { readonly revision: number; readonly rules: Rules } | null;
  admission: Admission | null;
}

export function createSightingHandler({ store, onCommit }: HandlerParts) {
  const memory: Memory = { states: new Map(), positions: new Map(), rules: null, admission: null };
  return async (batch: Batch<"umbra.sightings.v1">): Promise<void> => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      try {
        const done = await tryBatch(batch, store, memory);
        if (done === null) continue;
        onCommit?.(done);
        return;
      } catch (error) {
        // Whether the commit happened is unknown: forget everything and let the stream bring the batch again.
        forget(memory, batch.partition);
        throw error;
      }
    }
    throw new Error(`partition ${batch.partition}: specs or offsets kept changing; trying again`);
  };
}

const NOTHING: Committed = {
  messages: 0,
  events: 0,
  newServices: 0,
  endpoints: [],
  removedEndpointIds: [],
  narrowings: 0,
};

/** null when somebody else moved on and the batch has to be judged again. */
async function tryBatch(
  batch: Batch<"umbra.sightings.v1">,
  store: InventoryStore,
  memory: Memory,
): Promise<Committed | null> {
  const position = await positionOf(batch, store, memory);
  if (position !== null && batch.lastOffset <= position) return NOTHING;
  const fresh = batch.messages.filter((message) => position === null || message.offset > position);
  const { revision, rules } = await currentRules(store, memory);
  const absorbed = await absorbAll(
    fresh.map((message) => message.value),
    { store, memory, rules, other: otherHosts(batch.partition) },
  );
  const rows = rowsOf(absorbed);
  const result = await store.commit({
    position: { topic: batch.topic, partition: batch.partition, offset: batch.lastOffset },
    expectedOffset: position,
    specRevision: revision,
    ...rows,
    health: [],
  });
  if (result !== "committed") return forgetFor(result, memory, batch.partition);
  memory.positions.set(batch.partition, batch.lastOffset);
  for (const one of absorbed) remember(memory, one.state);
  const { events, endpoints, removedEndpointIds } = rows;
  const newServices = events.filter((event) => event.type === "service-discovered").length;
  const narrowings = absorbed.reduce((sum, one) => sum + one.narrowings, 0);
  const counts = { messages: fresh.length, events: events.length, newServices, narrowings };
  return { ...counts, endpoints, removedEndpointIds };
}

async function positionOf(batch: Batch<"umbra.sightings.v1">, store: InventoryStore, memory: Memory) {
  const known = memory.positions.get(batch.partition);
  if (known !== undefined) return known;
  const stored = await store.position(batch.topic, batch.partition);
  memory.positions.set(batch.partition, stored);
  return stored;
}

async function currentRules(store: InventoryStore, memory: Memory) {
  if (memory.rules === null) {
    const { revision, ...said } = await store.specs();
    memory.rules = { revision, rules: rulesOf(said) };
  }
  return memory.rules;
}

async function absorbAll(
  sightings: readonly Sighting[],
  {
    store,
    memory,
    rules,
    other,
  }: {
    readonly store: InventoryStore;
    readonly memory: Memory;
    readonly rules: Rules;
    /** The service that takes in those beyond the limit. */
    readonly other: string;
  },
): Promise<readonly Absorbed[]> {
  memory.admission ??= new Admission(await store.unanswered(MOST_UNANSWERED));
  const absorbed: Absorbed[] = [];
  const surplus: Sighting[] = [];
  const stateOf = async (authority: string): Promise<ServiceState> =>
    memory.states.get(authority) ?? (await store.serviceState(authority));
  for (const [authority, group] of byAuthority(sightings)) {
    const known = await stateOf(authority);
    if (memory.admission.admits(authority, known, group)) {
      absorbed.push(absorb(known, group, { ...rules.contextOf(authority), history: true }));
    } else surplus.push(...renamed(group, other));
  }
  if (surplus.length > 0) absorbed.push(absorb(await stateOf(other), surplus, rules.contextOf(other)));
  return absorbed;
}

function rowsOf(
  absorbed: readonly Absorbed[],
): Pick<Commit, "services" | "endpoints" | "removedEndpointIds" | "events" | "grouping"> {
  return {
    services: absorbed.flatMap((one) => (one.state.service === null ? [] : [one.state.service])),
    endpoints: absorbed.flatMap((one): readonly Endpoint[] => one.endpoints),
    removedEndpointIds: absorbed.flatMap((one) => one.removedEndpointIds),
    events: absorbed.flatMap((one) => one.events),
    grouping: {
      routes: absorbed.flatMap((one) => one.grouping.routes),
      removedRoutes: absorbed.flatMap((one) => one.grouping.removedRoutes),
      services: absorbed.flatMap((one) => one.grouping.services),
      redirects: absorbed.flatMap((one) => one.grouping.redirects),
      splits: absorbed.flatMap((one) => one.grouping.splits),
    },
  };
}

function weightOf({ endpoints, grouping }: ServiceState): number {
  return endpoints.size + (grouping?.routes.length ?? 0) / ROUTES_PER_ENDPOINT;
}

function remember(memory: Memory, state: ServiceState): void {
  if (state.service === null) return;
  memory.states.delete(state.service.authority);
  memory.states.set(state.service.authority, state);
  let held = [...memory.states.values()].reduce((sum, one) => sum + weightOf(one), 0);
  for (const [authority, oldest] of memory.states) {
    if (held <= MAX_CACHED_ENDPOINTS || memory.states.size === 1) return;
    memory.states.delete(authority);
    held -= weightOf(oldest);
  }
}

function forgetFor(result: Exclude<CommitResult, "committed">, memory: Memory, partition: number): null {
  // Standings of all endpoints may have moved with the specs, so the cached rows are stale either way.
  if (result === "stale-specs") memory.rules = null;
  forget(memory, partition);
  return null;
}

function forget(memory: Memory, partition: number): void {
  memory.states.clear();
  memory.admission = null;
  memory.positions.delete(partition);
}

/** Health reports add up in the store, exactly once by the same offset rule. */
export function createHealthHandler(store: InventoryStore) {
  return async (batch: Batch<"umbra.collector-health.v1">): Promise<void> => {
    const position = await store.position(batch.topic, batch.partition);
    if (position !== null && batch.lastOffset <= position) return;
    const fresh = batch.messages.filter((message) => position === null || message.offset > position);
    const health = fresh.map((message): CaptureHealth => message.value);
    const result = await store.commit({
      position: { topic: batch.topic, partition: batch.partition, offset: batch.lastOffset },
      expectedOffset: position,
      specRevision: null,
      services: [],
      endpoints: [],
      removedEndpointIds: [],
      events: [],
      health,
    });
    if (result !== "committed") throw new Error(`capture health not stored (${result}); trying again`);
  };
}
