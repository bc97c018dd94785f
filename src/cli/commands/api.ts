// `umbra api`: serves the inventory over REST.
import type { Command } from "commander";
import { apiRole } from "../../app/roles.ts";
import { defineCommand } from "../command.ts";
import type { RoleFlags } from "../run-role.ts";
import { declareListenFlag, declareRoleFlags, runRole } from "../run-role.ts";

export default defineCommand({
  id: "api",
  summary: "serve the inventory over REST (needs DATABASE_URL; beyond loopback also UMBRA_API_TOKEN)",
  declare: (command: Command) =>
    void declareListenFlag(declareRoleFlags(command)).action((flags: RoleFlags) =>
      runRole(flags, { stay: true }, async (context) => void (await apiRole(context))),
    ),
});
