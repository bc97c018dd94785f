// Who owns an endpoint: claims of different strength, of which the strongest holds and no other is hidden.
import { CLAIM_SOURCES } from "../model/governance.ts";
import type { ClaimSource, OwnerClaim, Ownership } from "../model/governance.ts";

const MOST_PROPOSALS = 5;

/** Without port; addresses in brackets stay whole. */
export function hostOf(authority: string): string {
  return authority.replace(/:\d+$/, "");
}

// Kubernetes, DNS for Services and Pods.
const CLUSTER_NAME = /^([^.]+)\.([^.]+)\.svc(?:\.|$)/;

/** `orders.shop.svc.cluster.local` lives in namespace `shop`; null elsewhere. */
export function namespaceOf(authority: string): string | null {
  return CLUSTER_NAME.exec(hostOf(authority))?.[2] ?? null;
}

/** `orders.shop.svc.cluster.local` is the service `orders`; null elsewhere. */
export function clusterServiceOf(authority: string): string | null {
  return CLUSTER_NAME.exec(hostOf(authority))?.[1] ?? null;
}

/** Which claim holds. Inferences never do: they wait for a person's word. */
export function settleOwner(claims: readonly OwnerClaim[]): Ownership {
  const said = claims.filter(({ source }) => source !== "inferred").sort(byStrength);
  const [owner = null] = said;
  const proposals = claims
    .filter((claim) => claim.source === "inferred" && claim.owner !== owner?.owner)
    .sort((a, b) => b.confidence - a.confidence || compare(a.owner, b.owner))
    .slice(0, MOST_PROPOSALS);
  return {
    owner,
    conflicts: said.filter((claim) => claim.owner !== owner?.owner),
    proposals: owner === null ? proposals : [],
  };
}

/** Of equally strong ones the first given: who gathers them begins with what is said of the endpoint itself. */
function byStrength(a: OwnerClaim, b: OwnerClaim): number {
  return rank(a.source) - rank(b.source);
}

function rank(source: ClaimSource): number {
  return CLAIM_SOURCES.indexOf(source);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
