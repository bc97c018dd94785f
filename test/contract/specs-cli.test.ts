// Documents on the command line: uploaded with what that changes, listed, taken back.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSightingHandler } from "../../src/app/classifier.ts";
import { createSpecDesk } from "../../src/app/specs.ts";
import specs from "../../src/cli/commands/specs.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { aSighting } from "../src/classify/a-sighting.ts";
import { runCommand } from "../support/command.ts";
import type { RunningApi } from "../src/api/an-api.ts";
import { anApi } from "../src/api/an-api.ts";

let api: RunningApi;
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-specs-"));
  const store = createMemoryStore();
  api = await anApi({ store, specs: createSpecDesk(store, Date.now) });
  const values = ["orders", "carts"].map((word, at) => aSighting(`GET /${word}`, { at }));
  await createSightingHandler({ store: api.store })({
    topic: "umbra.sightings.v1",
    partition: 0,
    firstOffset: 0n,
    lastOffset: 1n,
    messages: values.map((value, at) => ({ offset: BigInt(at), key: "shop.test", value })),
  });
});
afterEach(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const umbra = (...words: readonly string[]) => runCommand(specs, [...words, "--url", api.url]);

test("what an upload changes is said at once; what is taken back is gone", async () => {
  expect(await umbra("list")).toBe("No documents yet: umbra specs upload FILE\n");
  const file = path.join(folder, "shop.yaml");
  const paths = "{ /orders: { get: { responses: {} } }, /plans: { get: { responses: {} } } }";
  await writeFile(file, `openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\npaths: ${paths}\n`);
  expect(await umbra("upload", file, "--service", "shop.test")).toBe(
    "shop.yaml: 1 shadow becomes documented, 1 new orphan\n",
  );
  expect(await umbra("upload", file, "--service", "shop.test")).toBe("shop.yaml: nothing changed\n");
  const listed = await umbra("list");
  expect(listed).toMatch(/shop\.yaml +Shop 1 +2 /);
  await umbra("remove", listed.split("\n")[1]?.split(" ")[0] ?? "");
  expect(JSON.parse(await umbra("list", "--json"))).toMatchObject({ items: [] });
});

test("an upload over REST shows what it documents at once, without further traffic", async () => {
  const standings = async () =>
    ((await api.ask("/endpoints")).json.items as { path: string; standing: string }[])
      .map(({ path: at, standing }) => `${at} ${standing}`)
      .toSorted();
  expect(await standings()).toEqual(["/carts shadow", "/orders shadow"]);
  const { status, json } = await api.ask("/specs?name=shop.yaml&authority=shop.test", {
    method: "POST",
    headers: { "content-type": "application/yaml" },
    body: "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\npaths: { /orders: { get: { responses: {} } } }\n",
  });
  expect(status).toBe(201);
  expect(await standings()).toEqual(["/carts shadow", "/orders documented"]);
  expect((await api.ask("/endpoints?standing=documented")).json.items).toMatchObject([{ path: "/orders" }]);
  expect((await api.ask("/services/shop.test")).json.by_standing).toMatchObject({ documented: 1, shadow: 1 });
  await api.ask(`/specs/${json.id}`, { method: "DELETE" });
  expect(await standings()).toEqual(["/carts shadow", "/orders shadow"]);
});

test("a document nobody knows is not removed, and that is said", async () => {
  await expect(umbra("remove", "spec_none")).rejects.toThrow(/answered 404: \S/);
});

test("what is no document is refused in words", async () => {
  const file = path.join(folder, "broken.yaml");
  await writeFile(file, "- 1");
  await expect(umbra("upload", file)).rejects.toThrow(/broken\.yaml: |answered 422/);
});
