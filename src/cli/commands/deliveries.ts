// `umbra deliveries`: what became of news that was sent.
import type { Command } from "commander";
import { readApi } from "../api-client.ts";
import type { ApiFlags } from "../api-options.ts";
import { apiOf, declareApiFlags } from "../api-options.ts";
import { defineCommand } from "../command.ts";
import { textTable } from "../text-table.ts";

interface Delivery {
  readonly id: string;
  readonly contact: string;
  readonly state: string;
  readonly attempts: number;
  readonly created_at: string;
  readonly last_error: string | null;
  readonly finding_id: string;
}

export default defineCommand({
  id: "deliveries",
  summary: "show what became of news that was sent",
  declare: (command: Command) =>
    void declareApiFlags(command).option("--state <name>", "pending, delivered or dead").action(list),
});

async function list({ state, ...flags }: ApiFlags & { readonly state?: string }): Promise<void> {
  const query = new URLSearchParams({ limit: "100", ...(state === undefined ? {} : { state }) });
  const answer = await readApi(apiOf(flags), `/deliveries?${query.toString()}`, "application/json");
  if (flags.json === true) return void process.stdout.write(`${answer}\n`);
  const { items } = JSON.parse(answer) as { items: Delivery[] };
  const rows = items.map((one) => [
    one.created_at,
    one.contact,
    one.state,
    `${one.attempts}`,
    one.last_error ?? "",
    one.finding_id,
  ]);
  process.stdout.write(
    rows.length === 0
      ? "Nothing was sent yet.\n"
      : textTable(["MADE", "TO", "STATE", "TRIES", "LAST ERROR", "FINDING"], rows),
  );
}
