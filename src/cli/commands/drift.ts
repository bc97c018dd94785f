// `umbra drift`: what changed against its own past, of everything or of one endpoint.
import type { Command } from "commander";
import { readApi } from "../api-client.ts";
import type { ApiFlags } from "../api-options.ts";
import { apiOf, declareApiFlags } from "../api-options.ts";
import { defineCommand } from "../command.ts";
import { textTable } from "../text-table.ts";

interface Flags extends ApiFlags {
  readonly state: string;
  readonly host?: string;
}

interface Finding {
  readonly id: string;
  readonly rule: string;
  readonly severity: string;
  readonly authority: string;
  readonly endpoint_id: string;
  readonly text: string;
}

interface Change {
  readonly severity: string;
  readonly category: string;
  readonly location: string;
  readonly since: string;
  readonly text: string;
}

export default defineCommand({
  id: "drift",
  summary: "list what changed against its own past within a week",
  declare: (command: Command) =>
    void declareApiFlags(command)
      .argument("[endpoint]", "id of an endpoint: everything that changed there")
      .option("--state <name>", "open, acknowledged, accepted or resolved", "open")
      .option("--host <authority>", "of this service")
      .action(run),
});

async function run(endpoint: string | undefined, flags: Flags): Promise<void> {
  process.stdout.write(endpoint === undefined ? await everything(flags) : await ofOne(endpoint, flags));
}

async function ofOne(endpoint: string, flags: Flags): Promise<string> {
  const answer = await readApi(
    apiOf(flags),
    `/endpoints/${encodeURIComponent(endpoint)}/drift`,
    "application/json",
  );
  if (flags.json === true) return `${answer}\n`;
  const { changes } = JSON.parse(answer) as { readonly changes: readonly Change[] };
  if (changes.length === 0) return "Nothing changed there within a week.\n";
  const rows = changes.map((one) => [
    one.severity,
    one.category,
    one.location,
    one.since.slice(0, 10),
    one.text,
  ]);
  return textTable(["SEVERITY", "CHANGE", "WHERE", "SINCE", "EVIDENCE"], rows);
}

async function everything({ state, host, ...flags }: Flags): Promise<string> {
  const found: Finding[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ state, limit: "500" });
    if (host !== undefined) query.set("host", host);
    if (cursor !== null) query.set("cursor", cursor);
    const answer = await readApi(apiOf(flags), `/findings?${query}`, "application/json");
    const page = JSON.parse(answer) as {
      readonly items: readonly Finding[];
      readonly next_cursor: string | null;
    };
    found.push(...page.items.filter(({ rule }) => rule.startsWith("drift.")));
    cursor = page.next_cursor;
  } while (cursor !== null);
  if (flags.json === true) return `${JSON.stringify(found)}\n`;
  if (found.length === 0) return "Nothing changed against its own past.\n";
  const rows = found.map((one) => [one.id, one.severity, one.rule, one.authority, one.endpoint_id, one.text]);
  return textTable(["ID", "SEVERITY", "RULE", "SERVICE", "ENDPOINT", "EVIDENCE"], rows);
}
