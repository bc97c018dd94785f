// Learns what a gateway puts in front of documented paths: `/gw/v2/orders`, below which a document's operations are found.
import type { DocumentedOperation, DocumentMatch, Spec } from "../model/document.ts";
import type { Matcher } from "./match.ts";
import { segmentsOf } from "./template-tree.ts";

/** Something that is there, by proof of an answer. The same object is looked at once. */
export interface Heard {
  readonly authority: string;
  readonly of: { readonly method: string; readonly path: string };
}

/** A prefix below which an operation was heard. */
interface Behind {
  readonly prefix: string;
  readonly operation: DocumentedOperation;
  readonly spec: Spec;
}

// Gateways name an environment, themselves, a version and a service.
const DEEPEST = 4;
// One operation below a prefix may be chance (`/admin/health`); so many of one document are not.
const ENOUGH = 3;
const LEAST = 2;

/** Learns for one matcher; what was heard decides, not its order. */
export class Prefixes {
  readonly #matcher: Matcher;
  readonly #known = new WeakMap<Heard["of"], { readonly behind: Behind | null }>();
  #learned: Matcher;
  #told = "";

  constructor(matcher: Matcher) {
    this.#matcher = matcher;
    this.#learned = matcher;
  }

  /** The matcher that looks behind prefixes, too: the same one while nothing else is learned. */
  learn(heard: Iterable<Heard>): Matcher {
    const found = new Map<string, Map<string, Set<Behind["operation"]>>>();
    const specs = new Map<string, Spec>();
    for (const one of heard) {
      const behind = this.#behind(one);
      if (behind === null) continue;
      const { prefix, operation, spec } = behind;
      const below = found.get(`${one.authority} ${prefix}`) ?? new Map<string, Set<DocumentedOperation>>();
      found.set(`${one.authority} ${prefix}`, below);
      below.set(spec.id, (below.get(spec.id) ?? new Set()).add(operation));
      specs.set(spec.id, spec);
    }
    const enough = [...found].filter(([, below]) =>
      [...below].some(([id, operations]) => isEnough(operations, specs.get(id))),
    );
    const prefixes = enough.map(([place]) => place).sort();
    if (this.#told === prefixes.join("\n")) return this.#learned;
    this.#told = prefixes.join("\n");
    this.#learned = prefixes.length === 0 ? this.#matcher : lookingBehind(this.#matcher, prefixes);
    return this.#learned;
  }

  #behind({ authority, of }: Heard): Behind | null {
    const known = this.#known.get(of) ?? { behind: behindOf(this.#matcher, authority, of) };
    this.#known.set(of, known);
    return known.behind;
  }
}

function isEnough(operations: ReadonlySet<DocumentedOperation>, spec: Spec | undefined): boolean {
  const all = spec?.document.operations.length ?? 0;
  return operations.size >= Math.max(LEAST, Math.min(ENOUGH, all));
}

/** The shortest prefix of words below which the documents list what was heard; null when they list it as it is. */
function behindOf(matcher: Matcher, authority: string, { method, path }: Heard["of"]): Behind | null {
  if (!path.startsWith("/") || matcher(authority, method, path).kind !== "none") return null;
  const segments = segmentsOf(path);
  for (let depth = 1; depth <= DEEPEST && depth < segments.length; depth += 1) {
    if (segments[depth - 1]?.includes("{") !== false) return null;
    const match = matcher(authority, method, `/${segments.slice(depth).join("/")}`);
    if (match.kind !== "operation" || match.operation.method !== method) continue;
    const { operation, spec } = match;
    // Variables alone fit anything.
    const isNamed = segmentsOf(operation.path).some((segment) => !segment.includes("{"));
    if (isNamed) return { prefix: `/${segments.slice(0, depth).join("/")}`, operation, spec };
  }
  return null;
}

/** `places`: authority, space, prefix. */
function lookingBehind(matcher: Matcher, places: readonly string[]): Matcher {
  const byAuthority = new Map<string, string[]>();
  for (const place of places) {
    const [authority = "", prefix = ""] = [
      place.slice(0, place.indexOf(" /")),
      place.slice(place.indexOf(" /") + 1),
    ];
    byAuthority.set(authority, [...(byAuthority.get(authority) ?? []), prefix]);
  }
  // Longest first: what stands before fewer paths says more.
  for (const prefixes of byAuthority.values())
    prefixes.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return (authority, method, path) => {
    const direct = matcher(authority, method, path);
    if (direct.kind !== "none") return direct;
    for (const prefix of byAuthority.get(authority) ?? []) {
      if (!path.startsWith(`${prefix}/`)) continue;
      const match = matcher(authority, method, path.slice(prefix.length));
      if (match.kind !== "none") return behind(prefix, match);
    }
    return direct;
  };
}

function behind(prefix: string, match: Exclude<DocumentMatch, { kind: "none" }>): DocumentMatch {
  return {
    ...match,
    template: `${prefix}${match.template}`,
    reason: `${match.reason}, behind ${prefix} as other operations of it`,
  };
}
