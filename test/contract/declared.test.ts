// Services that traffic declares, on every store: from messages to rows, owners by rule, and what people are shown.
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSightingHandler } from "../../src/app/classifier.ts";
import { createGovernanceDesk } from "../../src/app/governance-desk.ts";
import { Governor } from "../../src/app/governor.ts";
import { rulebookOf } from "../../src/app/rulebook.ts";
import endpointsCommand from "../../src/cli/commands/endpoints.ts";
import ownersCommand from "../../src/cli/commands/owners.ts";
import { createDigest } from "../../src/digest/digest.ts";
import type { Header } from "../../src/model/exchange.ts";
import { hash32 } from "../../src/model/hash.ts";
import type { Sighting } from "../../src/model/sighting.ts";
import type { InventoryStore } from "../../src/store/store.ts";
import { sightingSchema } from "../../src/stream/schemas.ts";
import type { RunningApi } from "../src/api/an-api.ts";
import { anApi } from "../src/api/an-api.ts";
import { allEndpoints } from "../../src/api/every-page.ts";
import { anExchange, NOON } from "../support/builders.ts";
import { runCommand } from "../support/command.ts";
import { onEveryStore } from "../support/stores.ts";

const RULES = `owners:
  - { owner: platform, host: "**" }
  - { owner: orders, service: orders, namespace: shop }
  - { owner: legacy, service: legacy }
  - { owner: payments, labels: { team.shop.test/name: payments } }
`;
const files = [{ name: "owners.yaml", kind: "rules" as const, text: RULES, uploadedAt: NOON }];
const book = rulebookOf({ teams: [], files, specs: [] }, { policies: [], environments: [] });
const rules = async () => book;

const { digest } = createDigest({ dataClasses: [], hash32 });

function heard(
  path: string,
  headers: readonly Header[],
  labels?: Readonly<Record<string, string>>,
): Sighting {
  const exchange = anExchange({
    request: { path },
    response: { headers },
    ...(labels && {
      declared: [{ role: "answers", kind: "workload", name: "pay", namespace: "pay", labels }],
    }),
  });
  // As it comes out of Kafka.
  return sightingSchema.parse(JSON.parse(JSON.stringify(digest(exchange))));
}

const ORDERS: Header = ["x-envoy-decorator-operation", "orders.shop.svc.cluster.local:80/*"];
const LEGACY: Header = ["x-service-name", "legacy"];
const LABELS = { "team.shop.test/name": "payments", app: "pay", zone: "one" };

onEveryStore((opened) => {
  let store: InventoryStore;
  let api: RunningApi;
  beforeEach(async () => {
    store = opened();
    const governance = createGovernanceDesk({ store, rules, now: () => NOON, rulesChanged: () => {} });
    api = await anApi({ store, governance });
  });
  afterEach(() => api.close());

  /** Each batch is a transaction of its own, read back before the next. */
  async function hear(...batches: readonly (readonly Sighting[])[]): Promise<void> {
    const governor = new Governor({
      store,
      rules,
      now: () => NOON,
      placeOf: () => null,
      onNews: () => {},
      onFailure: (failure) => {
        throw failure;
      },
    });
    let offset = 0n;
    for (const batch of batches) {
      const handle = createSightingHandler({
        store,
        onCommit: ({ endpoints }) => governor.changed(endpoints),
      });
      const messages = batch.map((value) => ({ offset: offset++, key: value.key.authority, value }));
      const [{ offset: firstOffset } = { offset }] = messages;
      await handle({
        topic: "umbra.sightings.v1",
        partition: 0,
        messages,
        firstOffset,
        lastOffset: offset - 1n,
      });
    }
    await governor.settle();
    await governor.stop();
  }
  const idAt = async (path: string): Promise<string> =>
    (await allEndpoints(store, {})).find((endpoint) => endpoint.path === path)?.id ?? "";

  test("rules by service, namespace and label own what declares them; others fall to the rule before", async () => {
    await hear([
      heard("/orders", [ORDERS]),
      heard("/pay", [], LABELS),
      heard("/else", [["x-service-name", "else"]]),
    ]);
    const { items } = (await api.ask("/endpoints?sort=path")).json;
    expect(items.map(({ path, owner }: { path: string; owner: string }) => [path, owner])).toEqual([
      ["/else", "platform"],
      ["/orders", "orders"],
      ["/pay", "payments"],
    ]);
  });

  test("batches add up to the same rows, labels in the order they had", async () => {
    await hear([heard("/pay", [], LABELS)], [heard("/pay", [], LABELS), heard("/pay", [], LABELS)]);
    const { declared } = (await api.ask(`/endpoints/${await idAt("/pay")}`)).json.facts;
    expect(declared).toEqual({
      items: [
        {
          kind: "workload",
          name: "pay",
          namespace: "pay",
          labels: ["app=pay", "team.shop.test/name=payments", "zone=one"],
          place: "log",
          header: null,
          requests: 3,
        },
      ],
      left_out: 0,
      contradictory: false,
    });
  });

  test("two services at one endpoint: the one heard more often owns it, both are shown", async () => {
    await hear([heard("/x", [ORDERS]), heard("/x", [ORDERS])], [heard("/x", [LEGACY])]);
    const id = await idAt("/x");
    const { json } = await api.ask(`/endpoints/${id}/governance`);
    expect([json.owner.owner, json.conflicts.map((claim: { owner: string }) => claim.owner)]).toEqual([
      "orders",
      ["legacy"],
    ]);
    expect(json.declared.contradictory).toBe(true);
    const shown = await runCommand(ownersCommand, ["show", id, "--url", api.url]);
    expect(shown).toMatch(/^owner +orders +rule +1 +rule 2 \(service orders, namespace shop\)$/m);
    expect(shown).toMatch(/^also named +legacy/m);
    expect(shown).toMatch(/^shop\/orders +service +response\.header x-envoy-decorator-operation +2$/m);
    expect(shown).toContain("Not all that is declared can be who answers.\n");
    expect(await runCommand(endpointsCommand, ["show", id, "--url", api.url])).toContain(
      "\ndeclared as: shop/orders, legacy\n",
    );
  });
});
