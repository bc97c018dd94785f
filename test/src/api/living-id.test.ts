import { expect, test } from "vitest";
import { livingId } from "../../../src/api/living-id.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { anEndpoint, aService } from "../../support/builders.ts";

test("an id that leads to another endpoint is that one's", async () => {
  const store = createMemoryStore();
  const rows = { removedEndpointIds: [], events: [], health: [] };
  const commit = { position: null, expectedOffset: null, specRevision: 0, services: [aService()], ...rows };
  await store.commit({
    ...commit,
    endpoints: [anEndpoint({ id: "ep_all" })],
    grouping: {
      routes: [],
      removedRoutes: [],
      services: [],
      redirects: [
        { id: "ep_one", authority: "shop.test", target: "ep_all", at: 1, method: "GET", path: "/users/one" },
      ],
      splits: [],
    },
  });
  expect(await livingId(store, "ep_one")).toBe("ep_all");
  expect(await livingId(store, "ep_all")).toBe("ep_all");
  expect(await livingId(store, "ep_nobody")).toBe("ep_nobody");
  expect(await livingId(store, undefined)).toBeUndefined();
});
