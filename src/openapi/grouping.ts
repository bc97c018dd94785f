// Brings endpoints into the form OpenAPI wants: one path per skeleton, one operation per method.
import { skeletonOf } from "../model/identity.ts";
import { joinFacts } from "../model/facts.ts";
import type { Endpoint, PathParameter } from "../model/inventory.ts";
import type { Facts } from "../model/sighting.ts";

/** All endpoints of one method on one path: more than one where a protocol on top names operations. */
export interface OperationGroup {
  readonly method: string;
  readonly endpoints: readonly Endpoint[];
  /** Joined; null for operations that only documents list. */
  readonly facts: Facts | null;
}

export interface PathGroup {
  readonly path: string;
  readonly parameters: readonly PathParameter[];
  /** By method, HEAD and OPTIONS only where they say something the others do not. */
  readonly operations: readonly OperationGroup[];
}

/** Deterministic in the set of endpoints, whatever their order. Paths that do not start with "/" are left out. */
export function groupByPath(endpoints: readonly Endpoint[]): readonly PathGroup[] {
  const bySkeleton = new Map<string, Endpoint[]>();
  for (const endpoint of [...endpoints].sort(byId)) {
    if (!endpoint.path.startsWith("/")) continue;
    const skeleton = skeletonOf(endpoint.path);
    bySkeleton.set(skeleton, [...(bySkeleton.get(skeleton) ?? []), endpoint]);
  }
  return [...bySkeleton.keys()].sort().map((skeleton) => pathGroup(skeleton, bySkeleton.get(skeleton) ?? []));
}

function byId(a: Endpoint, b: Endpoint): number {
  return a.id < b.id ? -1 : 1;
}

function pathGroup(skeleton: string, endpoints: readonly Endpoint[]): PathGroup {
  const parameters = parametersOf(endpoints);
  let index = 0;
  const path = skeleton.replaceAll("{}", () => {
    index += 1;
    return `{${parameters[index - 1]?.name ?? `value${index}`}}`;
  });
  return { path, parameters, operations: operationsOf(endpoints) };
}

/** OpenAPI allows one set of names per path: a document's before a source's before inferred ones. */
function parametersOf(endpoints: readonly Endpoint[]): readonly PathParameter[] {
  const rank = ({ parameters }: Endpoint) =>
    parameters.some((held) => held.named === "document")
      ? 0
      : parameters.some((held) => held.named === "source")
        ? 1
        : 2;
  const [best] = [...endpoints].sort(
    (a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : byId(a, b)),
  );
  const taken = new Set<string>();
  return (best?.parameters ?? []).map((held, index) => {
    const classes = new Set(endpoints.flatMap((endpoint) => endpoint.parameters[index]?.class ?? []));
    classes.delete("declared");
    const [only = "declared"] = classes;
    const name = uniqueName(held.name.replaceAll(/[^A-Za-z0-9_.-]/g, "_") || "value", taken);
    return { ...held, name, class: classes.size > 1 ? "mixed" : only };
  });
}

/** The name itself, or with the first free number from 2 on. */
export function uniqueName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}${number}`;
  taken.add(free);
  return free;
}

function operationsOf(endpoints: readonly Endpoint[]): readonly OperationGroup[] {
  const methods = [...new Set(endpoints.map((endpoint) => endpoint.method))].sort();
  const telling = methods.filter(
    (method) => method !== "OPTIONS" && !(method === "HEAD" && methods.includes("GET")),
  );
  const kept = telling.length > 0 ? telling : methods;
  return kept.map((method) => {
    const members = endpoints.filter((endpoint) => endpoint.method === method);
    const seen = members.flatMap((endpoint) => endpoint.facts ?? []);
    return {
      method,
      endpoints: members,
      facts: seen.length === 0 ? null : seen.reduce((all, one) => joinFacts(all, one)),
    };
  });
}
