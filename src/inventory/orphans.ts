// Operations that documents list and nobody calls, as rows of their own.
import type { DocumentedOperation, Spec } from "../model/document.ts";
import { provesRoute } from "../model/grouping-facts.ts";
import { endpointId, identityKey, skeletonOf } from "../model/identity.ts";
import { NO_AI } from "../model/inventory.ts";
import type { Endpoint } from "../model/inventory.ts";
import { nameTemplate } from "../model/template.ts";
import { bindingOf, createMatcher, isSuperseded, namedAuthorities } from "../openapi/match.ts";
import type { Heard } from "../openapi/prefix.ts";
import { Prefixes } from "../openapi/prefix.ts";
import { fitsAuthority } from "../openapi/servers.ts";

/** Stands for "any service" where neither the uploader nor the document names one and no traffic fits it. */
export const ANY_AUTHORITY = "*";

/** Rows for what is listed in a current document and was not heard. `heard` are endpoints with traffic. */
export function orphansOf(heard: readonly Endpoint[], specs: readonly Spec[]): readonly Endpoint[] {
  const known = new Set(heard.map(identityKey));
  const found = new Map<string, Endpoint>();
  for (const spec of [...specs].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    for (const orphan of orphansOfSpec(heard, spec, specs)) {
      const key = identityKey(orphan);
      const same = found.get(key);
      if (known.has(key)) continue;
      found.set(
        key,
        same === undefined ? orphan : { ...same, specIds: [...same.specIds, ...orphan.specIds] },
      );
    }
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function orphansOfSpec(heard: readonly Endpoint[], spec: Spec, specs: readonly Spec[]): readonly Endpoint[] {
  // What only an older edition lists is gone, not unheard.
  if (isSuperseded(spec, specs)) return [];
  const match = new Prefixes(createMatcher([spec])).learn(provenOf(heard));
  const called = new Set<DocumentedOperation>();
  const authorities = new Map<string, number>();
  for (const endpoint of heard) {
    if (bindingOf(spec, endpoint.authority) === null) continue;
    const found = match(endpoint.authority, endpoint.method, endpoint.path);
    if (found.kind !== "operation") continue;
    authorities.set(endpoint.authority, (authorities.get(endpoint.authority) ?? 0) + 1);
    // OPTIONS and HEAD stand for the path; they call no operation but their own.
    if (found.operation.method === endpoint.method) called.add(found.operation);
  }
  const home = homeOf(spec, authorities);
  return spec.document.operations
    .filter((operation) => !called.has(operation))
    .map((operation) => orphanOf(spec, operation, { authority: home, base: baseOf(spec, operation, home) }));
}

/** Endpoints that something proves to be there: only they show what stands before documented paths. */
export function* provenOf(endpoints: readonly Endpoint[]): Iterable<Heard> {
  for (const endpoint of endpoints) {
    const statuses = Object.keys(endpoint.facts?.responses ?? {});
    if (endpoint.style === "rest" && statuses.some(provesRoute))
      yield { authority: endpoint.authority, of: endpoint };
  }
}

function baseOf(
  { document }: Spec,
  { servers = document.servers }: DocumentedOperation,
  home: string,
): string {
  const own = servers.find(({ authority }) => authority !== null && fitsAuthority(authority, home));
  return (own ?? servers[0])?.basePath ?? "";
}

function homeOf(spec: Spec, authorities: ReadonlyMap<string, number>): string {
  const named = [...spec.authorities, ...namedAuthorities(spec)];
  const busiest = [...authorities].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const fitting = busiest.find(
    ([authority]) => named.length === 0 || named.some((one) => fitsAuthority(one, authority)),
  );
  // Which host of a family answers cannot be known before one was heard.
  return fitting?.[0] ?? named.find((one) => !one.includes("{")) ?? ANY_AUTHORITY;
}

function orphanOf(
  spec: Spec,
  operation: DocumentedOperation,
  { authority, base }: { readonly authority: string; readonly base: string },
): Endpoint {
  const listed = `${base}${operation.path}`.replace(/(.)\/$/, "$1");
  const names = [...listed.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
  const { path, parameters } = nameTemplate(
    skeletonOf(listed),
    names.map((name) => ({ name, class: "declared", named: "document" })),
  );
  const identity = { authority, method: operation.method, path, style: "rest" as const, operation: null };
  const { title, version } = spec.document;
  return {
    id: endpointId(identity),
    ...identity,
    parameters,
    protocol: "unknown",
    category: "api",
    confidence: "candidate",
    standing: "orphan",
    standingReason: `listed in ${title || spec.name}${version === "" ? "" : ` ${version}`}, never heard`,
    specIds: [spec.id],
    ai: NO_AI,
    facts: null,
  };
}
