// The filters, for rows in memory; prisma-query.ts says the same in SQL, and one suite holds them together.
import type { Decision } from "../model/governance.ts";
import type { Endpoint, InventoryEvent } from "../model/inventory.ts";
import { cleanText, wholeMs } from "./clean.ts";
import type { EndpointKeys } from "./endpoint-row.ts";
import { storableKey } from "./storable.ts";
import type { EndpointFilter, EventFilter } from "./store.ts";

interface Row {
  readonly endpoint: Endpoint;
  readonly keys: EndpointKeys;
  readonly owner: string | null;
  readonly decision: Decision;
}

/** One condition per field: the compiler finds a filter without its test. */
const ENDPOINT_TESTS: {
  readonly [K in keyof EndpointFilter]-?: (row: Row, wanted: NonNullable<EndpointFilter[K]>) => boolean;
} = {
  authority: ({ endpoint }, text) => endpoint.authority === storableKey(text),
  method: ({ endpoint }, text) => endpoint.method === storableKey(text),
  pathText: ({ endpoint }, text) => folded(endpoint.path).includes(folded(cleanText(text))),
  standing: ({ endpoint }, name) => endpoint.standing === name,
  confidence: ({ endpoint }, name) => endpoint.confidence === name,
  category: ({ endpoint }, name) => endpoint.category === name,
  ai: ({ keys }, verdicts) => verdicts.includes(keys.aiVerdict),
  dataClass: ({ keys }, name) => keys.dataClasses.includes(cleanText(name)),
  auth: ({ keys }, name) => keys.authSchemes.includes(cleanText(name)),
  owner: ({ owner }, text) => owner === storableKey(text),
  owned: ({ owner }, is) => (owner !== null) === is,
  decision: ({ decision }, name) => decision === name,
  quiet: ({ endpoint, keys }, { since, is }) =>
    (endpoint.facts !== null && endpoint.confidence !== "noise" && keys.lastSeen <= wholeMs(since)) === is,
  firstSeenFrom: ({ endpoint, keys }, ms) => endpoint.facts !== null && keys.firstSeen >= wholeMs(ms),
  firstSeenTo: ({ endpoint, keys }, ms) => endpoint.facts !== null && keys.firstSeen <= wholeMs(ms),
  lastSeenFrom: ({ endpoint, keys }, ms) => endpoint.facts !== null && keys.lastSeen >= wholeMs(ms),
  lastSeenTo: ({ endpoint, keys }, ms) => endpoint.facts !== null && keys.lastSeen <= wholeMs(ms),
};

/** Upper and lower case are one for A to Z only, as PostgreSQL has it in collation "C". */
function folded(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

const EVENT_TESTS: {
  readonly [K in keyof EventFilter]-?: (
    event: InventoryEvent,
    wanted: NonNullable<EventFilter[K]>,
  ) => boolean;
} = {
  authority: (event, text) => event.authority === storableKey(text),
  endpointId: (event, id) => "endpointId" in event && event.endpointId === storableKey(id),
  type: (event, name) => event.type === name,
  from: (event, ms) => wholeMs(event.at) >= wholeMs(ms),
  to: (event, ms) => wholeMs(event.at) <= wholeMs(ms),
};

function holds<R, F extends object>(
  tests: { readonly [K in keyof F]-?: (row: R, wanted: NonNullable<F[K]>) => boolean },
  row: R,
  filter: F,
): boolean {
  return (Object.keys(tests) as (keyof F)[]).every((field) => {
    const wanted = filter[field];
    return wanted === undefined || wanted === null || tests[field](row, wanted);
  });
}

/** Whether all given conditions hold. */
export function endpointMatches(row: Row, filter: EndpointFilter): boolean {
  return holds(ENDPOINT_TESTS, row, filter);
}

/** Whether all given conditions hold. */
export function eventMatches(event: InventoryEvent, filter: EventFilter): boolean {
  return holds(EVENT_TESTS, event, filter);
}
