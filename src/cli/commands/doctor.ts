// `umbra doctor`: why something does or does not show up.
import type { Command } from "commander";
import type { CollectorHealth } from "../../report/doctor.ts";
import { diagnose } from "../../report/doctor.ts";
import { escapeTerminal } from "../../report/escape.ts";
import { DEFAULT_API, readApi } from "../api-client.ts";
import { defineCommand } from "../command.ts";

export default defineCommand({
  id: "doctor",
  summary: "say what the collectors could and could not hear",
  declare: (command: Command) =>
    void command
      .option("--url <address>", "where Umbra runs; a token is taken from UMBRA_API_TOKEN", DEFAULT_API)
      .action(run),
});

async function run({ url }: { readonly url: string }): Promise<void> {
  const api = { url, token: process.env["UMBRA_API_TOKEN"] };
  const { collectors } = JSON.parse(await readApi(api, "/health/capture", "application/json")) as {
    readonly collectors: readonly CollectorHealth[];
  };
  for (const paragraph of diagnose(collectors)) {
    process.stdout.write(`${paragraph.split("\n").map(escapeTerminal).join("\n")}\n`);
  }
}
