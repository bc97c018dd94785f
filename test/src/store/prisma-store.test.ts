// What only a real server shows: it goes away and comes back, it is not ours yet, its indexes are used.
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startEmbeddedPostgres } from "../../../src/store/embedded.ts";
import { TransientStoreError } from "../../../src/store/errors.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { openPrismaStore } from "../../../src/store/prisma-store.ts";
import type { TestPostgres } from "../../support/postgres.ts";
import { query, startTestPostgres, temporaryFolder } from "../../support/postgres.ts";

// Starting a server takes a second on an idle machine, and tests never run on one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

test("a database without tables is refused in one sentence", async () => {
  const url = await postgres.freshDatabase({ migrated: false });
  await expect(openPrismaStore(url)).rejects.toThrow("run umbra migrate");
});

test("a database that is away is transient", async () => {
  const away = new URL(postgres.serverUrl);
  away.port = "1";
  await expect(openPrismaStore(away.href)).rejects.toThrow(TransientStoreError);
});

test("a store outlives its sessions", async () => {
  const url = await postgres.freshDatabase();
  const store = await openPrismaStore(url);
  const end = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'umbra'";
  await query(url, end);
  await expect
    .poll(() =>
      store.ping().then(
        () => "up",
        (error: unknown) => (error as Error).name,
      ),
    )
    .toBe("up");
  await store.close();
});

test("a server that stops is transient for every method, and the store works when it is back", async () => {
  const stateFolder = await temporaryFolder();
  const first = await startEmbeddedPostgres({ stateFolder });
  await migrate(first.url);
  const store = await openPrismaStore(first.url);
  await first.stop();
  const commit = {
    position: null,
    expectedOffset: null,
    specRevision: 0,
    services: [],
    endpoints: [],
    removedEndpointIds: [],
    events: [],
    health: [],
  };
  const page = { limit: 1, cursor: null };
  const calls = [
    () => store.ping(),
    () => store.commit(commit),
    () => store.removeSpec("s", commit),
    () => store.governance.putOwners(new Map([["ep", "o"]])),
    () => store.position("t", 0),
    () => store.serviceState("a"),
    () => store.specs(),
    () => store.specSource("s"),
    () => store.services(page),
    () => store.endpoints({}, "path", page),
    () => store.endpoint("ep"),
    () => store.events({}, page),
    () => store.health(),
  ];
  for (const call of calls) await expect(call()).rejects.toThrow(TransientStoreError);
  const second = await startEmbeddedPostgres({ stateFolder, port: Number(new URL(first.url).port) });
  expect(await store.commit(commit)).toBe("committed");
  await store.close();
  await second.stop();
  await rm(stateFolder, { recursive: true });
});

test("pages walk an index, they do not sort the table", async () => {
  const url = await postgres.freshDatabase();
  await query(
    url,
    `insert into endpoints (id, authority, method, path, parameters, protocol, style, category, confidence, standing,
       standing_reason, spec_ids, ai, ai_verdict, auth_schemes, data_classes, first_seen, last_seen, requests, path_order)
     select 'ep_' || n, 'a.test', 'GET', '/' || n, '[]', 'http/1.1', 'rest', 'api', 'confirmed', 'shadow', '', '{}', '{}',
       'none', '{}', '{}', now(), now() + n * interval '1 ms', n, '/' || n from generate_series(1, 20000) as n;
     analyze endpoints`,
  );
  for (const [order, after] of [
    ["path_order, id", "(path_order, id) > ('/5', '')"],
    ["last_seen desc, id desc", "(last_seen, id) < (now(), '')"],
    ["requests desc, id desc", "(requests, id) < (500, '')"],
  ]) {
    const sql = `explain select id from endpoints where ${after} order by ${order} limit 51`;
    const plan = JSON.stringify(await query(url, sql));
    expect(plan).toContain("Index");
    expect(plan).not.toContain("Sort");
  }
});
