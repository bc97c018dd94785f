// A file is read into the stream once: known content is left alone, whatever it is called.
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHealthHandler } from "../../../src/app/classifier.ts";
import { ingest } from "../../../src/app/ingest.ts";
import { SILENT } from "../../../src/ops/log.ts";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { createMemoryStream } from "../../../src/stream/memory-stream.ts";

const LOG = path.resolve(import.meta.dirname, "../../../demo/gateway.log");
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-ingest-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function aStream() {
  const store = createMemoryStore();
  const stream = createMemoryStream({ metrics: createMetrics(), log: SILENT });
  const seen = { requests: 0, keys: new Set<string>() };
  await stream.consume("umbra.sightings.v1", async ({ messages }) => {
    for (const { key, value } of messages) {
      seen.requests += value.facts.requests;
      seen.keys.add(key);
    }
  });
  await stream.consume("umbra.collector-health.v1", createHealthHandler(store));
  const read = async (...inputs: readonly string[]) => {
    const done = await ingest({ stream, secret: new Uint8Array(32), inputs, known: await store.health() });
    await stream.flush();
    return done;
  };
  return { seen, read, close: () => stream.close() };
}

test("everything arrives, keyed by authority, with counts for the person who waits", async () => {
  const { seen, read, close } = await aStream();
  const [done] = await read(LOG);
  expect(done).toMatchObject({ name: LOG, already: false, exchanges: 15 });
  expect(done?.sightings).toBeLessThan(15);
  expect(seen).toEqual({ requests: 15, keys: new Set(["partners.example"]) });
  await close();
});

test("the same content again changes nothing, whatever it is called by then", async () => {
  const { seen, read, close } = await aStream();
  await read(LOG);
  const [again] = await read(LOG);
  expect(again).toMatchObject({ already: true, exchanges: 0 });
  const other = path.join(folder, "gateway.log");
  await copyFile(LOG, other);
  expect(await read(other)).toMatchObject([{ already: true }]);
  expect(seen.requests).toBe(15);
  await close();
});

test.each([
  [path.join(os.tmpdir(), "no", "such.log"), "no such file"],
  [os.tmpdir(), "is a directory"],
])("%s is refused: %s", async (input, reason) => {
  const { read, close } = await aStream();
  await expect(read(input)).rejects.toThrow(`${input}: cannot be opened (${reason}`);
  await close();
});
