// Who owns an endpoint: claims of different strength, of which the strongest holds and no other is hidden.
import type { Endpoint } from "../model/inventory.ts";
import { CLAIM_SOURCES } from "../model/governance.ts";
import type { ClaimSource, OwnerClaim, Ownership } from "../model/governance.ts";
import { hostOf as serverHost } from "./caller-graph.ts";
import { compileGlob } from "./glob.ts";
import type { Place, PlaceFinder } from "./places.ts";

/** A rule as people write it; all given conditions must hold. */
export interface OwnerRule {
  readonly owner: string;
  /** Pattern of the authority without port; `*` stays within a label, `**` crosses dots. */
  readonly host?: string;
  /** Pattern of the path template; `*` stays within a segment, `**` crosses slashes. */
  readonly path?: string;
  /** Kubernetes namespace: as the authority tells it (`name.NAMESPACE.svc[.cluster domain]`), or the workload's. */
  readonly namespace?: string;
  /** Name of the workload that answers, as the file of places has it. */
  readonly workload?: string;
  /** Labels of that workload; it has to carry all of them. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The claim a rule makes about an endpoint, or null. */
export type OwnerRuleCheck = (endpoint: Endpoint) => OwnerClaim | null;

const MOST_PROPOSALS = 5;

/** Compiled once: rules are asked for every endpoint. The last rule that fits speaks, as in CODEOWNERS. */
export function compileOwnerRules(
  rules: readonly OwnerRule[],
  placeOf: PlaceFinder = () => null,
): OwnerRuleCheck {
  const compiled = rules.map((rule, index) => ({ rule, index, fits: compileRule(rule, placeOf) })).reverse();
  return (endpoint) => {
    const found = compiled.find(({ fits }) => fits(endpoint));
    if (found === undefined) return null;
    const { rule, index } = found;
    return { owner: rule.owner, source: "rule", confidence: 1, reason: `rule ${index + 1} (${told(rule)})` };
  };
}

function compileRule(
  { host, path, namespace, workload, labels }: OwnerRule,
  placeOf: PlaceFinder,
): (endpoint: Endpoint) => boolean {
  const checks: ((endpoint: Endpoint) => boolean)[] = [];
  if (host !== undefined) {
    const fits = compileGlob(host, { separator: ".", fold: true });
    checks.push(({ authority }) => fits(hostOf(authority)));
  }
  if (path !== undefined) {
    const fits = compileGlob(path, { separator: "/" });
    checks.push((endpoint) => fits(endpoint.path));
  }
  if (namespace !== undefined) {
    const fits = compileGlob(namespace, { separator: "." });
    checks.push(
      (endpoint) =>
        fits(namespaceOf(endpoint.authority) ?? "") ||
        placesOf(endpoint, placeOf).some((place) => fits(place.namespace ?? "")),
    );
  }
  if (workload !== undefined) {
    const fits = compileGlob(workload, { separator: "." });
    checks.push((endpoint) => placesOf(endpoint, placeOf).some(({ name }) => fits(name)));
  }
  if (labels !== undefined) {
    const wanted = Object.entries(labels);
    checks.push((endpoint) =>
      placesOf(endpoint, placeOf).some((place) =>
        wanted.every(([name, value]) => place.labels[name] === value),
      ),
    );
  }
  return (endpoint) => checks.length > 0 && checks.every((fits) => fits(endpoint));
}

/** What people named of the servers that answered. */
function placesOf({ facts }: Endpoint, placeOf: PlaceFinder): readonly Place[] {
  return Object.keys(facts?.servers.kept ?? {}).flatMap((server) => placeOf(serverHost(server)) ?? []);
}

function told({ host, path, namespace, workload, labels }: OwnerRule): string {
  const named = Object.entries(labels ?? {}).map(([name, value]) => [`label ${name}`, value] as const);
  const given = Object.entries({ host, path, namespace, workload });
  const parts = [...given.filter(([, value]) => value !== undefined), ...named];
  return parts.map(([name, value]) => `${name} ${value}`).join(", ");
}

/** Without port; addresses in brackets stay whole. */
export function hostOf(authority: string): string {
  return authority.replace(/:\d+$/, "");
}

/** `orders.shop.svc.cluster.local` lives in namespace `shop` (Kubernetes, DNS for Services and Pods); null elsewhere. */
export function namespaceOf(authority: string): string | null {
  return /^[^.]+\.([^.]+)\.svc(?:\.|$)/.exec(hostOf(authority))?.[1] ?? null;
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
