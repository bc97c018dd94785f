// Prisma's engine as WebAssembly, and its word that migrations and schema.prisma say the same.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { schemaText } from "../../../src/store/migrate.ts";
import { withSchemaEngine } from "../../../src/store/schema-engine.ts";
import type { TestPostgres } from "../../support/postgres.ts";
import { startTestPostgres } from "../../support/postgres.ts";

// Starting a server takes a second on an idle machine, and tests never run on one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

/** What would have to be done to a database with all migrations to make it `schema`. */
async function stillMissing(schema: string): Promise<string> {
  const files = [{ path: "schema.prisma", content: schema }];
  return withSchemaEngine(await postgres.freshDatabase(), schema, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: "." },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? "";
  });
}

test("the migrations lead to schema.prisma", async () => {
  expect(await stillMissing(await schemaText())).toContain("This is an empty migration");
});

test("a schema with one column more would be noticed", async () => {
  const schema = (await schemaText()).replace("model Service {", "model Service {\n  extra String?");
  expect(await stillMissing(schema)).toContain('ADD COLUMN     "extra" TEXT');
});
