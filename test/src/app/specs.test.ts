// Documents change standings in one step, and never what traffic brought.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import {
  allEndpoints,
  createSpecDesk,
  readSpecFiles,
  specOf,
  UnreadableDocument,
} from "../../../src/app/specs.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import type { InventoryStore } from "../../../src/store/store.ts";
import { aService, anEndpoint, NOON, someFacts } from "../../support/builders.ts";

const DOCUMENT = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Orders", version: "1" },
  servers: [{ url: "https://shop.test" }],
  paths: { "/orders/{orderId}": { get: { responses: {} } }, "/never": { get: { responses: {} } } },
});

async function aStore(): Promise<InventoryStore> {
  const store = createMemoryStore();
  await store.commit({
    position: null,
    expectedOffset: null,
    specRevision: 0,
    services: [aService()],
    endpoints: [anEndpoint({ facts: someFacts({ requests: 9 }) }), anEndpoint({ path: "/hidden" })],
    removedEndpointIds: [],
    events: [],
    health: [],
  });
  return store;
}

async function standings(store: InventoryStore): Promise<readonly string[]> {
  return (await allEndpoints(store)).map(({ path: at, standing }) => `${at} ${standing}`).sort();
}

test("an upload documents, leaves shadows and shows orphans; removal takes it back", async () => {
  const store = await aStore();
  const desk = createSpecDesk(store, () => NOON);
  const before = await standings(store);
  const uploaded = await desk.upload("orders.json", DOCUMENT, []);
  expect(uploaded).toMatchObject({
    kind: "added",
    changes: [
      { from: "shadow", to: "documented", endpoints: 1 },
      { from: null, to: "orphan", endpoints: 1 },
    ],
  });
  expect(await standings(store)).toEqual(["/hidden shadow", "/never orphan", "/orders/{orderId} documented"]);
  const events = await store.events({ type: "standing-changed" }, { limit: 10, cursor: null });
  expect(events.items).toMatchObject([{ from: "shadow", to: "documented", at: NOON }]);
  expect((await desk.upload("again.json", DOCUMENT, [])).kind).toBe("known");
  expect((await desk.upload("bound.json", DOCUMENT, ["other.test"])).kind).toBe("bound-otherwise");
  expect(await desk.remove("spec_unknown")).toBe("unknown");
  expect(await desk.remove(uploaded.kind === "added" ? uploaded.spec.id : "")).toBe("removed");
  expect(await standings(store)).toEqual(before);
  expect((await allEndpoints(store)).map((endpoint) => endpoint.facts?.requests)).toContain(9);
});

test("an endpoint that comes while the upload is judged is judged as well", async () => {
  const store = await aStore();
  let slippedIn = false;
  const racing: InventoryStore = {
    ...store,
    async addSpec(spec, source, judged) {
      if (!slippedIn) {
        slippedIn = true;
        const late = anEndpoint({ path: "/never" });
        const rows = { services: [], endpoints: [late], removedEndpointIds: [], events: [], health: [] };
        await store.commit({ position: null, expectedOffset: null, specRevision: 0, ...rows });
      }
      return store.addSpec(spec, source, judged);
    },
  };
  await createSpecDesk(racing, () => NOON).upload("orders.json", DOCUMENT, []);
  expect(await standings(store)).toEqual([
    "/hidden shadow",
    "/never documented",
    "/orders/{orderId} documented",
  ]);
});

test("what is no document is told apart from what changed too fast", async () => {
  const store = await aStore();
  const desk = createSpecDesk(store, () => NOON);
  expect(await desk.upload("x", "a: 1", [])).toMatchObject({ kind: "unreadable" });
  const restless = createSpecDesk({ ...store, addSpec: async () => "stale-specs" }, () => NOON);
  expect(await restless.upload("orders.json", DOCUMENT, [])).toEqual({ kind: "conflict" });
});

test("files are read by name, and refused by name", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "umbra-specs-"));
  await writeFile(path.join(folder, "a.json"), DOCUMENT);
  const [file] = await readSpecFiles([path.join(folder, "a.json")]);
  expect(file).toEqual({ name: "a.json", text: DOCUMENT });
  // Owners' files speak of documents by their paths.
  const [below] = await readSpecFiles(["test/scenarios/shadow-endpoint/spec.yaml"]);
  expect(below?.name).toBe("test/scenarios/shadow-endpoint/spec.yaml");
  await expect(readSpecFiles([path.join(folder, "b.json")])).rejects.toThrow(
    "b.json: cannot be read (no such file)",
  );
  expect(() => specOf({ name: "c.yaml", text: "- 1" }, [], 0)).toThrow(UnreadableDocument);
  expect(() => specOf({ name: "c.yaml", text: "- 1" }, [], 0)).toThrow(/^c\.yaml: /);
  await rm(folder, { recursive: true });
});

test("a document spread over files is read whole", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "umbra-"));
  await mkdir(path.join(folder, "paths"));
  await writeFile(path.join(folder, "a.yaml"), "openapi: 3.1.0\npaths: {/pets: {$ref: paths/pets.yaml}}\n");
  await writeFile(path.join(folder, "paths", "pets.yaml"), "get: {responses: {}}\n");
  const [file] = await readSpecFiles([path.join(folder, "a.yaml")]);
  if (file === undefined) throw new Error("no file");
  expect(specOf(file, [], 0).document.operations).toMatchObject([{ method: "GET", path: "/pets" }]);
  await rm(path.join(folder, "paths"), { recursive: true });
  await expect(readSpecFiles([path.join(folder, "a.yaml")])).rejects.toThrow(/pets\.yaml: cannot be read/);
  await rm(folder, { recursive: true });
});
