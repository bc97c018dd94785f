// Stop 7: the known row and what classification says now give the new row and the news.
import type { Classified } from "../model/classified.ts";
import { endpointId } from "../model/identity.ts";
import type { Endpoint, InventoryEvent } from "../model/inventory.ts";
import { confidenceOf } from "./confidence.ts";
import { changeEvents } from "./events.ts";
import { standingFor } from "./standing.ts";

export interface Applied {
  readonly endpoint: Endpoint;
  readonly events: readonly InventoryEvent[];
}

/** What grouping knows beyond the classification. */
export interface Given {
  /** For a new row, when the one that follows from its key is taken. */
  readonly id?: string;
  /** As in `confidenceOf`. */
  readonly isProbed?: boolean;
}

/**
 * `seen.facts` holds everything known, the known row's facts included (`joinFacts`), so the row is a function of the
 * totals; only its id comes from the past.
 */
export function apply(known: Endpoint | null, seen: Classified, { id, isProbed }: Given = {}): Applied {
  const { match, facts, ...rest } = seen;
  const listed = match.kind === "operation";
  // What is spread comes last: engines give each object that goes on behind a spread a hidden class of its own.
  const endpoint: Endpoint = {
    id: known?.id ?? id ?? endpointId(seen),
    confidence: confidenceOf(facts, { listed, category: seen.category, isProbed: isProbed ?? false }),
    facts,
    ...(known?.carved !== undefined && { carved: known.carved }),
    ...rest,
    ...standingFor(match, seen.category),
  };
  return { endpoint, events: changeEvents(known, endpoint, facts.lastSeen) };
}
