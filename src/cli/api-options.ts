// The flags of commands that talk to a running Umbra, and the address they mean.
import type { Command } from "commander";
import type { ApiAddress } from "./api-client.ts";
import { DEFAULT_API } from "./api-client.ts";

export interface ApiFlags {
  readonly url: string;
  readonly json?: true;
}

export function declareApiFlags(command: Command): Command {
  return command
    .option("--json", "print the answer as JSON")
    .option("--url <address>", "where Umbra runs; a token is taken from UMBRA_API_TOKEN", DEFAULT_API);
}

export function apiOf({ url }: ApiFlags): ApiAddress {
  return { url, token: process.env["UMBRA_API_TOKEN"] };
}
