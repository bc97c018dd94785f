// A real PostgreSQL for tests: embedded and thrown away, or the one UMBRA_TEST_DATABASE_URL names.
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../../src/store/embedded.ts";
import { migrate } from "../../src/store/migrate.ts";

export interface TestPostgres {
  /** Address of the server, for tests that need no database of their own. */
  readonly serverUrl: string;
  /** Makes a database of its own; with the inventory's tables unless told otherwise. */
  freshDatabase(options?: { readonly migrated: boolean }): Promise<string>;
  /** Drops the databases made here, and the server where it is ours. */
  stop(): Promise<void>;
}

/** One per test file: `beforeAll(async () => { postgres = await startTestPostgres(); })`. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const given = process.env["UMBRA_TEST_DATABASE_URL"];
  const server = given === undefined ? await embedded() : { url: given, stop: async () => undefined };
  const made: string[] = [];
  return {
    serverUrl: server.url,
    async freshDatabase({ migrated } = { migrated: true }) {
      const name = `umbra_test_${randomBytes(6).toString("hex")}`;
      await query(server.url, `create database ${name}`);
      made.push(name);
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      if (migrated) await migrate(url.href);
      return url.href;
    },
    async stop() {
      for (const name of made) await query(server.url, `drop database if exists ${name} with (force)`);
      await server.stop();
    },
  };
}

/** Empties the inventory, as after the first migration. */
export async function emptyInventory(databaseUrl: string): Promise<void> {
  await query(
    databaseUrl,
    `truncate services, endpoints, inventory_events, specs, partition_offsets, capture_health,
       routes, pins, redirects, said, findings, deliveries, weekly_reports;
     update spec_revision set revision = 0`,
  );
}

/** Runs SQL on a connection of its own. */
export async function query(databaseUrl: string, sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows ?? [];
  } finally {
    await client.end();
  }
}

async function embedded(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const stateFolder = await temporaryFolder();
  const server = await startEmbeddedPostgres({ stateFolder });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}

/** A folder that other accounts may pass, so that a server started by root finds its data there. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "umbra-test-"));
  await chmod(folder, 0o711);
  return folder;
}
