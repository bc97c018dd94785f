// Migrations are applied once, however many ask.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { TransientStoreError } from "../../../src/store/errors.ts";
import { migrate, migrationList } from "../../../src/store/migrate.ts";
import type { TestPostgres } from "../../support/postgres.ts";
import { query, startTestPostgres } from "../../support/postgres.ts";

// Starting a server takes a second on an idle machine, and tests never run on one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

test("of processes that start together one applies, and the books are Prisma's", async () => {
  const url = await postgres.freshDatabase({ migrated: false });
  const names = (await migrationList()).migrationDirectories.map(({ path }) => path);
  const results = await Promise.all(Array.from({ length: 4 }, () => migrate(url)));
  expect(results.flatMap(({ applied }) => applied)).toEqual(names);
  expect(await migrate(url)).toEqual({ applied: [] });

  const [first] = (await migrationList()).migrationDirectories;
  const content = first?.migrationFile.content;
  const sql = content?.tag === "ok" ? content.value : "";
  const books = await query(
    url,
    "select checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  // `prisma migrate deploy` compares this hash.
  expect(books[0]).toEqual({ checksum: createHash("sha256").update(sql).digest("hex") });
  expect(books).toHaveLength(names.length);
});

test("no connection and no lock is left behind", async () => {
  const url = await postgres.freshDatabase();
  const name = new URL(url).pathname.slice(1);
  const open = `select count(*)::int as open from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`;
  await expect.poll(async () => query(url, open)).toEqual([{ open: 0 }]);
});

test("a database that is away is transient, a wrong password is not", async () => {
  const away = new URL(postgres.serverUrl);
  away.port = "1";
  await expect(migrate(away.href)).rejects.toThrow(TransientStoreError);
  const wrong = new URL(postgres.serverUrl);
  wrong.password = "wrong";
  await expect(migrate(wrong.href)).rejects.not.toThrow(TransientStoreError);
});

test("somebody else's database is left alone", async () => {
  const url = await postgres.freshDatabase({ migrated: false });
  await query(url, "create table theirs (id int primary key, word text not null)");
  await expect(migrate(url)).rejects.toThrow(/not empty/);
  expect(await query(url, "select to_regclass('services')::text as services")).toEqual([{ services: null }]);
});
