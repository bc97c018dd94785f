// `umbra specs`: the documents a running Umbra judges by: uploaded with what that changes, listed, taken back.
import type { Command } from "commander";
import { readSpecFiles } from "../../app/specs.ts";
import { escapeTerminal } from "../../report/escape.ts";
import { callApi, readApi } from "../api-client.ts";
import type { ApiFlags } from "../api-options.ts";
import { apiOf, declareApiFlags } from "../api-options.ts";
import { defineCommand } from "../command.ts";
import { textTable } from "../text-table.ts";

interface UploadFlags extends ApiFlags {
  readonly service?: readonly string[];
}

interface SpecRow {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly uploaded_at: string;
  readonly operations_count: number;
}

export default defineCommand({
  id: "specs",
  summary: "upload API documents and see what that changes, list them, take them back",
  declare(command: Command) {
    declareApiFlags(command.command("list", { isDefault: true }))
      .description("all documents, oldest first")
      .action(list);
    declareApiFlags(command.command("upload <files...>"))
      .description("OpenAPI or Swagger, JSON or YAML; older editions are kept")
      .option("--service <authority...>", "bind it to these, whatever its servers say")
      .action(upload);
    declareApiFlags(command.command("remove <id>"))
      .description("what it listed is listed no more")
      .action(remove);
  },
});

async function list(flags: ApiFlags): Promise<void> {
  const answer = await readApi(apiOf(flags), "/specs", "application/json");
  if (flags.json === true) return void process.stdout.write(`${answer}\n`);
  const { items } = JSON.parse(answer) as { items: readonly SpecRow[] };
  const rows = items.map(({ id, name, title, version, uploaded_at: at, operations_count: count }) => [
    id,
    name,
    `${title} ${version}`,
    String(count),
    at.slice(0, 10),
  ]);
  process.stdout.write(
    rows.length === 0
      ? "No documents yet: umbra specs upload FILE\n"
      : textTable(["ID", "NAME", "TITLE", "OPERATIONS", "SINCE"], rows),
  );
}

async function upload(files: readonly string[], { service = [], ...flags }: UploadFlags): Promise<void> {
  for (const { name, text } of await readSpecFiles(files)) {
    const query = new URLSearchParams({ name });
    for (const one of service) query.append("authority", one);
    const path = `/specs?${query.toString()}`;
    const answer = await callApi(apiOf(flags), { path, method: "POST", text });
    const { summary } = JSON.parse(answer) as { summary: string };
    process.stdout.write(flags.json === true ? `${answer}\n` : `${escapeTerminal(`${name}: ${summary}`)}\n`);
  }
}

async function remove(id: string, flags: ApiFlags): Promise<void> {
  await callApi(apiOf(flags), { path: `/specs/${encodeURIComponent(id)}`, method: "DELETE" });
}
