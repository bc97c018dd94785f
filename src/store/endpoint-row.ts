// An endpoint as a row: its own columns, and the ones that repeat facts for filters and orders.
import type { AiVerdictName, Endpoint } from "../model/inventory.ts";
import { wholeCount, wholeMs } from "./clean.ts";
import { pathOrder } from "./keys.ts";
import type { EndpointSort } from "./store.ts";

/** What filters and orders look at. Times in milliseconds, 0 where never seen. */
export interface EndpointKeys {
  readonly aiVerdict: AiVerdictName;
  readonly authSchemes: readonly string[];
  readonly dataClasses: readonly string[];
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly requests: number;
  readonly pathOrder: string;
}

export function keysOf(endpoint: Endpoint): EndpointKeys {
  const { ai, facts } = endpoint;
  const auth = Object.values(facts?.auth.kept ?? {});
  const dataClasses = Object.values(facts?.dataClasses.kept ?? {});
  const { firstSeen, lastSeen, requests } = facts ?? UNSEEN;
  return {
    aiVerdict: ai.verdict,
    authSchemes: distinct(auth.map(({ scheme }) => scheme)),
    dataClasses: distinct(dataClasses.map(({ dataClass }) => dataClass)),
    firstSeen: wholeMs(firstSeen),
    lastSeen: wholeMs(lastSeen),
    requests: wholeCount(requests),
    pathOrder: pathOrder(endpoint),
  };
}

const UNSEEN = { firstSeen: 0, lastSeen: 0, requests: 0 };

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

/** Each order's key. "-" is descending, in key and id. */
export const SORT_KEYS = {
  path: "pathOrder",
  "-first_seen": "firstSeen",
  "-last_seen": "lastSeen",
  "-requests": "requests",
} as const satisfies Record<EndpointSort, keyof EndpointKeys>;
