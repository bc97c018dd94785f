// Finds what the documents say about an observed method and path: the operation, the path alone, or why nothing.
import { canonicalJson } from "../model/canonical.ts";
import type { DocumentedOperation, DocumentedServer, DocumentMatch, Spec } from "../model/document.ts";
import { basePathsOf, fitsAuthority } from "./servers.ts";
import { templateTree } from "./template-tree.ts";
import type { TemplateTree } from "./template-tree.ts";

/** `path` is an observed path or a template; `{…}` in it stands for a value nobody kept. */
export type Matcher = (authority: string, method: string, path: string) => DocumentMatch;

/** How a document came to speak for an authority; the first is the strongest. */
const BINDINGS = ["uploader", "server", "server-family", "server-host", "anywhere"] as const;
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
    return decide(last.bound, method, { authority, path });
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
  if (named.includes(authority)) return "server";
  if (named.some((held) => fitsAuthority(held, authority))) return "server-family";
  if (named.some((held) => fitsAuthority(held, withoutPort(authority)))) return "server-host";
  // What single operations name says nothing of the others.
  return namedBy(spec.document.servers).length === 0 ? "anywhere" : null;
}

function withoutPort(authority: string): string {
  return authority.replace(/:\d+$/, "");
}

/** Authorities the servers name, without those that mean "wherever this runs". */
export function namedAuthorities({ document }: Spec): readonly string[] {
  const own = document.operations.flatMap((operation) => operation.servers ?? []);
  return namedBy([...document.servers, ...own]);
}

function namedBy(servers: readonly DocumentedServer[]): readonly string[] {
  const named = new Set(servers.flatMap((server) => server.authority ?? []));
  return [...named].filter((authority) => !isPlaceholder(authority));
}

/** Whether an operation lives at an authority its document speaks for: some are at hosts of their own. */
function livesAt({ operation, spec }: Entry, authority: string): boolean {
  if (spec.authorities.length > 0) return true;
  const named = namedBy(operation.servers ?? spec.document.servers);
  return (
    named.length === 0 ||
    named.some((held) => fitsAuthority(held, authority) || fitsAuthority(held, withoutPort(authority)))
  );
}

/*
  Loopback (RFC 6761, RFC 1122) and example hosts that generators write when nobody told them the real one.
*/
function isPlaceholder(authority: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|(?:\w+\.)?example\.(?:com|org|net))(?::\d+)?$/.test(
    authority.replaceAll(/\{[^{}]*\}/g, "x"),
  );
}

function compile(spec: Spec, superseded: boolean): Edition {
  const tree = templateTree<Entry>();
  const bare = templateTree<Entry>();
  for (const operation of spec.document.operations) {
    for (const basePath of basePathsOf(spec.document, operation)) {
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
    // A document that was stored comes back with its keys in another order.
    canonicalJson([spec.document.title, spec.document.servers, [...spec.authorities].sort()]);
  return newer.uploadedAt > older.uploadedAt && place(newer) === place(older);
}

interface Heard {
  readonly authority: string;
  readonly path: string;
}

function decide(bound: readonly Candidate[], method: string, heard: Heard): DocumentMatch {
  const fits = (entry: Entry) => listed(entry.operation.method, method);
  const hits = bound.flatMap(({ edition }) => {
    const found = lookUp(edition, heard, fits);
    const entry =
      found.find((held) => held.operation.method === method) ??
      found.find((held) => listed(held.operation.method, method));
    return entry === undefined ? [] : [{ edition, entry }];
  });
  const current = hits.filter((hit) => !hit.edition.superseded);
  const [best] = current.length > 0 ? current : hits;
  if (best !== undefined) return operationMatch(best, hits);
  return pathMatch(bound, method, heard);
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

function pathMatch(bound: readonly Candidate[], method: string, heard: Heard): DocumentMatch {
  for (const { edition } of bound) {
    const [entry] = lookUp(edition, heard, () => true);
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
  { authority, path }: Heard,
  fits: (entry: Entry) => boolean,
): readonly Entry[] {
  const isHere = (entry: Entry) => livesAt(entry, authority);
  const wanted = (entries: readonly Entry[]) => entries.some((entry) => fits(entry) && isHere(entry));
  const found = edition.tree.find(path, wanted);
  return (found.length > 0 ? found : edition.bare.find(path, wanted)).filter(isHere);
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
  if (specs.length === 1) return `the one document there is does not speak for ${authority}`;
  return `none of ${specs.length} documents speaks for ${authority}`;
}
