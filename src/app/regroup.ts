// Brings the rows of a service into line with its templates: merges, splits and moves that keep ids, first sights, facts.
import { isOlder, mergedEvent } from "../inventory/regrouping.ts";
import { isOverflow, OTHER } from "../inventory/limits.ts";
import { joinFacts } from "../model/facts.ts";
import { covers } from "../model/template-cover.ts";
import { endpointId, identityKey } from "../model/identity.ts";
import type { Endpoint, InventoryEvent } from "../model/inventory.ts";
import type { Redirect } from "../store/store.ts";
import type { Plan, Planned } from "./plan.ts";
import type { ServiceIndex } from "./service-index.ts";

/** What happens to the rows of one service while a batch is absorbed. */
export interface Working {
  readonly index: ServiceIndex;
  readonly plan: Plan;
  readonly news: InventoryEvent[];
  readonly redirects: Redirect[];
  readonly splits: { readonly id: string; readonly from: string }[];
  /** Rows whose past is that of others too, or that moved: written whatever else happens. */
  readonly moved: Set<string>;
  /** Rows as they stood before they moved, for what is split off them now. */
  readonly origins: Endpoint[];
  /** Facts for rows that take in others, by their id. */
  readonly folded: Map<string, Endpoint[]>;
}

/** Afterwards each row with facts stands where a template is, or is part of one that does. */
export function regroup(working: Working): void {
  const { index, plan } = working;
  const stale = [...index.rows()].filter((row) => isGrouped(row) && !plan.own.has(identityKey(row)));
  if (stale.length === 0) return;
  const takers = new TakerSearch(plan, index);
  const groups = new Map<string, Endpoint[]>();
  for (const row of stale.sort((a, b) => (isOlder(a, b) ? -1 : 1))) {
    const taker = takers.takerOf(row);
    if (taker === null) fold(working, row);
    else groups.set(taker.identity, [...(groups.get(taker.identity) ?? []), row]);
  }
  for (const [identity, rows] of groups) {
    const planned = plan.own.get(identity);
    if (planned !== undefined) merge(working, planned, rows);
  }
}

/** Rows that follow from routes: not what was only documented, took in others, or stayed closed. */
function isGrouped(row: Endpoint): boolean {
  return row.facts !== null && row.category !== "encrypted" && !isOverflow(row) && row.operation !== OTHER;
}

/** Beyond the limits now: its past is that of the row that takes in all such. */
function fold({ index, plan, folded }: Working, row: Endpoint): void {
  index.remove(row);
  const taker = plan.takerOf(identityKey(row));
  folded.set(taker.id, [...(folded.get(taker.id) ?? []), row]);
}

/** The oldest lives on under its id, at the place of the template; the others lead to it. */
function merge(working: Working, planned: Planned, rows: readonly Endpoint[]): void {
  const { index, moved, origins, redirects, news } = working;
  const there = index.find(planned.identity);
  const members = [...rows, ...(there === null ? [] : [there])].sort((a, b) => (isOlder(a, b) ? -1 : 1));
  const [oldest] = members;
  if (oldest === undefined) return;
  origins.push(...rows);
  for (const row of members) index.remove(row);
  const facts = members.flatMap((row) => row.facts ?? []).reduce((a, b) => joinFacts(a, b));
  const { path, parameters, protocol } = planned.found;
  const merged: Endpoint = { ...oldest, path, parameters, protocol, facts };
  index.put(merged);
  moved.add(merged.id);
  const at = planned.evidence.lastSeen;
  for (const { id, authority, method, path: was } of members) {
    if (id !== oldest.id) redirects.push({ id, authority, target: oldest.id, at, method, path: was });
  }
  const told = rows.filter((row) => row.confidence !== "noise");
  if (told.length > 0) news.push(mergedEvent(merged, told, working.plan.set.explain(path), at));
}

/** Finds the template that a row without one is part of now. */
class TakerSearch {
  readonly #byKind = new Map<string, Planned[]>();
  readonly #index: ServiceIndex;
  readonly #taken = new Set<string>();
  readonly #plan: Plan;

  constructor(plan: Plan, index: ServiceIndex) {
    this.#index = index;
    this.#plan = plan;
    for (const planned of plan.own.values()) {
      const kind = kindOf(planned.found);
      const held = this.#byKind.get(kind);
      if (held === undefined) this.#byKind.set(kind, [planned]);
      else held.push(planned);
    }
  }

  /** null: no template of its own has it. */
  takerOf(row: Endpoint): Planned | null {
    if (this.#plan.isBeyond(identityKey(row))) return null;
    const alike = this.#byKind.get(kindOf(row)) ?? [];
    const wider = alike.filter(({ path }) => covers(path, row.path)).sort(bySpecificity);
    const [first = this.#heir(row, alike)] = wider;
    return first ?? null;
  }

  /** Of a variable that fell apart goes on under its id whoever had it first, else the busiest; none that has a row. */
  #heir(row: Endpoint, alike: readonly Planned[]): Planned | undefined {
    const parts = alike.filter(({ path, identity }) => covers(row.path, path) && !this.#isTaken(identity));
    const first = parts.find(({ found }) => endpointId(found) === row.id);
    const [heir = first] = first === undefined ? parts.sort(byRequests) : [];
    if (heir !== undefined) this.#taken.add(heir.identity);
    return heir;
  }

  #isTaken(identity: string): boolean {
    return this.#taken.has(identity) || this.#index.find(identity) !== null;
  }
}

function byRequests(a: Planned, b: Planned): number {
  return b.evidence.requests - a.evidence.requests || (a.identity < b.identity ? -1 : 1);
}

/** Templates of one kind may cover each other. */
function kindOf({
  method,
  style,
  operation,
}: Pick<Endpoint, "method" | "path" | "style" | "operation">): string {
  return `${method}\n${style}\n${operation ?? ""}`;
}

/** Most route words first: what is said of fewer paths says more. */
function bySpecificity(a: Planned, b: Planned): number {
  return variables(a.path) - variables(b.path) || (a.identity < b.identity ? -1 : 1);
}

function variables(path: string): number {
  return path.split("{").length;
}

/** The row that a new template was part of until now; null where it was none's. */
export function originOf({ index, origins }: Working, planned: Planned): Endpoint | null {
  const kind = kindOf(planned.found);
  const candidates = [...index.rows(), ...origins].filter(
    (row) =>
      isGrouped(row) && kindOf(row) === kind && row.path !== planned.path && covers(row.path, planned.path),
  );
  const [origin] = candidates.sort((a, b) => variables(a.path) - variables(b.path) || (a.id < b.id ? -1 : 1));
  return origin ?? null;
}
