// `umbra export …`: what was discovered, as documents and rules other tools read.
import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { readApi } from "../api-client.ts";
import { apiOf, URL_OPTION } from "../api-options.ts";
import { defineCommand, UsageError } from "../command.ts";

interface Options {
  readonly service?: string;
  readonly openapi?: string;
  readonly only?: string;
  readonly below?: string;
  readonly method?: string;
  readonly confidence?: string;
  readonly format: string;
  readonly out?: string;
  readonly url: string;
}

const TYPES: Readonly<Record<string, string>> = { yaml: "application/yaml", json: "application/json" };

export default defineCommand({
  id: "export",
  summary: "export from a running Umbra",
  declare(command: Command) {
    declareOpenApi(command.command("openapi"));
    declareSegmentation(command.command("segmentation"));
  },
});

const FILTERS = ["openapi", "only", "below", "method", "confidence"] as const;

function declareOpenApi(command: Command): void {
  command
    .description("OpenAPI 3.1 or 3.0.3 of what was discovered of one service")
    .option(
      "--service <authority>",
      "host[:port] as `umbra` lists it; may be left out when there is only one",
    )
    .option("--only <what>", "shadow: leave out what some document lists")
    .option("--openapi <edition>", "3.1 or 3.0", "3.1")
    .option("--below <path>", "only paths that are this template or start with it")
    .option("--method <name>", "only this method")
    .option("--confidence <level>", "confirmed: leave out candidates")
    .option("--format <id>", "yaml or json", "yaml")
    .option("--out <path>", "write there instead of stdout")
    .option(...URL_OPTION)
    .action(run);
}

interface SegmentationOptions {
  readonly service?: string;
  readonly format: string;
  readonly days: string;
  readonly until?: string;
  readonly out?: string;
  readonly url: string;
}

function declareSegmentation(command: Command): void {
  command
    .description("least-privilege rules for one service, from who was heard calling what")
    .option("--service <authority>", "host[:port]; may be left out when there is only one")
    .option("--format <id>", "networkpolicy, cilium, istio or csv", "networkpolicy")
    .option("--days <number>", "evidence counts from so many days before its end", "90")
    .option("--until <time>", "evidence ends then; what came later is held against the rules")
    .option("--out <path>", "write there instead of stdout")
    .option(...URL_OPTION)
    .action(runSegmentation);
}

async function runSegmentation(options: SegmentationOptions): Promise<void> {
  const { service, format, days, until, out, url } = options;
  const api = apiOf({ url });
  const chosen = service ?? (await onlyService(api));
  const query = new URLSearchParams({ format, days });
  if (until !== undefined) query.set("until", until);
  const text = await readApi(
    api,
    `/services/${encodeURIComponent(chosen)}/segmentation?${query.toString()}`,
    "*/*",
  );
  if (out === undefined) process.stdout.write(text);
  else await writeFile(out, text);
}

async function run({ service, format, out, url, ...filters }: Options): Promise<void> {
  const type = TYPES[format];
  if (type === undefined) throw new UsageError(`there is no format "${format}"; known: yaml, json`);
  const api = apiOf({ url });
  const chosen = service ?? (await onlyService(api));
  const query = new URLSearchParams(FILTERS.flatMap((name) => pair(name, filters[name])));
  const text = await readApi(api, `/services/${encodeURIComponent(chosen)}/openapi?${query}`, type);
  if (out === undefined) process.stdout.write(text);
  else await writeFile(out, text);
}

function pair(name: string, value: string | undefined): [string, string][] {
  return value === undefined ? [] : [[name, value]];
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
