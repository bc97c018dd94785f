// Decides once more what was decided, to say why: the numbers behind a template are computed when they are asked for.
import { createRoutes } from "../classify/grouping/routes.ts";
import { decide } from "../classify/grouping/decide.ts";
import type { Explanation, TemplateSet } from "../classify/grouping/template-set.ts";
import type { ServiceGrouping } from "../model/inventory.ts";
import type { InventoryStore, SpecSet } from "../store/store.ts";
import { Prefixes } from "../openapi/prefix.ts";
import { rulesOf } from "./rules.ts";
import { provenIn } from "./service-index.ts";

export interface Explainer {
  explain(of: { readonly authority: string; readonly path: string }): Promise<readonly Explanation[]>;
}

interface Held {
  readonly version: number;
  readonly revision: number;
  readonly set: TemplateSet;
}

// Some 10 MB each, for a person who looks at the endpoints of a few services.
const MOST_HELD = 8;

export function createExplainer(store: Pick<InventoryStore, "grouping" | "specs">): Explainer {
  const held = new Map<string, Held>();
  const setOf = async (authority: string): Promise<TemplateSet | null> => {
    const said = await store.specs();
    const before = held.get(authority);
    const known = before?.revision === said.revision ? before.version : null;
    const grouping = await store.grouping(authority, known);
    if (grouping === "same") return before?.set ?? null;
    held.delete(authority);
    if (grouping === null) return null;
    const set = decided(authority, grouping, said);
    held.set(authority, { version: grouping.version, revision: said.revision, set });
    for (const oldest of held.keys()) if (held.size > MOST_HELD) held.delete(oldest);
    return set;
  };
  return {
    explain: async ({ authority, path }) => (await setOf(authority))?.explain(path) ?? [],
  };
}

function decided(
  authority: string,
  { routes, sketch, remembered }: ServiceGrouping,
  said: SpecSet,
): TemplateSet {
  const { matcher, documentTemplates = [], pins = [] } = rulesOf(said).contextOf(authority);
  const own = createRoutes();
  own.merge(routes, sketch);
  const behind = new Prefixes(matcher).learn(provenIn(own, authority));
  return decide(own, {
    documentTemplates,
    pins,
    previous: remembered,
    documented: ({ method, path }) => behind(authority, method, path),
  });
}
