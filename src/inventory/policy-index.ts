// Which policies can hold at all: each is filed under the one condition that decides most, so that of thousands few are tried.
import { hostOf } from "./ownership.ts";

/** Conditions that can be looked up, as policies have them. */
export interface Sharp {
  readonly path?: readonly string[];
  readonly service?: readonly string[];
  readonly environment?: readonly string[];
  readonly owner?: readonly string[];
  readonly drift?: readonly string[];
  readonly finding?: readonly string[];
  readonly answers_with?: readonly string[];
  readonly data_class?: readonly string[];
  readonly ai_kind?: readonly string[];
}

/** What is looked up of an endpoint. */
export interface Keyed {
  readonly endpoint: {
    readonly authority: string;
    readonly path: string;
    readonly ai: { readonly kind: string | null };
  };
  readonly owner: string | null;
  readonly environment: string | null;
  readonly drift: readonly string[];
  readonly findings: readonly string[];
  readonly answered: ReadonlySet<string>;
  readonly classes: ReadonlySet<string>;
}

/** Under which words a policy is filed, and which words an endpoint has; the sharpest stand first. */
interface Drawer {
  readonly name: string;
  /** null where the condition is not given, or says nothing sharp. */
  of(when: Sharp): readonly string[] | null;
  at(subject: Keyed): Iterable<string>;
}

const DRAWERS: readonly Drawer[] = [
  {
    name: "path",
    of: ({ path }) => beginnings(path, 2),
    at: ({ endpoint }) => [pathBegin(endpoint.path, 2)],
  },
  {
    name: "service",
    of: ({ service }) => all(service, (pattern) => literal(pattern, ".")[0]?.toLowerCase()),
    at: ({ endpoint }) => [hostOf(endpoint.authority).toLowerCase().split(".", 1)[0] ?? ""],
  },
  {
    name: "environment",
    of: ({ environment }) => environment ?? null,
    at: ({ environment }) => one(environment),
  },
  { name: "owner", of: ({ owner }) => owner ?? null, at: ({ owner }) => [owner ?? "none"] },
  { name: "drift", of: ({ drift }) => drift ?? null, at: ({ drift }) => drift },
  { name: "finding", of: ({ finding }) => finding ?? null, at: ({ findings }) => findings },
  { name: "answers", of: ({ answers_with: given }) => given ?? null, at: ({ answered }) => answered },
  { name: "carries", of: ({ data_class: given }) => given ?? null, at: ({ classes }) => classes },
  { name: "kind", of: ({ ai_kind: kind }) => kind ?? null, at: ({ endpoint }) => one(endpoint.ai.kind) },
  {
    name: "begin",
    of: ({ path }) => beginnings(path, 1),
    at: ({ endpoint }) => [pathBegin(endpoint.path, 1)],
  },
];

function one(word: string | null): readonly string[] {
  return word === null ? [] : [word];
}

/** null as soon as one pattern has no such beginning. */
function all(
  patterns: readonly string[] | undefined,
  begin: (pattern: string) => string | undefined,
): readonly string[] | null {
  if (patterns === undefined) return null;
  const found = patterns.map(begin);
  return found.every((word) => word !== undefined) ? (found as readonly string[]) : null;
}

function beginnings(patterns: readonly string[] | undefined, count: number): readonly string[] | null {
  return all(patterns, (pattern) => {
    const [root, ...segments] = literal(pattern, "/");
    return root === "" && segments.length >= count ? segments.slice(0, count).join("/") : undefined;
  });
}

function pathBegin(path: string, count: number): string {
  return path
    .split("/", count + 1)
    .slice(1)
    .join("/");
}

/** The parts of a pattern before the first that holds a wildcard: they stand so in whatever it fits. */
function literal(pattern: string, separator: string): readonly string[] {
  const parts = pattern.split(separator);
  const end = parts.findIndex((part) => part.includes("*"));
  return end < 0 ? parts : parts.slice(0, end);
}

/** Gives the places, in order, of those that can hold; a superset of those that do. */
export function createPolicyIndex(conditions: readonly Sharp[]): (subject: Keyed) => readonly number[] {
  const always: number[] = [];
  const filed = new Map<Drawer, Map<string, number[]>>();
  for (const [place, when] of conditions.entries()) {
    const drawer = DRAWERS.find(({ of }) => of(when) !== null);
    if (drawer === undefined) {
      always.push(place);
      continue;
    }
    const held = filed.get(drawer) ?? new Map<string, number[]>();
    filed.set(drawer, held);
    for (const word of new Set(drawer.of(when))) held.set(word, [...(held.get(word) ?? []), place]);
  }
  const drawers = [...filed];
  return (subject) => {
    const found = new Set(always);
    for (const [drawer, held] of drawers) {
      for (const word of drawer.at(subject)) for (const place of held.get(word) ?? []) found.add(place);
    }
    return [...found].sort((a, b) => a - b);
  };
}
