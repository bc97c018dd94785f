// The routes of one service in bounded room: what is kept depends on the multiset that was added, not on its order.
import { emptyBounded, emptyRecord } from "../../model/bounded.ts";
import type { Returned } from "../../model/grouping-facts.ts";
import { joinReturned } from "../../model/grouping-facts.ts";
import { hash32 } from "../../model/hash.ts";
import type { GroupingSketch, Route, RouteEvidence, RouteKey } from "../../model/route.ts";
import { joinEvidence, REST, routeText } from "../../model/route.ts";
import type { Routes } from "./grouping.ts";
import type { EndKey, RouteEnd, RouteNode, RouteTree, Stratum } from "./route-tree.ts";
import {
  addRoute,
  boundTree,
  childOf,
  emptyNode,
  endKeyOf,
  halve,
  lowerTau,
  placeOf,
  visitNodes,
} from "./route-tree.ts";

// Some 0.6 KB each: 12 MB for a service, whatever is asked of it.
const MOST_NODES = 20_000;
// What scanners try in a month on one host; beyond it only the sum is known.
const MOST_BAD = 4096;

/** Where what is not "good" is added up beyond the bound. */
const BAD_REST = { method: "*", path: `/${REST}`, declared: false, style: "rest", operation: null } as const;

export interface RouteBounds {
  readonly nodes: number;
  readonly bad: number;
}

export function createRoutes({ nodes, bad }: RouteBounds = { nodes: MOST_NODES, bad: MOST_BAD }): Routes {
  return new BoundedRoutes(nodes, bad);
}

/** Segments of a path; what is no path (`*`, an authority) is one segment that no path has. */
function segmentsOf(path: string): readonly string[] {
  return path.startsWith("/") ? path.slice(1).split("/") : [`${NO_PATH}${path}`];
}

const NO_PATH = "\u0000";
const STRATA: readonly Stratum[] = ["V", "H", "O"];

function pathOf(segments: readonly string[]): string {
  const [first = ""] = segments;
  return first.startsWith(NO_PATH) ? first.slice(1) : `/${segments.join("/")}`;
}

class BoundedRoutes implements Routes {
  readonly #tree: RouteTree;
  readonly #bad = new Map<string, Route>();
  readonly #mostNodes: number;
  readonly #mostBad: number;
  #badTau: number | null = null;
  #badRest: Route | null = null;
  #returned: Returned = emptyBounded();
  /** Texts of rows that changed, to where they are; null when gone. */
  #changed = new Map<string, (() => Route | null) | null>();
  #revision = 0;

  constructor(mostNodes: number, mostBad: number) {
    this.#mostNodes = mostNodes;
    this.#mostBad = mostBad;
    this.#tree = {
      root: emptyNode(),
      nodes: 0,
      halvings: 0,
      onChange: (path, key, gone) => this.#note(path, key, gone),
    };
  }

  get revision(): number {
    return this.#revision;
  }

  add(routes: Iterable<Route>): void {
    for (const route of routes) {
      if (route.kind === "good") addRoute(this.#tree, segmentsOf(route.key.path), route.key, route.evidence);
      else this.#addBad(route);
      this.#revision += 1;
    }
    boundTree(this.#tree, this.#mostNodes);
  }

  addReturned(returned: Returned): void {
    this.#returned = joinReturned(this.#returned, returned);
    this.#revision += 1;
  }

  merge(rows: Iterable<Route>, sketch: GroupingSketch): void {
    halve(this.#tree, sketch.halvings);
    for (const [name, tau] of Object.entries(sketch.taus)) this.#lower(name, tau);
    if (sketch.badTau !== null) this.#lowerBad(sketch.badTau);
    this.addReturned(sketch.returned);
    this.add(rows);
  }

  rows(): Iterable<Route> {
    this.#cutBad();
    const rows: Route[] = [];
    visitNodes(this.#tree.root, (path, { ends }) => {
      for (const end of ends.values()) rows.push((end.route ??= goodRoute(path, end)));
    });
    for (const route of this.#bad.values()) rows.push(route);
    if (this.#badRest !== null) rows.push(this.#badRest);
    return rows;
  }

  sketch(): GroupingSketch {
    this.#cutBad();
    const taus = emptyRecord<number>();
    visitNodes(this.#tree.root, (path, node) => {
      for (const stratum of STRATA) {
        const tau = node.taus[stratum];
        if (tau !== Infinity) taus[`${stratum} ${pathOf([...path, ""])}`] = tau;
      }
    });
    return { taus, badTau: this.#badTau, halvings: this.#tree.halvings, returned: this.#returned };
  }

  takeChanges(): { readonly written: readonly Route[]; readonly removed: readonly string[] } {
    this.#cutBad();
    const written: Route[] = [];
    const removed: string[] = [];
    for (const [text, find] of this.#changed) {
      const route = find?.() ?? null;
      if (route === null) removed.push(text);
      else written.push(route);
    }
    this.#changed = new Map();
    return { written, removed };
  }

  #note(path: readonly string[], key: EndKey, gone: boolean): void {
    const segments = [...path];
    const text = routeText({ kind: "good", key: keyAt(segments, key) });
    this.#changed.set(text, gone ? null : () => this.#goodAt(segments, endKeyOf(key)));
  }

  #goodAt(segments: readonly string[], endKey: string): Route | null {
    let node: RouteNode | undefined = this.#tree.root;
    for (const segment of segments) node = node?.children.get(segment);
    const end = node?.ends.get(endKey);
    return end === undefined ? null : (end.route ??= goodRoute(segments, end));
  }

  #lower(name: string, tau: number): void {
    const stratum = name.slice(0, 1) as Stratum;
    const path: string[] = [];
    let node = this.#tree.root;
    for (const segment of segmentsOf(name.slice(2)).slice(0, -1)) {
      const place = placeOf(node, segment);
      path.push(place);
      node = childOf(this.#tree, node, place);
    }
    lowerTau(this.#tree, node, path, { stratum, tau });
  }

  #addBad(route: Route): void {
    const text = routeText(route);
    if (isBadRest(route) || (this.#badTau !== null && hash32(text) >= this.#badTau)) {
      this.#addBadRest(route.evidence);
      return;
    }
    const held = this.#bad.get(text);
    const joined = held && { ...held, evidence: joinEvidence(held.evidence, route.evidence) };
    this.#bad.set(text, joined ?? route);
    this.#changed.set(text, () => this.#bad.get(text) ?? null);
    // Cut rarely on the way, for it costs a look at all; to its exact size before anybody looks.
    if (this.#bad.size > 2 * this.#mostBad) this.#cutBad();
  }

  #cutBad(): void {
    if (this.#bad.size <= this.#mostBad) return;
    const hashes = [...this.#bad.keys()].map(hash32).sort((a, b) => a - b);
    this.#lowerBad(hashes[this.#mostBad] as number);
  }

  #addBadRest(evidence: RouteEvidence): void {
    const held = this.#badRest?.evidence;
    const sum = held === undefined ? evidence : joinEvidence(held, evidence);
    this.#badRest = { kind: "bad", key: BAD_REST, evidence: { ...sum, segments: [] } };
    this.#changed.set(routeText(this.#badRest), () => this.#badRest);
  }

  #lowerBad(tau: number): void {
    if (this.#badTau !== null && this.#badTau <= tau) return;
    this.#badTau = tau;
    for (const [text, route] of Array.from(this.#bad)) {
      if (hash32(text) < tau) continue;
      this.#bad.delete(text);
      this.#changed.set(text, null);
      this.#addBadRest(route.evidence);
    }
  }
}

function goodRoute(segments: readonly string[], { key, evidence }: RouteEnd): Route {
  return { kind: "good", key: keyAt(segments, key), evidence };
}

/** Written out, for what is spread into a literal gets a hidden class of its own, and this is made for every route. */
function keyAt(segments: readonly string[], { method, declared, style, operation }: EndKey): RouteKey {
  return { method, declared, style, operation, path: pathOf(segments) };
}

function isBadRest({ key }: Route): boolean {
  return key.path === BAD_REST.path && key.method === BAD_REST.method;
}
