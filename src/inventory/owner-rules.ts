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

/** What is known of who answers, one declaration at a time. */
interface Subject {
  readonly endpoint: Endpoint;
  readonly places: readonly Place[];
  readonly declared: DeclaredFacts | null;
}

interface Compiled {
  readonly claim: OwnerClaim;
  readonly fits: (subject: Subject) => boolean;
  /** Whether it may fit one declaration and not another. */
  readonly isOfService: boolean;
}

/** Compiled once: rules are asked for every endpoint. The last rule that fits speaks, as in CODEOWNERS. */
export function compileOwnerRules(
  rules: readonly OwnerRule[],
  placeOf: PlaceFinder = () => null,
): OwnerRuleCheck {
  const compiled = rules.map(compileRule).reverse();
  return (endpoint) => {
    const declared = declaredAt(endpoint);
    const places = placesOf(endpoint, placeOf);
    const subjects = (declared.length === 0 ? [null] : declared).map((one) => ({
      endpoint,
      places,
      declared: one,
    }));
    const found = new Set<Compiled>();
    for (const subject of subjects) {
      const last = compiled.find(({ fits }) => fits(subject));
      if (last !== undefined) found.add(last);
    }
    // What fits whoever answers is overruled by a later rule for one of them, not contradicted.
    const special = [...found].filter(({ isOfService }) => isOfService);
    return (special.length > 0 ? special : [...found]).map(({ claim }) => claim);
  };
}

function compileRule(rule: OwnerRule, index: number): Compiled {
  const { host, path, service, namespace, workload, labels } = rule;
  const checks = [
    ...(host === undefined ? [] : [hostCheck(host)]),
    ...(path === undefined ? [] : [pathCheck(path)]),
    ...(service === undefined ? [] : [serviceCheck(service)]),
    ...(namespace === undefined ? [] : [namespaceCheck(namespace)]),
    ...(workload === undefined ? [] : [workloadCheck(workload)]),
    ...(labels === undefined ? [] : [labelCheck(labels)]),
  ];
  return {
    claim: { owner: rule.owner, source: "rule", confidence: 1, reason: `rule ${index + 1} (${told(rule)})` },
    fits: (subject) => checks.length > 0 && checks.every((fits) => fits(subject)),
    isOfService: (service ?? namespace ?? workload ?? labels) !== undefined,
  };
}

type Check = Compiled["fits"];

function hostCheck(pattern: string): Check {
  const fits = compileGlob(pattern, { separator: ".", fold: true });
  return ({ endpoint }) => fits(hostOf(endpoint.authority));
}

function pathCheck(pattern: string): Check {
  const fits = compileGlob(pattern, { separator: "/" });
  return ({ endpoint }) => fits(endpoint.path);
}

function serviceCheck(pattern: string): Check {
  const fits = namedBy(pattern, true);
  return ({ endpoint, declared }) =>
    fits(declared?.name ?? null) || fits(clusterServiceOf(endpoint.authority));
}

function namespaceCheck(pattern: string): Check {
  const fits = namedBy(pattern);
  return ({ endpoint, places, declared }) =>
    fits(declared?.namespace ?? null) ||
    fits(namespaceOf(endpoint.authority)) ||
    places.some((place) => fits(place.namespace));
}

function workloadCheck(pattern: string): Check {
  const fits = namedBy(pattern);
  return ({ places, declared }) =>
    places.some(({ name }) => fits(name)) || (declared?.kind === "workload" && fits(declared.name));
}

/** What nobody told fits no pattern, `*` neither. */
function namedBy(pattern: string, fold = false): (name: string | null) => boolean {
  const fits = compileGlob(pattern, { separator: ".", fold });
  return (name) => name !== null && fits(name);
}

function labelCheck(labels: NonNullable<OwnerRule["labels"]>): Check {
  const wanted = Object.entries(labels);
  // Declared values are in lower case.
  const texts = wanted.map(([name, value]) => `${name}=${value.toLowerCase()}`);
  return ({ places, declared }) =>
    places.some((place) => wanted.every(([name, value]) => place.labels[name] === value)) ||
    (declared !== null && texts.every((text) => declared.labels.includes(text)));
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
