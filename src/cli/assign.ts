// What is said of many endpoints at once: which are meant, and the one call that says it.
import type { Command } from "commander";
import { callApi } from "./api-client.ts";
import type { ApiFlags } from "./api-options.ts";
import { apiOf, declareApiFlags } from "./api-options.ts";
import { UsageError } from "./command.ts";

export interface AssignFlags extends ApiFlags {
  readonly host?: string;
  readonly path?: string;
  readonly id?: readonly string[];
  readonly reason?: string;
}

export function declareAssignFlags(command: Command): Command {
  return declareApiFlags(command)
    .option("--host <authority>", "endpoints of this service")
    .option("--path <text>", "endpoints whose template holds this text")
    .option("--id <id...>", "these endpoints")
    .option("--reason <words>", "why, for the history");
}

export async function assign(
  said: { readonly owner: string | null } | { readonly decision: string },
  { host, path, id, reason, ...flags }: AssignFlags,
): Promise<void> {
  if ((host ?? path ?? id) === undefined) throw new UsageError("say which endpoints: --host, --path or --id");
  const body = { host, path, ids: id, reason, ...said };
  const answer = await callApi(apiOf(flags), { path: "/endpoints/assign", method: "POST", body });
  const { endpoints } = JSON.parse(answer) as { endpoints: number };
  process.stdout.write(
    flags.json === true
      ? `${answer}\n`
      : `Said of ${endpoints} ${endpoints === 1 ? "endpoint" : "endpoints"}.\n`,
  );
}
