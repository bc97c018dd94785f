// Judges endpoints by the rules as they are and writes what came of it, once, however many processes do so at the same time.
import type { Rulebook, Surroundings } from "../inventory/governance.ts";
import { judgeEndpoints } from "../inventory/governance.ts";
import type { FindingRecord } from "../model/governance.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { InventoryStore } from "../store/store.ts";

export interface JudgingParts {
  readonly store: InventoryStore;
  readonly rules: () => Promise<Rulebook>;
  /** The wall clock: what people decide and are told is timed by it. */
  readonly now: () => number;
}

export interface Portion {
  readonly endpoints: readonly Endpoint[];
  /** Ids of endpoints that are no more. */
  readonly gone: readonly string[];
  readonly around?: Surroundings;
}

export interface Judged {
  /** Messages that wait to be carried. */
  readonly deliveries: number;
  /** Findings of these endpoints as they were before. */
  readonly known: readonly FindingRecord[];
}

// Another process that judges the same endpoints is done after one try; five in a row are a fault.
const MAX_TRIES = 5;

/** Rejects when the store is away, or when others kept changing the same findings. */
export async function judge(parts: JudgingParts, portion: Portion): Promise<Judged> {
  let left = portion;
  let deliveries = 0;
  const known: FindingRecord[] = [];
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const done = await judgeOnce(parts, left);
    deliveries += done.deliveries;
    if (tries === 0) known.push(...done.known);
    if (done.overtaken.size === 0) return { deliveries, known };
    left = {
      ...portion,
      endpoints: left.endpoints.filter(({ id }) => done.overtaken.has(id)),
      gone: left.gone.filter((id) => done.overtaken.has(id)),
    };
  }
  throw new Error("findings kept being changed by others");
}

async function judgeOnce({ store, rules, now }: JudgingParts, { endpoints, gone, around }: Portion) {
  const { governance } = store;
  const ids = [...endpoints.map(({ id }) => id), ...gone];
  const [decisions, findings, rulebook] = await Promise.all([
    governance.governance(ids),
    governance.findingsOf(ids),
    rules(),
  ]);
  const known = { decisions, findings, gone, ...(around !== undefined && { around }) };
  const { records, deliveries, owners } = judgeEndpoints(endpoints, known, rulebook, now());
  if (owners.size > 0) await governance.putOwners(owners);
  const overtaken = new Set(
    records.length === 0 ? [] : await governance.putFindings(records, deliveries, findings),
  );
  return {
    deliveries: deliveries.filter(({ news }) => !overtaken.has(news.finding.id)).length,
    known: findings,
    overtaken: new Set(records.flatMap(({ id, endpointId }) => (overtaken.has(id) ? [endpointId] : []))),
  };
}
