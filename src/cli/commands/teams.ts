// `umbra teams`: who answers for endpoints, and how they are told.
import type { Command } from "commander";
import { callApi, readApi } from "../api-client.ts";
import type { ApiFlags } from "../api-options.ts";
import { apiOf, declareApiFlags } from "../api-options.ts";
import { defineCommand } from "../command.ts";
import { textTable } from "../text-table.ts";

interface SetFlags extends ApiFlags {
  readonly name?: string;
  readonly email?: readonly string[];
  readonly webhook?: readonly string[];
  readonly slack?: readonly string[];
  readonly teams?: readonly string[];
}

interface Team {
  readonly id: string;
  readonly name: string;
  readonly contacts: readonly { readonly kind: string }[];
}

export default defineCommand({
  id: "teams",
  summary: "list, make and remove teams and their contacts, and try whether news arrives",
  declare(command: Command) {
    declareApiFlags(command.command("list", { isDefault: true }))
      .description("all teams")
      .action(list);
    declareApiFlags(command.command("set <id>"))
      .description("make a team, or replace it")
      .option("--name <words>", "what people call it; the id if not given")
      .option("--email <address...>", "mail there")
      .option("--webhook <url...>", "signed JSON there")
      .option("--slack <url...>", "incoming webhook of Slack")
      .option("--teams <url...>", "incoming webhook of Microsoft Teams")
      .action(set);
    declareApiFlags(command.command("remove <id>"))
      .description("nobody is told by it any more")
      .action(remove);
    declareApiFlags(command.command("test <id>"))
      .description("send a test message to each of its contacts")
      .action(test);
  },
});

async function list(flags: ApiFlags): Promise<void> {
  const answer = await readApi(apiOf(flags), "/teams", "application/json");
  if (flags.json === true) return void process.stdout.write(`${answer}\n`);
  const { items } = JSON.parse(answer) as { items: Team[] };
  const rows = items.map(({ id, name, contacts }) => [id, name, contacts.map(({ kind }) => kind).join(", ")]);
  process.stdout.write(
    rows.length === 0 ? "No teams yet: umbra teams set ID\n" : textTable(["ID", "NAME", "TOLD BY"], rows),
  );
}

async function set(
  id: string,
  { name = id, email = [], webhook = [], slack = [], teams = [], ...flags }: SetFlags,
) {
  const urls = Object.entries({ webhook, slack, teams }).flatMap(([kind, all]) =>
    all.map((url) => ({ kind, url })),
  );
  const contacts = [...email.map((address) => ({ kind: "email", address })), ...urls];
  const answer = await callApi(apiOf(flags), {
    path: "/teams",
    method: "POST",
    body: { id, name, contacts },
  });
  process.stdout.write(flags.json === true ? `${answer}\n` : `Kept, with ${contacts.length} contacts.\n`);
}

async function remove(id: string, flags: ApiFlags): Promise<void> {
  await callApi(apiOf(flags), { path: `/teams/${encodeURIComponent(id)}`, method: "DELETE" });
}

async function test(id: string, flags: ApiFlags): Promise<void> {
  const path = `/teams/${encodeURIComponent(id)}/test`;
  const answer = await callApi(apiOf(flags), { path, method: "POST", body: {} });
  const { deliveries } = JSON.parse(answer) as { deliveries: number };
  process.stdout.write(
    flags.json === true
      ? `${answer}\n`
      : `${deliveries} test messages are on their way; what becomes of them: umbra deliveries\n`,
  );
}
