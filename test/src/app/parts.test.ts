// The shared parts come with all their units.
import path from "node:path";
import { expect, test } from "vitest";
import { byAuthority, loadInputReaders, loadPipeline } from "../../../src/app/parts.ts";
import type { Sighting } from "../../../src/model/sighting.ts";
import { unitIds } from "../../../src/ops/units.ts";
import { anExchange } from "../../support/builders.ts";

test("readers are captures and every log format", async () => {
  const formats = await unitIds(
    new URL(`file://${path.resolve(import.meta.dirname, "../../../collectors/log-formats")}/`),
  );
  expect((await loadInputReaders()).map((reader) => reader.id)).toEqual(["capture", ...formats]);
});

test("a pipeline digests, merges and delivers", async () => {
  const delivered: Sighting[] = [];
  const pipeline = await loadPipeline({
    name: "test",
    secret: new Uint8Array(32),
    deliver: async (portion) => void delivered.push(...portion),
  });
  pipeline.sink.exchange(anExchange());
  pipeline.sink.exchange(anExchange());
  pipeline.sink.exchange(anExchange({ request: { authority: "other.test" } }));
  await pipeline.flush();
  expect(delivered.map(({ key, facts }) => [key.authority, facts.requests])).toEqual([
    ["shop.test", 2],
    ["other.test", 1],
  ]);
  expect([...byAuthority(delivered).keys()]).toEqual(["shop.test", "other.test"]);
});

test("headers of one's own that name services reach the digest", async () => {
  const delivered: Sighting[] = [];
  const pipeline = await loadPipeline({
    name: "test",
    secret: new Uint8Array(32),
    serviceHeaders: ["x-shop-app"],
    deliver: async (portion) => void delivered.push(...portion),
  });
  pipeline.sink.exchange(anExchange({ response: { headers: [["x-shop-app", "orders"]] } }));
  await pipeline.flush();
  const declared = delivered.flatMap(({ facts }) => Object.values(facts.declared?.kept ?? {}));
  expect(declared.map(({ name }) => name)).toEqual(["orders"]);
});
