// Builders for the weekly report: rows, events and frames of the week 2026-W47 in UTC.
import type { Endpoint, InventoryEvent } from "../../src/model/inventory.ts";
import type { CallerFacts } from "../../src/model/sighting.ts";
import type { Frame } from "../../src/report/weekly/frame.ts";
import { frameOf } from "../../src/report/weekly/frame.ts";
import type { WeeklyInputs, WeeklyOptions } from "../../src/report/weekly/input.ts";
import type { LedgerRow } from "../../src/report/weekly/ledger.ts";
import { ledgerRow } from "../../src/report/weekly/ledger.ts";
import { anEndpoint, someFacts } from "./builders.ts";

/** Monday 00:00 of 2026-W47, UTC. */
export const MONDAY = Date.UTC(2026, 10, 16);
export const DAY = 86_400_000;
export const WEEK_MS = 7 * DAY;

export const OPTIONS: WeeklyOptions = {
  week: "2026-W47",
  zone: "UTC",
  scope: { kind: "all" },
  now: MONDAY + WEEK_MS,
  base: "http://127.0.0.1:8080",
};

export function aCaller(given: Partial<CallerFacts> = {}): CallerFacts {
  const address = given.address ?? "10.0.0.9";
  return { address, agent: "okhttp", requests: 3, firstSeen: MONDAY, lastSeen: MONDAY + DAY, ...given };
}

/** A row of an endpoint heard from `firstSeen` to `lastSeen` by its callers. */
export function aRow(
  given: Omit<Partial<Endpoint>, "facts"> & {
    readonly owner?: string | null;
    readonly firstSeen?: number;
    readonly lastSeen?: number;
    readonly callers?: readonly CallerFacts[];
    readonly facts?: Parameters<typeof someFacts>[0] | null;
  } = {},
): LedgerRow {
  const {
    owner = "team-a",
    firstSeen = MONDAY + DAY,
    lastSeen = MONDAY + 2 * DAY,
    callers,
    facts,
    ...rest
  } = given;
  const heard = someFacts({
    requests: 3,
    firstSeen,
    lastSeen,
    callers: callers ?? [aCaller({ firstSeen, lastSeen })],
    ...facts,
  });
  return ledgerRow(anEndpoint({ ...rest, facts: facts === null ? null : heard }), owner);
}

type EventOf<T extends InventoryEvent["type"]> = Extract<InventoryEvent, { readonly type: T }>;

/** An event about the endpoint of a row. */
export function anEvent<T extends InventoryEvent["type"]>(
  type: T,
  row: LedgerRow,
  given: Partial<EventOf<T>> & { readonly at: number },
): EventOf<T> {
  const { id: endpointId, authority, method, path } = row;
  const id = `ev_${type}_${endpointId}_${given.at}`;
  return { type, id, endpointId, authority, method, path, ...given } as unknown as EventOf<T>;
}

export function inputsOf(given: Partial<WeeklyInputs> = {}): WeeklyInputs {
  return { rows: [], events: [], documents: [], health: [], ...given };
}

export function aFrame(given: Partial<WeeklyInputs> = {}, options: Partial<WeeklyOptions> = {}): Frame {
  const frame = frameOf(inputsOf(given), { ...OPTIONS, ...options });
  if (frame === null) throw new Error("the week of the tests exists");
  return frame;
}
