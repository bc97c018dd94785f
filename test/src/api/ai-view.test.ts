// The AI inventory is made once for requests at the same time, and anew when allowed vendors or decisions change.
import { expect, test } from "vitest";
import { aiView, forgetAiView } from "../../../src/api/ai-view.ts";
import { approvalsSchema, NO_APPROVALS } from "../../../src/inventory/ai-approvals.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import type { InventoryStore } from "../../../src/store/store.ts";
import { anAiEndpoint } from "../inventory/an-ai-endpoint.ts";
import { aCommit } from "./an-inventory.ts";

async function counting() {
  const store = createMemoryStore();
  await store.commit(aCommit({ endpoints: [anAiEndpoint()] }));
  let walks = 0;
  const counted: InventoryStore = {
    ...store,
    endpoints(...asked) {
      walks += 1;
      return store.endpoints(...asked);
    },
  };
  return { store: counted, walks: () => walks };
}

test("requests at the same time share one walk", async () => {
  const { store, walks } = await counting();
  const parts = { store, approvals: async () => NO_APPROVALS };
  const views = await Promise.all([aiView(parts), aiView(parts), aiView(parts)]);
  expect(walks()).toBe(1);
  expect(new Set(views).size).toBe(1);
  expect(views[0]?.section.assets).toHaveLength(1);
  expect(views[0]?.held.get("ai")).toBe(1);
});

test("another list of vendors, or a decision, is another view", async () => {
  const { store, walks } = await counting();
  await aiView({ store, approvals: async () => NO_APPROVALS });
  await aiView({ store, approvals: async () => approvalsSchema.parse({ tolerated: ["Acme"] }) });
  expect(walks()).toBe(2);
  forgetAiView(store);
  await aiView({ store, approvals: async () => approvalsSchema.parse({ tolerated: ["Acme"] }) });
  expect(walks()).toBe(3);
});

test("a walk that failed is not kept", async () => {
  const { store } = await counting();
  let isAway = true;
  const parts = {
    store: {
      ...store,
      endpoints: (...asked: Parameters<InventoryStore["endpoints"]>) =>
        isAway ? Promise.reject(new Error("away")) : store.endpoints(...asked),
    },
    approvals: async () => NO_APPROVALS,
  };
  await expect(aiView(parts)).rejects.toThrow("away");
  isAway = false;
  expect((await aiView(parts)).section.assets).toHaveLength(1);
});
