// Which services are one for several tenants or regions, as far as their endpoints tell: shown, never joined.
import type { HostGroup } from "../classify/grouping/hosts.ts";
import { groupHosts } from "../classify/grouping/hosts.ts";
import { routesOf } from "../classify/grouping/evidence.ts";
import type { GroupedTemplate } from "../classify/grouping/template-set.ts";
import type { Endpoint } from "../model/inventory.ts";
import { joinEvidence } from "../model/route.ts";
import type { InventoryStore } from "../store/store.ts";

/** A function of the set of endpoints. */
export function hostGroupsOf(endpoints: readonly Endpoint[]): readonly HostGroup[] {
  const services = new Map<string, GroupedTemplate[]>();
  for (const endpoint of endpoints) {
    const template = templateOf(endpoint);
    if (template === null) continue;
    const held = services.get(endpoint.authority);
    if (held === undefined) services.set(endpoint.authority, [template]);
    else held.push(template);
  }
  return groupHosts([...services].map(([authority, templates]) => ({ authority, templates })));
}

/** null for what proves nothing about its host. */
function templateOf(endpoint: Endpoint): GroupedTemplate | null {
  const { method, path, parameters, style, operation, facts } = endpoint;
  if (facts === null || endpoint.confidence !== "confirmed" || endpoint.category !== "api") return null;
  const [first, ...more] = routesOf({ ...endpoint, declared: false }, facts).map(({ evidence }) => evidence);
  if (first === undefined) return null;
  const evidence = more.reduce(joinEvidence, first);
  return { method, template: { path, parameters }, style, operation, reason: "decided", evidence };
}

// Endpoints per read; the largest page the store gives.
const PAGE = 500;
// Hosts come and go by the day; reading the whole inventory for every question would be felt.
const FRESH_MS = 60_000;

/** Groups of the stored inventory, at most a minute old. */
export function createHostGroups(
  store: Pick<InventoryStore, "endpoints">,
  now: () => number,
): () => Promise<readonly HostGroup[]> {
  let known: { readonly at: number; readonly groups: Promise<readonly HostGroup[]> } | null = null;
  return async () => {
    if (known === null || now() - known.at >= FRESH_MS) known = { at: now(), groups: read(store) };
    try {
      return await known.groups;
    } catch (failure) {
      known = null;
      throw failure;
    }
  };
}

async function read(store: Pick<InventoryStore, "endpoints">): Promise<readonly HostGroup[]> {
  const found: Endpoint[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<InventoryStore["endpoints"]>> = await store.endpoints(
      { confidence: "confirmed", category: "api" },
      "path",
      { limit: PAGE, cursor },
    );
    found.push(...page.items.map(({ endpoint }) => endpoint));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return hostGroupsOf(found);
}
