// Documents regroup what is in the store at once, without waiting for traffic.
import { describe, expect, test } from "vitest";
import { createSpecDesk } from "../../../src/app/specs.ts";
import type { InventoryStore } from "../../../src/store/store.ts";
import { aSighting } from "../classify/a-sighting.ts";
import { aHearingStore } from "./a-hearing-store.ts";

const FIRST = { limit: 100, cursor: null };
const TEAMS = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Teams", version: "1" },
  servers: [{ url: "https://shop.test" }],
  paths: { "/teams/{teamName}": { get: { responses: {} } } },
});

async function listening() {
  const heard = await aHearingStore();
  return { ...heard, desk: createSpecDesk(heard.store, () => 10) };
}

async function rows(store: InventoryStore): Promise<readonly string[]> {
  const { items } = await store.endpoints({ authority: "shop.test" }, "path", FIRST);
  return items.map(({ endpoint }) => `${endpoint.path} ${endpoint.standing} ${endpoint.facts?.requests}`);
}

describe("an uploaded document", () => {
  test("takes in at once what it lists, under the oldest id, and its removal gives it back", async () => {
    const { store, desk } = await listening();
    const ids = (await store.endpoints({}, "path", FIRST)).items.map(({ endpoint }) => endpoint.id);
    expect(await rows(store)).toEqual(["/teams/export shadow 3", "/teams/search shadow 2"]);
    const uploaded = await desk.upload("teams.json", TEAMS, []);
    expect(await rows(store)).toEqual(["/teams/{teamName} documented 5"]);
    for (const id of ids) expect((await store.endpoint(id))?.endpoint.path).toBe("/teams/{teamName}");
    await desk.remove(uploaded.kind === "added" ? uploaded.spec.id : "");
    expect(await rows(store)).toEqual(["/teams/export shadow 3", "/teams/search shadow 2"]);
    const back = (await store.endpoints({}, "path", FIRST)).items.map(({ endpoint }) => endpoint.id);
    expect(back).toEqual(ids);
  });

  test("and a classifier that knew the rows before go on together", async () => {
    const { store, hear, desk } = await listening();
    await desk.upload("teams.json", TEAMS, []);
    await hear(aSighting("GET /teams/import", { at: 3, statuses: { 200: 1 } }));
    expect(await rows(store)).toEqual(["/teams/{teamName} documented 6"]);
  });

  test("of another host changes nothing", async () => {
    const { store, desk } = await listening();
    const { revision } = await store.specs();
    await desk.upload("teams.json", TEAMS.replace("shop.test", "other.test"), []);
    expect(await rows(store)).toEqual(["/teams/export shadow 3", "/teams/search shadow 2"]);
    expect((await store.specs()).revision).toBe(revision + 1);
  });

  test("is found behind what a gateway puts before its paths", async () => {
    const { store, hear, desk } = await listening();
    const paths = ["/gw/v2/people/ann", "/gw/v2/people", "/gw/v2/crews"];
    await hear(...paths.map((path, at) => aSighting(`GET ${path}`, { at, statuses: { 200: 1 } })));
    const names = ["/people/{name}", "/people", "/crews", "/crews/{crew}"];
    const listed = Object.fromEntries(names.map((name) => [name, { get: { responses: {} } }]));
    const document = { ...(JSON.parse(TEAMS) as object), paths: listed };
    await desk.upload("people.json", JSON.stringify(document), []);
    const documented = [
      "/crews/{crew} orphan undefined",
      "/gw/v2/crews documented 1",
      "/gw/v2/people documented 1",
      "/gw/v2/people/{name} documented 1",
    ];
    expect((await rows(store)).filter((row) => !row.startsWith("/teams"))).toEqual(documented);
    await hear(aSighting("GET /gw/v2/people/bob", { at: 9, statuses: { 200: 1 } }));
    expect(await rows(store)).toContain("/gw/v2/people/{name} documented 2");
  });
});
