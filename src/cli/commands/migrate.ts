// `umbra migrate`: brings the database schema up to date.
import type { Command } from "commander";
import { migrateRole } from "../../app/roles.ts";
import { defineCommand } from "../command.ts";
import type { RoleFlags } from "../run-role.ts";
import { declareRoleFlags, runRole } from "../run-role.ts";

export default defineCommand({
  id: "migrate",
  summary: "apply database migrations (needs DATABASE_URL)",
  declare: (command: Command) =>
    void declareRoleFlags(command).action((flags: RoleFlags) =>
      runRole(flags, { stay: false }, async (context) => {
        const applied = await migrateRole(context);
        process.stderr.write(
          applied.length === 0 ? "the schema is up to date\n" : `applied ${applied.join(", ")}\n`,
        );
      }),
    ),
});
