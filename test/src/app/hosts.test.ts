// Hosts of tenants are found from the rows of an inventory, and asked for no more often than they change.
import { expect, test } from "vitest";
import { createHostGroups, hostGroupsOf } from "../../../src/app/hosts.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { anEndpoint, someFacts } from "../inventory/an-endpoint.ts";

function service(authority: string, over: Partial<Endpoint> = {}): readonly Endpoint[] {
  return ["/orders", "/orders/{orderId}", "/customers", "/invoices/{invoiceId}"].map((path) => {
    const name = path.replaceAll(/\W/g, "");
    const shape = {
      count: 1,
      object: {
        count: 1,
        fields: { kept: { [`${name}_id`]: { count: 1 }, total: { count: 1 } }, tau: null, rest: null },
      },
    };
    const facts = someFacts({ callers: 3, responseType: "application/json", response: shape });
    return anEndpoint({ authority, path, confidence: "confirmed", category: "api", facts, ...over });
  });
}

const ENDPOINTS = ["acme", "globex", "initech"].flatMap((tenant) => service(`${tenant}.shop.test`));

test("tenants of one service are a group, whatever order they come in", () => {
  const [group, ...others] = hostGroupsOf(ENDPOINTS);
  expect(others).toEqual([]);
  expect(group?.members.map(({ value }) => value)).toEqual(["acme", "globex", "initech"]);
  expect(group?.pattern).toMatch(/^\{\w+\}\.shop\.test$/);
  expect(hostGroupsOf([...ENDPOINTS].reverse())).toEqual([group]);
});

test("candidates, pages and orphans prove nothing", () => {
  for (const over of [{ confidence: "candidate" }, { category: "page" }, { facts: null }] as const) {
    expect(hostGroupsOf(["a1", "b2"].flatMap((name) => service(`${name}.shop.test`, over)))).toEqual([]);
  }
});

test("the inventory is read once a minute, and again after a failure", async () => {
  const store = createMemoryStore();
  await store.commit({
    position: null,
    expectedOffset: null,
    specRevision: null,
    services: [],
    endpoints: ENDPOINTS,
    removedEndpointIds: [],
    events: [],
    health: [],
  });
  let [reads, at, broken] = [0, 0, true];
  const groups = createHostGroups(
    {
      async endpoints(...asked) {
        reads += 1;
        if (broken) throw new Error("away");
        return store.endpoints(...asked);
      },
    },
    () => at,
  );
  await expect(groups()).rejects.toThrow("away");
  broken = false;
  expect(await groups()).toHaveLength(1);
  expect(await groups()).toHaveLength(1);
  expect(reads).toBe(2);
  at = 60_000;
  await groups();
  expect(reads).toBe(3);
});
