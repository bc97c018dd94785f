// `umbra policies`: read policies for mistakes, and try them before they count.
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { loadPolicies } from "../../app/rulebook.ts";
import { callApi } from "../api-client.ts";
import type { ApiFlags } from "../api-options.ts";
import { apiOf, declareApiFlags } from "../api-options.ts";
import { defineCommand } from "../command.ts";
import { textTable } from "../text-table.ts";

interface Tried {
  readonly endpoints: number;
  readonly policies: readonly {
    readonly id: string;
    readonly severity: string;
    readonly hits: number;
    readonly title: string;
    readonly examples: readonly { readonly endpoint_id: string; readonly text: string }[];
  }[];
}

export default defineCommand({
  id: "policies",
  summary: "check a file of policies, or try it against the inventory",
  declare(command: Command) {
    command.command("check <file>").description("read it and say what is wrong; nothing else").action(check);
    declareApiFlags(command.command("try <file>"))
      .description("how often each would have fired; nothing is kept and nobody is told")
      .action(tryFile);
  },
});

async function check(file: string): Promise<void> {
  const { policies, environments } = await loadPolicies(file);
  process.stdout.write(`${policies.length} policies and ${environments.length} environments are in order.\n`);
}

async function tryFile(file: string, flags: ApiFlags): Promise<void> {
  // What is wrong is said here, with the file's name.
  await loadPolicies(file);
  const text = await readFile(file, "utf8");
  const answer = await callApi(apiOf(flags), { path: "/policies/dry-run", method: "POST", text });
  if (flags.json === true) return void process.stdout.write(`${answer}\n`);
  const { endpoints, policies } = JSON.parse(answer) as Tried;
  const rows = policies.map(({ id, severity, hits, title, examples }) => [
    id,
    severity,
    `${hits}`,
    title,
    examples[0]?.endpoint_id ?? "",
  ]);
  process.stdout.write(textTable(["POLICY", "SEVERITY", "WOULD FIRE", "TITLE", "FOR INSTANCE"], rows));
  process.stdout.write(`${endpoints} endpoints were looked at.\n`);
}
