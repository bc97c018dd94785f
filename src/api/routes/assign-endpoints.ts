// POST /endpoints/assign: one decision about many endpoints at once.
import { z } from "zod";
import { changed, unreviewed } from "../../model/governance.ts";
import type { Endpoint } from "../../model/inventory.ts";
import type { InventoryStore } from "../../store/store.ts";
import { given } from "../parameter.ts";
import { defineRoute } from "../route.ts";
import { component, count } from "../schema.ts";
import { DECISIONS } from "../words.ts";

// One page of the store, and more than a person means by "these".
const MOST = 500;

const assignment = component(
  "Assignment",
  "Which endpoints (all conditions must hold, at least one must be given) and what is said of them.",
  z
    .strictObject({
      host: z.string().min(1).max(512).optional(),
      path: z.string().min(1).max(512).optional().describe("Part of the template."),
      ids: z.array(z.string().max(64)).min(1).max(MOST).optional(),
      owner: z.string().min(1).max(254).nullable().optional(),
      decision: z.enum(DECISIONS).optional(),
      reason: z.string().min(1).max(1000).optional(),
    })
    .refine(({ host, path, ids }) => (host ?? path ?? ids) !== undefined, "needs host, path or ids")
    .refine(
      ({ owner, decision }) => owner !== undefined || decision !== undefined,
      "needs owner or decision",
    ),
);

const assigned = component("Assigned", "How many endpoints it was said of.", z.object({ endpoints: count }));

export default defineRoute({
  id: "assign-endpoints",
  method: "post",
  path: "/endpoints/assign",
  tag: "governance",
  summary: "Set owner or decision of many endpoints",
  parameters: {},
  query: {},
  body: { kind: "json", schema: assignment },
  answers: { 200: "Said of all of them." },
  content: { kind: "json", schema: assigned },
  refusals: [],
  async handle({ body, by }, { store, governance }) {
    const endpoints = await meant(body, store);
    const known = await store.governance.governance(endpoints.map(({ id }) => id));
    const said = { at: governance.now(), by, reason: body.reason ?? null };
    const rows = endpoints.map(({ id }) => {
      const held = known.get(id) ?? unreviewed(id);
      const owned =
        body.owner === undefined ? held : changed(held, { ...said, field: "owner", to: body.owner });
      return body.decision === undefined
        ? owned
        : changed(owned, { ...said, field: "decision", to: body.decision });
    });
    await store.governance.putGovernance(rows);
    await governance.judge(endpoints);
    return { status: 200, json: { endpoints: rows.length } };
  },
});

async function meant(
  { host, path, ids }: z.infer<typeof assignment>,
  store: InventoryStore,
): Promise<readonly Endpoint[]> {
  if (ids !== undefined) {
    const found = await Promise.all(ids.map((id) => store.endpoint(id)));
    return found.flatMap((stored) => (stored === null ? [] : [stored.endpoint]));
  }
  const filter = given({ authority: host?.toLowerCase(), pathText: path });
  const endpoints: Endpoint[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<InventoryStore["endpoints"]>> = await store.endpoints(filter, "path", {
      limit: MOST,
      cursor,
    });
    for (const { endpoint } of page.items) endpoints.push(endpoint);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return endpoints;
}
