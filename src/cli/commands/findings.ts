// `umbra findings`: what there is to act on, and what people make of it.
import type { Command } from "commander";
import { callApi, readApi } from "../api-client.ts";
import type { ApiFlags } from "../api-options.ts";
import { apiOf, declareApiFlags } from "../api-options.ts";
import { defineCommand, UsageError } from "../command.ts";
import { textTable } from "../text-table.ts";

interface ListFlags extends ApiFlags {
  readonly state?: string;
  readonly severity?: string;
  readonly host?: string;
  readonly rule?: string;
}

interface AcceptFlags extends ApiFlags {
  readonly until: string;
  readonly reason: string;
}

interface Finding {
  readonly id: string;
  readonly severity: string;
  readonly state: string;
  readonly authority: string;
  readonly title: string;
  readonly text: string;
  readonly endpoint_id: string;
}

export default defineCommand({
  id: "findings",
  summary: "list findings, acknowledge or accept them",
  declare(command: Command) {
    declareApiFlags(command.command("list", { isDefault: true }))
      .description("the newest change first")
      .option("--state <name>", "open, acknowledged, accepted or resolved", "open")
      .option("--severity <name>", "info, low, medium, high or critical")
      .option("--host <authority>", "of this service")
      .option("--rule <id>", "of this rule; `policy.` before those of policies")
      .action(list);
    declareApiFlags(command.command("acknowledge <id>"))
      .description("somebody is at it")
      .action((id: string, flags: ApiFlags) => decide(id, { state: "acknowledged" }, flags));
    declareApiFlags(command.command("accept <id>"))
      .description("it is lived with until a date; it opens again then")
      .requiredOption("--until <date>", "like 2027-01-31")
      .requiredOption("--reason <words>", "why it is accepted")
      .action(accept);
  },
});

async function list({ state, severity, host, rule, ...flags }: ListFlags): Promise<void> {
  const query = new URLSearchParams({ limit: "500" });
  for (const [name, value] of Object.entries({ state, severity, host, rule }))
    if (value !== undefined) query.set(name, value);
  const answer = await readApi(apiOf(flags), `/findings?${query.toString()}`, "application/json");
  if (flags.json === true) return void process.stdout.write(`${answer}\n`);
  const { items, next_cursor: next } = JSON.parse(answer) as { items: Finding[]; next_cursor: string | null };
  if (items.length === 0) return void process.stdout.write("No findings meet these conditions.\n");
  const rows = items.map((one) => [one.id, one.severity, one.state, one.authority, one.title, one.text]);
  process.stdout.write(textTable(["ID", "SEVERITY", "STATE", "SERVICE", "FINDING", "EVIDENCE"], rows));
  if (next !== null) process.stdout.write("… and more: narrow the conditions, or page over REST\n");
}

async function accept(id: string, { until, reason, ...flags }: AcceptFlags): Promise<void> {
  const at = Date.parse(until);
  if (Number.isNaN(at)) throw new UsageError(`--until must be a date like 2027-01-31`);
  await decide(id, { state: "accepted", until: new Date(at).toISOString(), reason }, flags);
}

async function decide(id: string, body: object, flags: ApiFlags): Promise<void> {
  const path = `/findings/${encodeURIComponent(id)}`;
  const answer = await callApi(apiOf(flags), { path, method: "PATCH", body });
  if (flags.json === true) return void process.stdout.write(`${answer}\n`);
  const { state, title } = JSON.parse(answer) as Finding;
  process.stdout.write(textTable(["ID", "STATE", "FINDING"], [[id, state, title]]));
}
