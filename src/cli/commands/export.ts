// `umbra export openapi`: what was discovered, as documents other tools read.
import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { DEFAULT_API, readApi } from "../api-client.ts";
import { defineCommand, UsageError } from "../command.ts";

interface Options {
  readonly service?: string;
  readonly only?: string;
  readonly format: string;
  readonly out?: string;
  readonly url: string;
}

const TYPES: Readonly<Record<string, string>> = { yaml: "application/yaml", json: "application/json" };

export default defineCommand({
  id: "export",
  summary: "export from a running Umbra",
  declare: (command: Command) =>
    void command
      .command("openapi")
      .description("OpenAPI 3.1 of what was discovered of one service")
      .option(
        "--service <authority>",
        "host[:port] as `umbra` lists it; may be left out when there is only one",
      )
      .option("--only <what>", "shadow: leave out what some document lists")
      .option("--format <id>", "yaml or json", "yaml")
      .option("--out <path>", "write there instead of stdout")
      .option("--url <address>", "where Umbra runs; a token is taken from UMBRA_API_TOKEN", DEFAULT_API)
      .action(run),
});

async function run({ service, only, format, out, url }: Options): Promise<void> {
  const type = TYPES[format];
  if (type === undefined) throw new UsageError(`there is no format "${format}"; known: yaml, json`);
  const api = { url, token: process.env["UMBRA_API_TOKEN"] };
  const chosen = service ?? (await onlyService(api));
  const query = only === undefined ? "" : `?only=${encodeURIComponent(only)}`;
  const text = await readApi(api, `/services/${encodeURIComponent(chosen)}/openapi${query}`, type);
  if (out === undefined) process.stdout.write(text);
  else await writeFile(out, text);
}

async function onlyService(api: {
  readonly url: string;
  readonly token: string | undefined;
}): Promise<string> {
  const page = JSON.parse(await readApi(api, "/services?limit=50", "application/json")) as {
    readonly items: readonly { readonly authority: string }[];
  };
  const [first, second] = page.items;
  if (first === undefined) throw new UsageError("the inventory has no service yet");
  if (second === undefined) return first.authority;
  const names = page.items.map((item) => item.authority).join(", ");
  throw new UsageError(`there are several services, choose one with --service: ${names}`);
}
