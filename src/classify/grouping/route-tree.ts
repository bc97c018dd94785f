// Bottom-k tree of route paths: at each node the segments with the smallest hashes stay, all others are one rest.
import { hash32 } from "../../model/hash.ts";
import type { Route, RouteEvidence, RouteKey } from "../../model/route.ts";
import { joinEvidence, REST } from "../../model/route.ts";
import { VOCABULARY } from "./vocabulary.ts";

/**
 * Which children compete for room. A function of the segment alone. "V": words that many APIs have as routes, so that a
 * rare route is not crowded out by thousands of values; "H": classes, of which there are few, and the nothing that "/"
 * ends with; "O": everything else.
 */
export type Stratum = "V" | "H" | "O";

/*
  As many route words, and as many others, as the widest nodes of public APIs have literals (some 170 methods below one
  `/api`; half of that deep down): a word that is folded is a value for good.
*/
const ROOM: Readonly<Record<Stratum, number>> = { V: 192, H: 64, O: 192 };
// Deep nodes are many and say less each.
const DEEP = 5;
// Below it decisions rest on chance: less only where there would be too many nodes even so.
const LEAST_ROOM = 8;
/** As many halvings as leave the widest stratum no more than that. */
const TO_LEAST = Math.ceil(Math.log2(ROOM.V / LEAST_ROOM));
/** So many more leave no room at all, but for the rest: then there are as many nodes as the longest path has segments. */
const MOST_HALVINGS = TO_LEAST + Math.log2(LEAST_ROOM) + 1;
const CLASSES: ReadonlySet<string> = new Set(
  "uuid ulid hex int number prefixed-id token jwt email ip phone slug-id secret text authority rest *"
    .split(" ")
    .map((name) => `{${name}}`),
);

export function stratumOf(segment: string): Stratum {
  if (segment === "" || CLASSES.has(segment)) return "H";
  return VOCABULARY.roles(segment.toLowerCase()).route > 0 ? "V" : "O";
}

/** Everything of a route's key but the path. */
export type EndKey = Omit<RouteKey, "path">;

/** What ends at a node. */
export interface RouteEnd {
  readonly key: EndKey;
  evidence: RouteEvidence;
  /** The same object until something else is heard. */
  route: Route | null;
}

export interface RouteNode {
  /** Changed by `childOf` and folding alone: most nodes have none and share one empty map. */
  children: Map<string, RouteNode>;
  /** By `endKeyOf`. Changed by `addEnd` alone. */
  ends: Map<string, RouteEnd>;
  /** How many children each stratum has. */
  sizes: Readonly<Record<Stratum, number>>;
  /** Smallest hash of a child ever folded, by stratum. */
  taus: Readonly<Record<Stratum, number>>;
}

export interface RouteTree {
  readonly root: RouteNode;
  nodes: number;
  halvings: number;
  /** Told of a route that is new or different, or (`gone`) no more. */
  readonly onChange: (path: readonly string[], key: EndKey, gone: boolean) => void;
}

const NEVER = Infinity;
// Shared by the many nodes without children.
const NONE: Readonly<Record<Stratum, number>> = { V: 0, H: 0, O: 0 };
const NEVER_FOLDED: Readonly<Record<Stratum, number>> = { V: NEVER, H: NEVER, O: NEVER };

const NO_CHILDREN = new Map<string, RouteNode>();
const NO_ENDS = new Map<string, RouteEnd>();

export function emptyNode(): RouteNode {
  return {
    children: NO_CHILDREN,
    ends: NO_ENDS,
    sizes: NONE,
    taus: NEVER_FOLDED,
  };
}

/** Adds a route. `path` is that of the caller: what is folded on the way goes to the rest. */
export function addRoute(
  tree: RouteTree,
  segments: readonly string[],
  key: RouteKey,
  evidence: RouteEvidence,
): void {
  let node = tree.root;
  const path: string[] = [];
  for (const segment of segments) {
    const place = placeOf(node, segment);
    path.push(place);
    node = childOf(tree, node, place);
  }
  addEnd(tree, node, path, { key, evidence });
  boundAlong(tree, path);
}

/** A segment that was once folded, or would be, is the rest's. */
export function placeOf(node: RouteNode, segment: string): string {
  const tau = node.taus[stratumOf(segment)];
  return tau !== NEVER && segment !== REST && hash32(segment) >= tau ? REST : segment;
}

export function childOf(tree: RouteTree, node: RouteNode, segment: string): RouteNode {
  const held = node.children.get(segment);
  if (held !== undefined) return held;
  const made = emptyNode();
  if (node.children === NO_CHILDREN) node.children = new Map();
  node.children.set(segment, made);
  if (segment !== REST) resize(node, stratumOf(segment), 1);
  tree.nodes += 1;
  return made;
}

function resize(node: RouteNode, stratum: Stratum, by: number): void {
  node.sizes = withStratum(node.sizes, stratum, node.sizes[stratum] + by);
}

type ByStratum = Readonly<Record<Stratum, number>>;

function withStratum({ V, H, O }: ByStratum, stratum: Stratum, number: number): ByStratum {
  return {
    V: stratum === "V" ? number : V,
    H: stratum === "H" ? number : H,
    O: stratum === "O" ? number : O,
  };
}

export function endKeyOf({ method, declared, style, operation }: EndKey): string {
  const called = operation === null ? "-" : `${operation.length}:${operation}`;
  return `${method} ${declared} ${style} ${called}`;
}

function addEnd(
  tree: RouteTree,
  node: RouteNode,
  path: readonly string[],
  { key, evidence }: { readonly key: EndKey; readonly evidence: RouteEvidence },
): void {
  const endKey = endKeyOf(key);
  const held = node.ends.get(endKey);
  if (held === undefined) {
    const { method, declared, style, operation } = key;
    if (node.ends === NO_ENDS) node.ends = new Map();
    node.ends.set(endKey, { key: { method, declared, style, operation }, evidence, route: null });
  } else {
    held.evidence = joinEvidence(held.evidence, evidence);
    if (held.route !== null) held.route = { kind: "good", key: held.route.key, evidence: held.evidence };
  }
  tree.onChange(path, key, false);
}

/** Brings every node on the way within its room, from the root: folding may make the way longer or shorter. */
function boundAlong(tree: RouteTree, path: readonly string[]): void {
  let node: RouteNode | undefined = tree.root;
  const above: string[] = [];
  for (const segment of path) {
    if (node === undefined) return;
    boundNode(tree, node, above);
    node = node.children.get(segment);
    above.push(segment);
  }
}

function roomFor(tree: RouteTree, stratum: Stratum, depth: number): number {
  const room = ROOM[stratum] >> (tree.halvings + (depth > DEEP ? 1 : 0));
  return Math.max(LEAST_ROOM >> Math.max(0, tree.halvings - TO_LEAST), room);
}

export function boundNode(tree: RouteTree, node: RouteNode, path: readonly string[]): void {
  for (const stratum of ["V", "H", "O"] as const) {
    const room = roomFor(tree, stratum, path.length);
    if (node.sizes[stratum] <= room) continue;
    const hashes = childrenOf(node, stratum)
      .map(hash32)
      .sort((a, b) => a - b);
    lowerTau(tree, node, path, { stratum, tau: hashes[room] as number });
  }
}

function childrenOf(node: RouteNode, stratum: Stratum): readonly string[] {
  return [...node.children.keys()].filter((name) => name !== REST && stratumOf(name) === stratum);
}

/** From now on children with this hash or a larger one are the rest's; those there are move. */
export function lowerTau(
  tree: RouteTree,
  node: RouteNode,
  path: readonly string[],
  { stratum, tau }: { readonly stratum: Stratum; readonly tau: number },
): void {
  if (tau >= node.taus[stratum]) return;
  node.taus = withStratum(node.taus, stratum, tau);
  for (const name of childrenOf(node, stratum)) {
    if (hash32(name) < tau) continue;
    const child = node.children.get(name) as RouteNode;
    node.children.delete(name);
    resize(node, stratum, -1);
    tree.nodes -= 1;
    forget(tree, child, [...path, name]);
    const rest = childOf(tree, node, REST);
    mergeInto(tree, rest, child, [...path, REST]);
  }
}

function forget(tree: RouteTree, node: RouteNode, path: readonly string[]): void {
  for (const { key } of node.ends.values()) tree.onChange(path, key, true);
  for (const [name, child] of node.children) forget(tree, child, [...path, name]);
}

/** Everything of `from` (which is nobody's any more) into `into`: taus first, so that nothing is kept too long. */
function mergeInto(tree: RouteTree, into: RouteNode, from: RouteNode, path: readonly string[]): void {
  for (const stratum of ["V", "H", "O"] as const)
    lowerTau(tree, into, path, { stratum, tau: from.taus[stratum] });
  for (const held of from.ends.values()) addEnd(tree, into, path, held);
  for (const [name, child] of from.children) {
    tree.nodes -= 1;
    const place = placeOf(into, name);
    const below = [...path, place];
    mergeInto(tree, childOf(tree, into, place), child, below);
  }
  boundNode(tree, into, path);
}

/** All nodes, parents first. The path is changed on the way: it is not to be kept. */
export function visitNodes(
  node: RouteNode,
  visit: (path: readonly string[], node: RouteNode) => void,
  path: string[] = [],
): void {
  visit(path, node);
  for (const [name, child] of node.children) {
    path.push(name);
    visitNodes(child, visit, path);
    path.pop();
  }
}

/** Gives every node less room until there are few enough of them. */
export function boundTree(tree: RouteTree, most: number): void {
  while (tree.nodes > most && tree.halvings < MOST_HALVINGS) halve(tree, tree.halvings + 1);
}

export function halve(tree: RouteTree, halvings: number): void {
  if (halvings <= tree.halvings) return;
  tree.halvings = halvings;
  boundBelow(tree, tree.root, []);
}

function boundBelow(tree: RouteTree, node: RouteNode, path: readonly string[]): void {
  boundNode(tree, node, path);
  for (const [name, child] of Array.from(node.children)) {
    if (node.children.get(name) === child) boundBelow(tree, child, [...path, name]);
  }
}
