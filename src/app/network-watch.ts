// Keeps an eye on who reaches whom: slim rows of all endpoints in memory, and the findings that follow from all of them.
import type { Surroundings } from "../inventory/governance.ts";
import type { NetworkRow } from "../inventory/host-index.ts";
import { createHostFinder, createHostIndex, networkRow } from "../inventory/host-index.ts";
import type { PlaceFinder } from "../inventory/places.ts";
import type { ReachFindings } from "../inventory/reach-findings.ts";
import { reachFindings } from "../inventory/reach-findings.ts";
import type { Endpoint } from "../model/inventory.ts";

export class NetworkWatch {
  readonly #placeOf: PlaceFinder;
  #hostAt: ReturnType<typeof createHostFinder>;
  #rows: Map<string, NetworkRow> | null = null;
  /** What a look at everything has gathered so far; null while none is under way. */
  #gathering: Map<string, NetworkRow> | null = null;
  #lastHeard: ReadonlyMap<string, number> = new Map();
  #reach: ReachFindings = new Map();
  #isChanged = false;

  constructor(placeOf: PlaceFinder) {
    this.#placeOf = placeOf;
    this.#hostAt = createHostFinder(placeOf);
  }

  /** A look at everything begins: all endpoints will be noted. `lastHeard`: when services were, by authority. */
  begin(lastHeard: ReadonlyMap<string, number>): void {
    this.#lastHeard = lastHeard;
    this.#gathering = new Map();
    this.#hostAt = createHostFinder(this.#placeOf);
  }

  /** Everything was noted. */
  end(): void {
    this.#rows = this.#gathering;
    this.#gathering = null;
  }

  /** It was looked at in part only. */
  giveUp(): void {
    this.#gathering = null;
  }

  note(endpoint: Endpoint): void {
    const row = networkRow(endpoint, this.#hostAt);
    const held = this.#rows?.get(endpoint.id) ?? null;
    if (this.#rows !== null && sketchOf(held) !== sketchOf(row)) this.#isChanged = true;
    for (const rows of [this.#rows, this.#gathering]) {
      if (row === null) rows?.delete(endpoint.id);
      else rows?.set(endpoint.id, row);
    }
  }

  remove(endpointId: string): void {
    const was = this.#rows?.delete(endpointId) ?? false;
    this.#gathering?.delete(endpointId);
    if (was) this.#isChanged = true;
  }

  /** Somebody calls, serves or carries something else than at the last look. */
  get isChanged(): boolean {
    return this.#isChanged;
  }

  /** Works out anew what follows from the rows; gives the endpoints of which something else holds now. */
  look(): readonly string[] {
    this.#isChanged = false;
    const before = this.#reach;
    this.#reach = reachFindings(createHostIndex(this.#rows?.values() ?? []));
    const ids = new Set([...before.keys(), ...this.#reach.keys()]);
    return [...ids].filter((id) => JSON.stringify(before.get(id)) !== JSON.stringify(this.#reach.get(id)));
  }

  /** `isWhole`: right after a look at everything. */
  around(isWhole: boolean): Surroundings {
    return { lastHeard: this.#lastHeard, reach: this.#reach, isWhole };
  }
}

/** What findings hang on, but for counts, which move with every request. */
function sketchOf(row: NetworkRow | null): string {
  if (row === null) return "";
  const { ai, aiKind, exposure, servedFrom, dataClasses, callers, servers } = row;
  const hosts = [callers.map(({ host }) => host.id), servers.map(({ id }) => id)];
  return JSON.stringify([ai, aiKind, exposure, servedFrom, dataClasses, hosts]);
}
