// A role that lacks a setting says which one before it starts anything.
import { describe, expect, test } from "vitest";
import { apiRole, classifyRole, collectRole, migrateRole } from "../../../src/app/roles.ts";
import { UserError } from "../../../src/ops/user-error.ts";
import { aRole } from "../../support/role.ts";

const databaseUrl = "postgresql://nobody@127.0.0.1:1/none";
const collect = { inputs: ["x"], onProgress: () => {} };

describe("missing settings", () => {
  test.each([
    ["classify", () => classifyRole(aRole({ databaseUrl })), "UMBRA_KAFKA_BROKERS"],
    ["api", () => apiRole(aRole()), "DATABASE_URL"],
    ["collect", () => collectRole(aRole(), collect), "UMBRA_SECRET"],
    ["migrate", () => migrateRole(aRole()), "DATABASE_URL"],
  ])("%s names %s", async (_, run, variable) => {
    const refusal = run();
    await expect(refusal).rejects.toThrow(variable);
    await expect(refusal).rejects.toBeInstanceOf(UserError);
  });
});

test("an API in the open is refused before it waits for a database", async () => {
  await expect(apiRole(aRole({ databaseUrl, listen: { host: "0.0.0.0", port: 0 } }))).rejects.toThrow(
    "token",
  );
});
