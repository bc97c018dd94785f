// Brings a database to the schema this version needs, with Prisma's own migrations and bookkeeping.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { packageRoot } from "../ops/package-root.ts";
import { asTransient } from "./errors.ts";
import { withSchemaEngine } from "./schema-engine.ts";

// Any number that no other program takes in this database ("umbra" in hexadecimal). The engine holds a lock of its own
// while it applies, but gives up on it after seconds.
const LOCK = 0x75_6d_62_72;
// A migration of a large table by another process may take its time.
const LOCK_WAIT = "10min";

/** Applies what is missing, names what it applied. Processes that start together wait for each other. */
export async function migrate(databaseUrl: string): Promise<{ readonly applied: readonly string[] }> {
  const migrations = await migrationList();
  const schema = await schemaText();
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(`set lock_timeout = '${LOCK_WAIT}'`);
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    const { appliedMigrationNames } = await withSchemaEngine(databaseUrl, schema, (engine) =>
      engine.applyMigrations({
        migrationsList: migrations,
        filters: { externalTables: [], externalEnums: [] },
      }),
    );
    return { applied: appliedMigrationNames };
  } catch (error) {
    throw asTransient(error);
  } finally {
    // Ending the session lets the lock go.
    await client.end().catch(() => undefined);
  }
}

export async function schemaText(): Promise<string> {
  return readFile(path.join(await packageRoot(), "prisma/schema.prisma"), "utf8");
}

/** prisma/migrations as the engine wants it: names and texts. */
export async function migrationList(): Promise<MigrationList> {
  const baseDir = path.join(await packageRoot(), "prisma/migrations");
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok" as const,
          value: await readFile(path.join(baseDir, name, "migration.sql"), "utf8"),
        },
      },
    })),
  );
  const lockfile = {
    path: "migration_lock.toml",
    content: await readFile(path.join(baseDir, "migration_lock.toml"), "utf8"),
  };
  return { baseDir, lockfile, shadowDbInitScript: "", migrationDirectories };
}
