// `umbra token`: makes an API token, with a name for it where people share an install.
import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { tokenLine } from "../../app/tokens.ts";
import { defineCommand } from "../command.ts";

// 256 bits, the usual size of a bearer secret.
const BYTES = 32;

export default defineCommand({
  id: "token",
  summary: "make a random API token; give it to the API as UMBRA_API_TOKEN and to clients as bearer token",
  declare: (command: Command) =>
    void command
      .option("--name <name>", "also give the line for UMBRA_API_TOKEN_FILE, on stderr")
      .action(({ name }: { readonly name?: string }) => {
        const token = `umbra_${randomBytes(BYTES).toString("base64url")}`;
        const line = name === undefined ? "" : `${tokenLine(name, token)}\n`;
        process.stdout.write(`${token}\n`);
        process.stderr.write(line);
      }),
});
