// `umbra token`: makes an API token.
import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { defineCommand } from "../command.ts";

// 256 bits, the usual size of a bearer secret.
const BYTES = 32;

export default defineCommand({
  id: "token",
  summary: "make a random API token; give it to the API as UMBRA_API_TOKEN and to clients as bearer token",
  declare: (command: Command) =>
    void command.action(
      () => void process.stdout.write(`umbra_${randomBytes(BYTES).toString("base64url")}\n`),
    ),
});
