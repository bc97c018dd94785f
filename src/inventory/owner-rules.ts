// Owner rules as people write them, compiled: by address, and by what is known of the service that answers.
import type { DeclaredFacts } from "../model/declared.ts";
import type { OwnerClaim } from "../model/governance.ts";
import type { Endpoint } from "../model/inventory.ts";
import { hostOf as serverHost } from "./caller-graph.ts";
import { declaredAt } from "./declared.ts";
import { compileGlob } from "./glob.ts";
import { clusterServiceOf, hostOf, namespaceOf } from "./ownership.ts";
import type { Place, PlaceFinder } from "./places.ts";

/** All given conditions must hold. */
export interface OwnerRule {
  readonly owner: string;
  /** Pattern of the authority without port; `*` stays within a label, `**` crosses dots. */
  readonly host?: string;
  /** Pattern of the path template; `*` stays within a segment, `**` crosses slashes. */
  readonly path?: string;
  /** Name of the service as a header or a log declares it, or as the authority tells it (`NAME.namespace.svc[…]`). */
  readonly service?: string;
  /** Kubernetes namespace: as the authority or a declaration tells it, or the workload's. */
  readonly namespace?: string;
  /** Name of the workload that answers, as the file of places or a declaration has it. */
  readonly workload?: string;
  /** Labels of the workload, from the same; it has to carry all of them. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The claims rules make about an endpoint: several where several services are declared, the weightiest first. */
export type OwnerRuleCheck = (endpoint: Endpoint) => readonly OwnerClaim[];

/** What of an endpoint is the same whoever answers. */
interface Here {
  readonly path: string;
  /** In lower case, as the two below. */
  readonly host: string;
  readonly service: string | null;
  readonly namespace: string | null;
  readonly places: readonly Place[];
}

interface Compiled {
  readonly claim: OwnerClaim;
  readonly fitsHere: Check;
  /** Asked for one declaration at a time; null: whoever answers is meant. */
  readonly fitsWho: Check | null;
}

/** `declared` is null where nothing is declared. */
type Check = (here: Here, declared: DeclaredFacts | null) => boolean;

/** Compiled once: rules are asked for every endpoint. The last rule that fits speaks, as in CODEOWNERS. */
export function compileOwnerRules(
  rules: readonly OwnerRule[],
  placeOf: PlaceFinder = () => null,
): OwnerRuleCheck {
  const compiled = rules.map(compileRule).reverse();
  return (endpoint) => {
    const here = hereOf(endpoint, placeOf);
    const declared = declaredAt(endpoint);
    const open = new Set(declared.length === 0 ? [null] : declared);
    const special = new Map<DeclaredFacts | null, OwnerClaim>();
    for (const { claim, fitsHere, fitsWho } of compiled) {
      if (!fitsHere(here, null)) continue;
      // What fits whoever answers is overruled by a later rule for one of them, not contradicted.
      if (fitsWho === null) return special.size === 0 ? [claim] : inOrder(declared, special);
      for (const one of open) {
        if (!fitsWho(here, one)) continue;
        special.set(one, claim);
        open.delete(one);
      }
      if (open.size === 0) break;
    }
    return inOrder(declared, special);
  };
}

/** Each claim once, of the weightiest declaration first. */
function inOrder(
  declared: readonly DeclaredFacts[],
  claims: ReadonlyMap<DeclaredFacts | null, OwnerClaim>,
): readonly OwnerClaim[] {
  return [...new Set([null, ...declared].flatMap((one) => claims.get(one) ?? []))];
}

function hereOf(endpoint: Endpoint, placeOf: PlaceFinder): Here {
  const { authority, path } = endpoint;
  return {
    path,
    host: hostOf(authority).toLowerCase(),
    service: clusterServiceOf(authority),
    namespace: namespaceOf(authority),
    places: placesOf(endpoint, placeOf),
  };
}

function compileRule(rule: OwnerRule, index: number): Compiled {
  const { host, path, service, namespace, workload, labels } = rule;
  const here = [
    ...(host === undefined ? [] : [hostCheck(host)]),
    ...(path === undefined ? [] : [pathCheck(path)]),
  ];
  const who = [
    ...(service === undefined ? [] : [serviceCheck(service)]),
    ...(namespace === undefined ? [] : [namespaceCheck(namespace)]),
    ...(workload === undefined ? [] : [workloadCheck(workload)]),
    ...(labels === undefined ? [] : [labelCheck(labels)]),
  ];
  return {
    claim: { owner: rule.owner, source: "rule", confidence: 1, reason: `rule ${index + 1} (${told(rule)})` },
    fitsHere: here.length + who.length === 0 ? () => false : all(here),
    fitsWho: who.length === 0 ? null : all(who),
  };
}

/** Most rules have one condition or two; a thousand of them are asked for each endpoint. */
function all(checks: readonly Check[]): Check {
  const [first, second] = checks;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  return (here, declared) => checks.every((fits) => fits(here, declared));
}

function hostCheck(pattern: string): Check {
  const fits = compileGlob(pattern.toLowerCase(), { separator: "." });
  return ({ host }) => fits(host);
}

function pathCheck(pattern: string): Check {
  const fits = compileGlob(pattern, { separator: "/" });
  return ({ path }) => fits(path);
}

function serviceCheck(pattern: string): Check {
  // Declared names are in lower case, authorities too.
  const fits = namedBy(pattern.toLowerCase());
  return ({ service }, declared) => fits(declared?.name ?? null) || fits(service);
}

function namespaceCheck(pattern: string): Check {
  const fits = namedBy(pattern);
  return ({ namespace, places }, declared) =>
    fits(declared?.namespace ?? null) || fits(namespace) || places.some((place) => fits(place.namespace));
}

function workloadCheck(pattern: string): Check {
  const fits = namedBy(pattern);
  return ({ places }, declared) =>
    (declared?.kind === "workload" && fits(declared.name)) || places.some(({ name }) => fits(name));
}

/** What nobody told fits no pattern, `*` neither. */
function namedBy(pattern: string): (name: string | null) => boolean {
  const fits = compileGlob(pattern, { separator: "." });
  return (name) => name !== null && fits(name);
}

function labelCheck(labels: NonNullable<OwnerRule["labels"]>): Check {
  const wanted = Object.entries(labels);
  const texts = wanted.map(([name, value]) => `${name}=${value.toLowerCase()}`);
  return ({ places }, declared) =>
    (declared !== null && texts.every((text) => declared.labels.includes(text))) ||
    places.some((place) => wanted.every(([name, value]) => place.labels[name] === value));
}

/** What people named of the servers that answered. */
function placesOf({ facts }: Endpoint, placeOf: PlaceFinder): readonly Place[] {
  return Object.keys(facts?.servers.kept ?? {}).flatMap((server) => placeOf(serverHost(server)) ?? []);
}

function told({ owner: _owner, labels, ...given }: OwnerRule): string {
  const named = Object.entries(labels ?? {}).map(([name, value]) => [`label ${name}`, value] as const);
  const parts = [...Object.entries(given).filter(([, value]) => value !== undefined), ...named];
  return parts.map(([name, value]) => `${name} ${value}`).join(", ");
}
