// Regroups services in the store by documents that changed: rows follow at once, not with the next traffic.
import type { Spec } from "../model/document.ts";
import type { ServiceState } from "../model/inventory.ts";
import { bindingOf } from "../openapi/match.ts";
import type { InventoryStore, Regrouping } from "../store/store.ts";
import type { Absorbed } from "./absorb.ts";
import { absorb } from "./absorb.ts";
import type { Rules } from "./rules.ts";
import { rulesOf } from "./rules.ts";

// A busy service commits every second, and regrouping takes less.
const MAX_ATTEMPTS = 20;
// Services per read; the largest page the store gives.
const PAGE = 500;

/** All services the document speaks for, as the documents and pins of the store are now. */
export async function regroupBound(store: InventoryStore, spec: Spec): Promise<void> {
  let cursor: string | null = null;
  const rules = currentRules(store);
  do {
    const page: Awaited<ReturnType<InventoryStore["services"]>> = await store.services({
      limit: PAGE,
      cursor,
    });
    for (const { authority } of page.items) {
      if (bindingOf(spec, authority) !== null) await regroupOne(store, authority, rules);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
}

type CurrentRules = () => Promise<{ readonly revision: number; readonly rules: Rules }>;

/** Compiled once for each revision. */
function currentRules(store: InventoryStore): CurrentRules {
  let last: Awaited<ReturnType<CurrentRules>> | null = null;
  return async () => {
    const { revision, ...said } = await store.specs();
    last = last?.revision === revision ? last : { revision, rules: rulesOf(said) };
    return last;
  };
}

/** Gives up where the service is heard time and again meanwhile: then its own traffic regroups it. */
async function regroupOne(store: InventoryStore, authority: string, rules: CurrentRules): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const now = await rules();
    const state = await store.serviceState(authority);
    // An edition that kept no routes yet left nothing to regroup by: traffic will.
    if (state.grouping === undefined) return;
    const absorbed = absorb(state, [], now.rules.contextOf(authority));
    if (!isMoved(state, absorbed)) return;
    if ((await store.regroup(regroupingOf(state, absorbed, now.revision))) === "committed") return;
  }
}

function isMoved({ endpoints }: ServiceState, { removedEndpointIds, endpoints: written }: Absorbed): boolean {
  return removedEndpointIds.length > 0 || written.some(({ id, path }) => endpoints.get(id)?.path !== path);
}

/** What absorbing nothing made of a state, as the store takes it. */
export function regroupingOf(state: ServiceState, absorbed: Absorbed, revision: number): Regrouping {
  const { services, endpoints, removedEndpointIds, events, grouping } = absorbed;
  return {
    version: state.grouping?.version ?? 0,
    regrouped: {
      position: null,
      expectedOffset: null,
      specRevision: revision,
      services,
      endpoints,
      removedEndpointIds,
      events,
      health: [],
      grouping,
    },
  };
}
