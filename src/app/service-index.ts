// The endpoints of one service under the hands of absorb: found by identity, counted against the limits.
import type { Limits } from "../inventory/limits.ts";
import { Buckets, folded } from "../inventory/limits.ts";
import { identityKey } from "../model/identity.ts";
import type { Endpoint, ServiceState } from "../model/inventory.ts";
import type { Matcher } from "../openapi/match.ts";

/** Hot-path state: changed in place while a batch is absorbed, never seen by others. */
export class ServiceIndex {
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #byIdentity = new Map<string, Endpoint>();
  readonly #buckets: Buckets;
  readonly limits: Limits;
  /** Documents the rows were brought into line with. */
  readonly matcher: Matcher | null;
  #changed = new Set<string>();
  #removed = new Set<string>();

  constructor(endpoints: Iterable<Endpoint>, limits: Limits, matcher: Matcher | null) {
    this.#buckets = new Buckets(limits);
    this.limits = limits;
    this.matcher = matcher;
    for (const endpoint of endpoints) this.put(endpoint);
    this.begin();
  }

  /** Forgets which rows changed so far. */
  begin(): void {
    this.#changed = new Set();
    this.#removed = new Set();
  }

  get(id: string): Endpoint | undefined {
    return this.#endpoints.get(id);
  }

  find(identity: string): Endpoint | null {
    return this.#byIdentity.get(identity) ?? null;
  }

  ids(): readonly string[] {
    return [...this.#endpoints.keys()];
  }

  put(endpoint: Endpoint): void {
    const before = this.#endpoints.get(endpoint.id);
    if (before !== undefined) this.#drop(before);
    this.#endpoints.set(endpoint.id, endpoint);
    this.#byIdentity.set(identityKey(endpoint), endpoint);
    this.#buckets.put(endpoint);
    this.#changed.add(endpoint.id);
    this.#removed.delete(endpoint.id);
  }

  remove(endpoint: Endpoint): void {
    this.#drop(endpoint);
    this.#endpoints.delete(endpoint.id);
    this.#changed.delete(endpoint.id);
    this.#removed.add(endpoint.id);
  }

  #drop(endpoint: Endpoint): void {
    this.#buckets.remove(endpoint);
    const identity = identityKey(endpoint);
    if (this.#byIdentity.get(identity)?.id === endpoint.id) this.#byIdentity.delete(identity);
  }

  /** Folds what is too much. */
  limit(): void {
    for (let surplus = this.#buckets.surplus(); surplus !== null; surplus = this.#buckets.surplus()) {
      for (const endpoint of surplus.endpoints) {
        const taker = surplus.into(endpoint);
        this.remove(endpoint);
        this.put(folded(this.#endpoints.get(taker.id) ?? taker, endpoint));
      }
    }
  }

  /** Rows that are new or different since `begin`. */
  changed(): readonly Endpoint[] {
    return [...this.#changed].flatMap((id) => this.#endpoints.get(id) ?? []);
  }

  /** Ids of rows of `known` that are no more. */
  removedFrom(known: ServiceState): readonly string[] {
    return [...this.#removed].filter((id) => known.endpoints.has(id));
  }

  /** A copy that later batches do not change. */
  snapshot(): ReadonlyMap<string, Endpoint> {
    return new Map(this.#endpoints);
  }
}

/** The index behind a state that came out of absorb. It is taken out, for it goes on to be the index of the next. */
const behind = new WeakMap<ServiceState, ServiceIndex>();

export function takeIndex(
  known: ServiceState,
  { limits, matcher }: { readonly limits: Limits; readonly matcher: Matcher },
): { readonly index: ServiceIndex; readonly regrouped: boolean } {
  const held = behind.get(known);
  behind.delete(known);
  if (held?.matcher === matcher && held.limits === limits) {
    held.begin();
    return { index: held, regrouped: true };
  }
  return { index: new ServiceIndex(known.endpoints.values(), limits, matcher), regrouped: false };
}

export function leaveIndex(state: ServiceState, index: ServiceIndex): void {
  behind.set(state, index);
}
