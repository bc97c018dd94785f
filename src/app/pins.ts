// Pins: kept, and followed at once, in one transaction that no commit of the classifier can cross.
import type {
  GroupingDesk,
  PinResult,
  SegmentReason,
  UndoResult,
  UnpinResult,
} from "../api/grouping-desk.ts";
import { undoPins } from "../inventory/undo.ts";
import type { Pin, StoredPin } from "../model/pin.ts";
import { pinId } from "../model/pin.ts";
import type { CommitResult, InventoryStore, PinChange } from "../store/store.ts";
import { absorb } from "./absorb.ts";
import { createExplainer } from "./explainer.ts";
import { createHostGroups } from "./hosts.ts";
import { regroupingOf } from "./regroup-stored.ts";
import { rulesOf } from "./rules.ts";

// A busy service commits every second, and regrouping takes less; pins are made by hand, so races are rare.
const MAX_ATTEMPTS = 20;
// Each decision looks at all of them; nobody decides about so many places of one service by hand.
const MOST_PINS = 1_000;
// After that the state a merge came from is of no use, and a pin made by hand says more.
const UNDO_WITHIN_MS = 30 * 86_400_000;

export function createGroupingDesk(store: InventoryStore, now: () => number): GroupingDesk {
  const explainer = createExplainer(store);
  return {
    pins: (authority) => pinsOf(store, authority),
    pin: (authority, pin, by) => addPin(store, storedPin(authority, pin, { by, createdAt: now() })),
    unpin: (authority, id) => removePin(store, authority, id),
    undo: (eventId, by) => undo(store, eventId, { by, createdAt: now() }),
    hosts: createHostGroups(store, now),
    explain: async (of): Promise<readonly SegmentReason[]> => explainer.explain(of),
  };
}

function storedPin(authority: string, pin: Pin, said: Saying): StoredPin {
  return { id: pinId(authority, pin), authority, ...said, pin };
}

type Saying = Pick<StoredPin, "by" | "createdAt">;

async function pinsOf(store: InventoryStore, authority: string): Promise<readonly StoredPin[]> {
  const { pins } = await store.specs();
  return pins.filter((held) => held.authority === authority);
}

async function addPin(store: InventoryStore, pin: StoredPin): Promise<PinResult> {
  const result = await addPins(store, pin.authority, [pin]);
  if (result.kind !== "added") return result;
  const known = result.known.find(({ id }) => id === pin.id);
  return known === undefined ? { kind: "added", pin } : { kind: "known", pin: known };
}

type AddResult =
  | { readonly kind: "added"; readonly known: readonly StoredPin[] }
  | { readonly kind: "service-unknown" | "too-many" | "conflict" };

/** All at one go: between two of them the service would be regrouped by half of what is meant. */
async function addPins(
  store: InventoryStore,
  authority: string,
  wanted: readonly StoredPin[],
): Promise<AddResult> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const known = await pinsOf(store, authority);
    const add = wanted.filter(({ id }) => !known.some((pin) => pin.id === id));
    if (add.length === 0) return { kind: "added", known };
    if (known.length + add.length > MOST_PINS) return { kind: "too-many" };
    const result = await change(store, authority, { add });
    if (result === "service-unknown") return { kind: result };
    if (result === "committed") return { kind: "added", known };
  }
  return { kind: "conflict" };
}

async function removePin(store: InventoryStore, authority: string, id: string): Promise<UnpinResult> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const own = await pinsOf(store, authority);
    if (!own.some((pin) => pin.id === id)) return "unknown";
    const result = await change(store, authority, { removeId: id });
    if (result === "service-unknown") return "unknown";
    if (result === "committed") return "removed";
  }
  return "conflict";
}

/** The service as it is with the pin, or without it, and the pin itself, at one go. */
async function change(
  store: InventoryStore,
  authority: string,
  { add = [], removeId }: Pick<PinChange, "add" | "removeId">,
): Promise<CommitResult | "service-unknown"> {
  const { revision, specs, pins } = await store.specs();
  const state = await store.serviceState(authority);
  if (state.service === null) return "service-unknown";
  const wanted = [...pins.filter(({ id }) => id !== removeId), ...add];
  const absorbed = absorb(state, [], rulesOf({ specs, pins: wanted }).contextOf(authority));
  return store.changePins({
    add,
    ...(removeId !== undefined && { removeId }),
    ...regroupingOf(state, absorbed, revision),
  });
}

async function undo(store: InventoryStore, eventId: string, said: Saying): Promise<UndoResult> {
  const event = await store.event(eventId);
  if (event === null) return { kind: "unknown" };
  const wanted = undoPins(event);
  if (wanted === null) return { kind: "not-undoable" };
  const { service } = await store.serviceState(event.authority);
  // Both by the traffic's clock: old captures are read today.
  if ((service?.lastSeen ?? said.createdAt) - event.at > UNDO_WITHIN_MS) return { kind: "too-late" };
  const pins = wanted.map((pin) => storedPin(event.authority, pin, said));
  const result = await addPins(store, event.authority, pins);
  if (result.kind === "service-unknown") return { kind: "unknown" };
  if (result.kind !== "added") return { kind: result.kind };
  return { kind: "done", pins: pins.map((pin) => result.known.find(({ id }) => id === pin.id) ?? pin) };
}
