// Editions of one document, on every store: what is gone from the newer one and still called is a zombie, told at once.
import { beforeEach, expect, test } from "vitest";
import { createSightingHandler } from "../../src/app/classifier.ts";
import { createSpecDesk } from "../../src/app/specs.ts";
import type { InventoryStore } from "../../src/store/store.ts";
import { aSighting } from "../src/classify/a-sighting.ts";
import { onEveryStore } from "../support/stores.ts";

const PATHS = ["/orders", "/carts", "/prices"];

function edition(version: string, paths: readonly string[]): string {
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Shop", version },
    servers: [{ url: "https://shop.test/v1" }],
    paths: Object.fromEntries(paths.map((path) => [path, { get: { responses: {} } }])),
  });
}

onEveryStore((opened) => {
  let store: InventoryStore;
  beforeEach(() => {
    store = opened();
  });

  test("an upload tells all of what it changes", async () => {
    const messages = PATHS.map((path, at) => ({
      offset: BigInt(at),
      key: "shop.test",
      value: aSighting(`GET /v1${path}`, { at }),
    }));
    const offsets = { partition: 0, firstOffset: 0n, lastOffset: BigInt(PATHS.length - 1) };
    await createSightingHandler({ store })({ topic: "umbra.sightings.v1", ...offsets, messages });
    let now = 1_000;
    const desk = createSpecDesk(store, () => (now += 1_000));
    const first = await desk.upload("shop.json", edition("1.0.0", ["/orders", "/carts"]), []);
    expect("changes" in first && first.changes).toEqual([{ from: "shadow", to: "documented", endpoints: 2 }]);
    const second = await desk.upload("shop.json", edition("2.0.0", ["/orders", "/prices", "/plans"]), []);
    expect("changes" in second && second.changes).toEqual(
      expect.arrayContaining([
        { from: "documented", to: "zombie", endpoints: 1 },
        { from: "shadow", to: "documented", endpoints: 1 },
        { from: null, to: "orphan", endpoints: 1 },
      ]),
    );
    expect((await store.specs()).specs.map(({ document }) => document.version)).toEqual(["1.0.0", "2.0.0"]);
    await desk.remove((await store.specs()).specs[1]?.id ?? "");
    const { items } = await store.endpoints({}, "path", { limit: 10, cursor: null });
    expect(items.map(({ endpoint }) => [endpoint.path, endpoint.standing])).toEqual([
      ["/v1/carts", "documented"],
      ["/v1/orders", "documented"],
      ["/v1/prices", "shadow"],
    ]);
  });
});
