// The inventory as it stood at an earlier moment: today's rows, walked back along the events that changed them.
import type { AiVerdictName, Confidence, InventoryEvent, Standing } from "../../model/inventory.ts";
import type { LedgerRow } from "./ledger.ts";

/** The axes of one endpoint at a moment. */
export interface Stood {
  readonly standing: Standing;
  readonly confidence: Confidence;
  readonly verdict: AiVerdictName;
  /** It had been heard by then. */
  readonly heard: boolean;
}

export interface Timeline {
  /** null: it was not in the inventory then, neither heard nor documented. Moments lie behind all that `at` tells. */
  stood(row: LedgerRow, before: number): Stood | null;
}

interface Turn {
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

type Axis = "standing" | "confidence" | "verdict";

const AXES: Readonly<Partial<Record<InventoryEvent["type"], Axis>>> = {
  "standing-changed": "standing",
  "confidence-changed": "confidence",
  "ai-verdict-changed": "verdict",
};

/** `documentedSince` tells when the first document that lists an operation came, by id of the document. */
export function createTimeline(
  events: readonly InventoryEvent[],
  documentedSince: ReadonlyMap<string, number>,
): Timeline {
  const turns = turnsOf(events);
  return {
    stood(row, before) {
      const own = turns.get(row.id);
      const then = <T extends string>(axis: Axis, now: T): T => valueBefore(own?.[axis], before, now);
      const standing = then("standing", row.standing);
      const heard = row.firstSeen !== null && row.firstSeen < before;
      if (!heard && !wasDocumented(row, standing, { before, documentedSince })) return null;
      return {
        standing: heard || standing === "orphan" ? standing : "orphan",
        confidence: then("confidence", row.confidence),
        verdict: then("verdict", row.verdict),
        heard,
      };
    },
  };
}

/** What no traffic had shown by then was there as an orphan, if some document of today listed it already. */
function wasDocumented(
  row: LedgerRow,
  standing: Standing,
  known: { readonly before: number; readonly documentedSince: ReadonlyMap<string, number> },
): boolean {
  if (standing !== "orphan" && row.standing !== "documented" && row.standing !== "zombie") return false;
  return row.specIds.some((id) => (known.documentedSince.get(id) ?? Infinity) < known.before);
}

type Turns = Partial<Record<Axis, Turn[]>>;

/** By endpoint: most never turned, and cost one look. */
function turnsOf(events: readonly InventoryEvent[]): ReadonlyMap<string, Turns> {
  const turns = new Map<string, Turns>();
  for (const event of events) {
    const axis = AXES[event.type];
    if (axis === undefined || !("from" in event && "to" in event)) continue;
    const own = turns.get(event.endpointId) ?? {};
    turns.set(event.endpointId, own);
    (own[axis] ??= []).push({ at: event.at, from: event.from, to: event.to });
  }
  for (const own of turns.values()) {
    for (const list of Object.values(own)) list.sort((a, b) => a.at - b.at || (a.from < b.from ? -1 : 1));
  }
  return turns;
}

/** What the first turn at or after the moment turned away from; today's value when none came. */
function valueBefore<T extends string>(turns: readonly Turn[] | undefined, before: number, now: T): T {
  const next = turns?.find(({ at }) => at >= before);
  if (turns === undefined || next === undefined) return now;
  // Turns of one moment are a chain: it begins where no other of them leads.
  const chain = turns.filter(({ at }) => at === next.at);
  const first = chain.find(({ from }) => !chain.some(({ to }) => to === from)) ?? next;
  return first.from as T;
}
