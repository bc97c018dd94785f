// Answers what people ask of governance: ownership with proposals, dry runs, and judging what they just decided.
import type { DryRun, GovernanceDesk } from "../api/governance-desk.ts";
import { policySubject } from "../inventory/governance.ts";
import type { Rulebook } from "../inventory/governance.ts";
import { ownerClaims } from "../inventory/owner-claims.ts";
import { ownerProposals } from "../inventory/owner-proposals.ts";
import { settleOwner } from "../inventory/ownership.ts";
import { readPolicies } from "../inventory/policy-file.ts";
import type { PolicyFile } from "../inventory/policy-file.ts";
import { compilePolicies } from "../inventory/policy.ts";
import type { Governance, OwnerClaim, Ownership } from "../model/governance.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { FoundEndpoint, InventoryStore, StoredEndpoint, StoredRedirect } from "../store/store.ts";
import { judge } from "./judging.ts";

export interface DeskParts {
  readonly store: InventoryStore;
  readonly rules: () => Promise<Rulebook>;
  readonly now: () => number;
  readonly rulesChanged: () => void;
}

// Enough to see what a policy means.
const EXAMPLES = 5;
// Rows of some ten KiB: a portion stays within megabytes.
const PORTION = 200;

export function createGovernanceDesk({ store, rules, now, rulesChanged }: DeskParts): GovernanceDesk {
  return {
    now,
    rulesChanged,
    ownership: async (found) => ownershipOf(found, store, await rules()),
    async judge(endpoints) {
      await judge({ store, rules, now }, { endpoints, gone: [] });
    },
    async dryRun(text) {
      const read = readPolicies(text);
      return read.ok
        ? dryRun(read.value, store, { rules: await rules(), now: now() })
        : { unreadable: read.weird };
    },
  };
}

/** Proposals come from the endpoints of the same service: those are the neighbours people mean. */
async function ownershipOf(
  { endpoint, merged }: FoundEndpoint,
  store: InventoryStore,
  rules: Rulebook,
): Promise<Ownership> {
  const said = await store.governance.governance([endpoint.id, ...merged.map(({ id }) => id)]);
  const settled = await settledOwner(endpoint, said.get(endpoint.id) ?? null, { store, rules });
  const parts = merged.flatMap((part) => partClaim(part, said.get(part.id)));
  const others = parts.filter(({ owner }) => owner !== settled.owner?.owner);
  return { ...settled, conflicts: [...settled.conflicts, ...others] };
}

async function settledOwner(
  endpoint: Endpoint,
  said: Governance | null,
  { store, rules }: { readonly store: InventoryStore; readonly rules: Rulebook },
): Promise<Ownership> {
  const claims = ownerClaims(endpoint, said, rules.owners);
  if (claims.length > 0) return settleOwner(claims);
  const { endpoints } = await store.serviceState(endpoint.authority);
  const neighbours = [...endpoints.values()];
  const decisions = await store.governance.governance(neighbours.map(({ id }) => id));
  const owners = new Map(
    neighbours.flatMap((one) => {
      const { owner } = settleOwner(ownerClaims(one, decisions.get(one.id) ?? null, rules.owners));
      return owner === null ? [] : [[one.id, owner.owner] as const];
    }),
  );
  return settleOwner(ownerProposals(neighbours, owners)(endpoint));
}

/** Who owned what became part of it, as people said: beside the owner that holds, as a conflict. */
function partClaim({ method, path }: StoredRedirect, said: Governance | undefined): readonly OwnerClaim[] {
  const owner = said?.owner ?? null;
  if (owner === null) return [];
  return [{ owner, source: "person", reason: `said of ${method} ${path}, now part of it`, confidence: 1 }];
}

async function dryRun(
  file: PolicyFile,
  store: InventoryStore,
  { rules, now }: { readonly rules: Rulebook; readonly now: number },
): Promise<DryRun> {
  const check = compilePolicies(file.policies);
  const found = new Map(
    file.policies.map(({ id, title, severity }) => [
      id,
      { id, title, severity, hits: 0, examples: [] as Example[] },
    ]),
  );
  let endpoints = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<InventoryStore["endpoints"]>> = await store.endpoints({}, "path", {
      limit: PORTION,
      cursor,
    });
    endpoints += page.items.length;
    for (const { endpointId, policy, text } of await hitsOf(page.items, { check, store, rules, now })) {
      const tally = found.get(policy.id);
      if (tally === undefined) continue;
      tally.hits += 1;
      if (tally.examples.length < EXAMPLES) tally.examples.push({ endpointId, text });
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { endpoints, policies: [...found.values()] };
}

interface Example {
  readonly endpointId: string;
  readonly text: string;
}

interface Checking {
  readonly check: Rulebook["policies"];
  readonly store: InventoryStore;
  readonly rules: Rulebook;
  readonly now: number;
}

async function hitsOf(stored: readonly StoredEndpoint[], { check, store, rules, now }: Checking) {
  const ids = stored.map(({ endpoint }) => endpoint.id);
  const [decisions, findings] = await Promise.all([
    store.governance.governance(ids),
    store.governance.findingsOf(ids),
  ]);
  return stored.flatMap(({ endpoint, owner }) => {
    const decision = decisions.get(endpoint.id) ?? null;
    const past = findings.filter(({ endpointId }) => endpointId === endpoint.id);
    const hits = check(policySubject(endpoint, { owner, decision, past, rules, now }));
    return hits.map(({ policy, text }) => ({ endpointId: endpoint.id, policy, text }));
  });
}
