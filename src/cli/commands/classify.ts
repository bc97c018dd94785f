// `umbra classify`: turns sightings from Kafka into the inventory in PostgreSQL.
import type { Command } from "commander";
import { classifyRole } from "../../app/roles.ts";
import { defineCommand } from "../command.ts";
import type { RoleFlags } from "../run-role.ts";
import { declareRoleFlags, runRole } from "../run-role.ts";

export default defineCommand({
  id: "classify",
  summary: "consume sightings from Kafka into PostgreSQL (needs UMBRA_KAFKA_BROKERS and DATABASE_URL)",
  declare: (command: Command) =>
    void declareRoleFlags(command).action((flags: RoleFlags) => runRole(flags, { stay: true }, classifyRole)),
});
