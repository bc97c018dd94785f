// What operations on top of HTTP take and give, by name: GraphQL variables and selected fields, JSON-RPC params and result.
import type { Endpoint } from "../model/inventory.ts";
import type { BodyFacts } from "../model/sighting.ts";
import type { Shape } from "../model/shape.ts";

/** A screenful of one operation; the schemas of the bodies, all operations together, have the rest. */
const MAX_NAMES = 64;
/** Selections of GraphQL clients are rarely deeper, and names below say little of the operation. */
const MAX_DEPTH = 4;

/*
  GraphQL over HTTP, 5.4 and 7.1: { "query", "operationName", "variables" } is answered by { "data", "errors" }: the names
    in `data` are the selected fields, or their aliases.
  JSON-RPC 2.0, 4 and 5: { "jsonrpc", "method", "params", "id" } is answered by { "jsonrpc", "result" | "error", "id" };
    a batch is an array of either.
*/
const PARTS: Readonly<
  Partial<Record<Endpoint["style"], readonly (readonly [name: string, from: Side, field: string])[]>>
> = {
  graphql: [
    ["variables", "request", "variables"],
    ["fields", "response", "data"],
  ],
  "json-rpc": [
    ["params", "request", "params"],
    ["result", "response", "result"],
  ],
};

type Side = "request" | "response";

/** Paths of names (`user.emails[]`), sorted; a part of which nothing is known is left out. */
export function calledParts({ style, facts }: Endpoint): Readonly<Record<string, readonly string[]>> {
  const parts: Record<string, readonly string[]> = {};
  if (facts === null) return parts;
  const answers = Object.values(facts.responses).flatMap(({ bodies }) => Object.values(bodies));
  const bodies = { request: Object.values(facts.requestBodies), response: answers };
  for (const [name, side, field] of PARTS[style] ?? []) {
    const found = namesUnder(bodies[side], field);
    if (found.length > 0) parts[name] = found;
  }
  return parts;
}

function namesUnder(bodies: readonly BodyFacts[], field: string): readonly string[] {
  const names = new Set<string>();
  for (const { shape } of bodies) {
    for (const root of [shape, shape?.array?.items ?? null]) {
      const held = root?.object?.fields.kept[field];
      if (held !== undefined) gather(held, "", { names, depth: 0 });
    }
  }
  return [...names].sort().slice(0, MAX_NAMES);
}

interface Gathering {
  readonly names: Set<string>;
  readonly depth: number;
}

function gather(shape: Shape, path: string, { names, depth }: Gathering): void {
  const items = shape.array?.items;
  if (items !== undefined && items !== null) gather(items, `${path}[]`, { names, depth });
  if (depth >= MAX_DEPTH) return;
  for (const [name, field] of Object.entries(shape.object?.fields.kept ?? {})) {
    const below = path === "" ? name : `${path}.${name}`;
    names.add(below);
    gather(field, below, { names, depth: depth + 1 });
  }
}
