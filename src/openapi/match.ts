// Finds what the documents say about an observed method and path: the operation, the path alone, or why nothing.
import type { DocumentedOperation, DocumentMatch, Spec } from "../model/document.ts";
import { templateTree } from "./template-tree.ts";
import type { TemplateTree } from "./template-tree.ts";

/** `path` is an observed path or a template; `{…}` in it stands for a value nobody kept. */
export type Matcher = (authority: string, method: string, path: string) => DocumentMatch;

/** How a document came to speak for an authority; the first is the strongest. */
const BINDINGS = ["uploader", "server", "server-host", "anywhere"] as const;
type Binding = (typeof BINDINGS)[number];

interface Entry {
  readonly operation: DocumentedOperation;
  readonly template: string;
  readonly spec: Spec;
}

interface Edition {
  readonly spec: Spec;
  readonly superseded: boolean;
  readonly tree: TemplateTree<Entry>;
  /** The same paths without their base: for mirrors behind a gateway that strips it. */
  readonly bare: TemplateTree<Entry>;
}

interface Candidate {
  readonly edition: Edition;
  readonly binding: Binding;
}

/** Compiles the documents once. */
export function createMatcher(specs: readonly Spec[]): Matcher {
  const newestFirst = [...specs].sort((a, b) => b.uploadedAt - a.uploadedAt || (a.id < b.id ? -1 : 1));
  const editions = newestFirst.map((spec) => compile(spec, isSuperseded(spec, newestFirst)));
  // Sightings come grouped by authority: remembering the last one is enough, and bounded.
  let last: { readonly authority: string; readonly bound: readonly Candidate[] } | null = null;
  return (authority, method, path) => {
    if (path === "") return { kind: "none", reason: "no path was heard" };
    if (last?.authority !== authority) last = { authority, bound: boundTo(editions, authority) };
    if (last.bound.length === 0) return { kind: "none", reason: nothingBound(specs, authority) };
    return decide(last.bound, method, path);
  };
}

function boundTo(editions: readonly Edition[], authority: string): readonly Candidate[] {
  return editions
    .flatMap((edition) => {
      const binding = bindingOf(edition.spec, authority);
      return binding === null ? [] : [{ edition, binding }];
    })
    .sort((a, b) => BINDINGS.indexOf(a.binding) - BINDINGS.indexOf(b.binding));
}

/** Whether a document speaks for an authority; null when it names others. */
export function bindingOf(spec: Spec, authority: string): Binding | null {
  if (spec.authorities.length > 0) return spec.authorities.includes(authority) ? "uploader" : null;
  const named = namedAuthorities(spec);
  if (named.length === 0) return "anywhere";
  if (named.includes(authority)) return "server";
  return named.some((held) => held === authority.replace(/:\d+$/, "")) ? "server-host" : null;
}

/** Authorities the servers name, without those that mean "wherever this runs". */
export function namedAuthorities(spec: Spec): readonly string[] {
  const named = spec.document.servers.flatMap((server) => server.authority ?? []);
  return [...new Set(named)].filter((authority) => !isPlaceholder(authority));
}

/*
  Loopback (RFC 6761, RFC 1122) and example hosts that generators write when nobody told them the real one.
*/
function isPlaceholder(authority: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|(?:\w+\.)?example\.(?:com|org|net))(?::\d+)?$/.test(
    authority,
  );
}

function compile(spec: Spec, superseded: boolean): Edition {
  const tree = templateTree<Entry>();
  const bare = templateTree<Entry>();
  const bases = [...new Set(spec.document.servers.map((server) => server.basePath))];
  for (const operation of spec.document.operations) {
    for (const basePath of bases) {
      const template = `${basePath}${operation.path}`;
      tree.add(template, { operation, template, spec });
    }
    bare.add(operation.path, { operation, template: operation.path, spec });
  }
  return { spec, superseded, tree, bare };
}

/** Whether the same document was uploaded again later: same title, same servers, same binding. */
export function isSuperseded(spec: Spec, specs: readonly Spec[]): boolean {
  return specs.some((other) => supersedes(other, spec));
}

function supersedes(newer: Spec, older: Spec): boolean {
  const place = (spec: Spec) =>
    JSON.stringify([spec.document.title, spec.document.servers, [...spec.authorities].sort()]);
  return newer.uploadedAt > older.uploadedAt && place(newer) === place(older);
}

function decide(bound: readonly Candidate[], method: string, path: string): DocumentMatch {
  const fits = (entries: readonly Entry[]) => entries.some((entry) => listed(entry.operation.method, method));
  const hits = bound.flatMap(({ edition }) => {
    const found = lookUp(edition, path, fits);
    const entry =
      found.find((held) => held.operation.method === method) ??
      found.find((held) => listed(held.operation.method, method));
    return entry === undefined ? [] : [{ edition, entry }];
  });
  const current = hits.filter((hit) => !hit.edition.superseded);
  const [best] = current.length > 0 ? current : hits;
  if (best !== undefined) return operationMatch(best, hits);
  return pathMatch(bound, method, path);
}

function operationMatch(
  best: { readonly edition: Edition; readonly entry: Entry },
  hits: readonly { readonly entry: Entry }[],
): DocumentMatch {
  const { operation, template, spec } = best.entry;
  const retired = best.edition.superseded ? "removed" : operation.deprecated ? "deprecated" : null;
  const name = operation.operationId ?? `${operation.method} ${operation.path}`;
  const verb = { removed: "was removed from newer editions of", deprecated: "is deprecated in" };
  const specIds = [spec.id, ...hits.map((hit) => hit.entry.spec.id)];
  return {
    kind: "operation",
    template,
    operation,
    spec,
    specIds: [...new Set(specIds)],
    retired,
    reason: `${name} ${retired === null ? "is listed in" : verb[retired]} ${titleOf(spec)}`,
  };
}

function pathMatch(bound: readonly Candidate[], method: string, path: string): DocumentMatch {
  for (const { edition } of bound) {
    const [entry] = lookUp(edition, path, () => true);
    if (entry === undefined || edition.superseded) continue;
    const { template, spec } = entry;
    return {
      kind: "path",
      template,
      spec,
      reason: `${titleOf(spec)} lists ${template}, but not with ${/^[A-Z]{1,16}$/.test(method) ? method : "this method"}`,
    };
  }
  const titles = bound.slice(0, 3).map(({ edition }) => titleOf(edition.spec));
  const more = bound.length > 3 ? ` and ${bound.length - 3} more` : "";
  return { kind: "none", reason: `no path of ${titles.join(", ")}${more} fits` };
}

function lookUp(
  edition: Edition,
  path: string,
  fits: (entries: readonly Entry[]) => boolean,
): readonly Entry[] {
  const found = edition.tree.find(path, fits);
  return found.length > 0 ? found : edition.bare.find(path, fits);
}

/** HEAD comes with GET (RFC 9110, 9.3.2); OPTIONS asks about the path itself (9.3.7). */
function listed(documented: string, observed: string): boolean {
  return documented === observed || observed === "OPTIONS" || (observed === "HEAD" && documented === "GET");
}

function titleOf(spec: Spec): string {
  const { title, version } = spec.document;
  return `${title || spec.name}${version === "" ? "" : ` ${version}`}`;
}

function nothingBound(specs: readonly Spec[], authority: string): string {
  if (specs.length === 0) return "no document was uploaded";
  return `none of ${specs.length} documents speaks for ${authority}`;
}
