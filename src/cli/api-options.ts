// The flags of commands that talk to a running Umbra, and the address they mean.
import type { Command } from "commander";
import type { ApiAddress } from "./api-client.ts";
import { DEFAULT_API } from "./api-client.ts";

export interface ApiFlags {
  readonly url: string;
  readonly json?: true;
}

/** Of every command that asks a running Umbra. */
export const URL_OPTION = [
  "--url <address>",
  "where Umbra runs; a token is taken from UMBRA_API_TOKEN",
  DEFAULT_API,
] as const;

export function declareApiFlags(command: Command): Command {
  return command.option("--json", "print the answer as JSON").option(...URL_OPTION);
}

export function apiOf({ url }: Pick<ApiFlags, "url">): ApiAddress {
  return { url, token: process.env["UMBRA_API_TOKEN"] };
}
