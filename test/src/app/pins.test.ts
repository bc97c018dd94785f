// Pins through the store: regrouped at once, in step with a classifier that goes on, and undone.
import { describe, expect, test } from "vitest";
import { createGroupingDesk } from "../../../src/app/pins.ts";
import type { InventoryStore } from "../../../src/store/store.ts";
import { aSighting } from "../classify/a-sighting.ts";
import { aHearingStore } from "./a-hearing-store.ts";

const FIRST = { limit: 100, cursor: null };

async function listening() {
  const heard = await aHearingStore();
  return { ...heard, desk: createGroupingDesk(heard.store, () => 10) };
}

async function paths(store: InventoryStore): Promise<readonly string[]> {
  const { items } = await store.endpoints({}, "path", FIRST);
  return items.map(({ endpoint }) => `${endpoint.path} ${endpoint.facts?.requests}`);
}

const MERGE = { kind: "merge", path: "/teams/{}", name: null } as const;

test("a pin regroups what is there, and what comes", async () => {
  const { store, hear, desk } = await listening();
  expect(await paths(store)).toEqual(["/teams/export 3", "/teams/search 2"]);
  const added = await desk.pin("shop.test", MERGE, "ann");
  expect(added).toMatchObject({
    kind: "added",
    pin: { authority: "shop.test", createdAt: 10, by: "ann", pin: MERGE },
  });
  expect(await paths(store)).toEqual(["/teams/{teamName} 5"]);
  await hear(aSighting("GET /teams/import", { at: 3, statuses: { 200: 1 } }));
  expect(await paths(store)).toEqual(["/teams/{teamName} 6"]);
  expect(await desk.pin("shop.test", MERGE, "ann")).toMatchObject({ kind: "known" });
  expect(await desk.pins("shop.test")).toHaveLength(1);
});

test("ids survive the way there and back, with their owners", async () => {
  const { store, desk } = await listening();
  const [blue, red] = (await store.endpoints({}, "path", FIRST)).items.map(({ endpoint }) => endpoint.id);
  await store.governance.putOwners(new Map([[blue ?? "", "team-blue"]]));
  const added = await desk.pin("shop.test", MERGE, "ann");
  expect(await store.endpoint(blue ?? "")).toMatchObject({ endpoint: { id: red }, owner: "team-blue" });
  expect(await desk.unpin("shop.test", "pin" in added ? added.pin.id : "")).toBe("removed");
  expect(await paths(store)).toEqual(["/teams/export 3", "/teams/search 2"]);
  const back = await store.endpoint(blue ?? "");
  expect(back).toMatchObject({ redirectedFrom: null, owner: "team-blue" });
  expect((await store.endpoints({}, "path", FIRST)).items.map(({ endpoint }) => endpoint.id)).toEqual([
    blue,
    red,
  ]);
  expect(await desk.unpin("shop.test", "pin_none")).toBe("unknown");
});

test("a service nobody heard cannot be pinned", async () => {
  const { desk } = await listening();
  expect(await desk.pin("other.test", MERGE, "ann")).toEqual({ kind: "service-unknown" });
});

test("a classifier that commits in between is not overwritten", async () => {
  const { store, hear } = await listening();
  let interfered = false;
  const desk = createGroupingDesk(
    {
      ...store,
      async serviceState(authority) {
        const state = await store.serviceState(authority);
        if (!interfered) await hear(aSighting("GET /teams/import", { at: 3, statuses: { 200: 4 } }));
        interfered = true;
        return state;
      },
    },
    () => 10,
  );
  expect(await desk.pin("shop.test", MERGE, "ann")).toMatchObject({ kind: "added" });
  expect(await paths(store)).toEqual(["/teams/{teamName} 9"]);
});

test("a service that never stands still is a conflict", async () => {
  const { store } = await listening();
  const desk = createGroupingDesk({ ...store, changePins: async () => "stale-offset" }, () => 10);
  expect(await desk.pin("shop.test", MERGE, "ann")).toEqual({ kind: "conflict" });
  expect(await desk.unpin("shop.test", "pin_none")).toBe("unknown");
});

describe("undo", () => {
  async function merged() {
    const all = await listening();
    await all.desk.pin("shop.test", MERGE, "ann");
    const events = await all.store.events({ type: "endpoints-merged" }, FIRST);
    return { ...all, event: events.items[0]?.id ?? "" };
  }
  test("of a merge splits its members off again", async () => {
    const { store, desk, event } = await merged();
    expect(await desk.undo(event, "ann")).toMatchObject({
      kind: "done",
      pins: [
        { pin: { kind: "split", path: "/teams/search" } },
        { pin: { kind: "split", path: "/teams/export" } },
      ],
    });
    expect(await paths(store)).toEqual(["/teams/export 3", "/teams/search 2"]);
  });
  test("is for news of grouping, and for 30 days", async () => {
    const { store, hear, desk, event } = await merged();
    expect(await desk.undo("ev_none", "ann")).toEqual({ kind: "unknown" });
    const [discovered] = (await store.events({ type: "endpoint-discovered" }, FIRST)).items;
    expect(await desk.undo(discovered?.id ?? "", "ann")).toEqual({ kind: "not-undoable" });
    await hear(aSighting("GET /teams/import", { at: 31 * 86_400_000 }));
    expect(await desk.undo(event, "ann")).toEqual({ kind: "too-late" });
  });
});

test("an explanation says what settled each segment, and follows what is heard", async () => {
  const { store, hear, desk } = await listening();
  const why = await desk.explain({ authority: "shop.test", path: "/teams/search" });
  expect(why.map(({ segment, decided }) => [segment, decided])).toEqual([
    [0, "literal"],
    [1, "literal"],
  ]);
  await desk.pin("shop.test", MERGE, "ann");
  const pinned = await desk.explain({ authority: "shop.test", path: "/teams/{teamId}" });
  expect(pinned[1]).toMatchObject({ decided: "variable", by: "pin", score: null });
  await hear(aSighting("GET /teams/import", { at: 3 }));
  const later = await desk.explain({ authority: "shop.test", path: "/teams/{teamId}" });
  expect(later[1]?.values).toBeGreaterThan(pinned[1]?.values ?? 0);
  expect(await desk.explain({ authority: "none.test", path: "/" })).toEqual([]);
  expect(await store.grouping("shop.test", null)).not.toBeNull();
});
