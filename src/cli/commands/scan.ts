// `umbra scan`: files in, report out, nothing kept.
import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import type { ScanOptions } from "../../app/scan.ts";
import { scan, scanRules } from "../../app/scan.ts";
import { readSpecFiles, specOf } from "../../app/specs.ts";
import { loadUnit, unitIds } from "../../ops/units.ts";
import type { RenderOptions, ReportFormat } from "../../report/format.ts";
import { SETTINGS } from "../../ops/setting-table.ts";
import { defineCommand, UsageError } from "../command.ts";
import { keylogText } from "../keylog.ts";
import { progressLine, readingText } from "../progress.ts";

const FORMATS = new URL("../../report/formats/", import.meta.url);
const CONDITION_HELD = 1;

interface Options {
  readonly spec: readonly string[];
  readonly format: string;
  readonly openapi: string;
  readonly only?: string;
  readonly out?: string;
  readonly failOn: readonly string[];
  readonly inputFormat?: string;
  readonly keylog?: string;
  readonly aiVendors?: string;
  readonly places?: string;
  readonly serviceHeaders?: readonly string[];
  readonly baseline: readonly string[];
}

export default defineCommand({
  id: "scan",
  summary: "read captures, HAR and log files once and report the APIs in them (no database)",
  declare: (command: Command) =>
    void command
      .argument("<inputs...>", "captures, HAR documents, access logs; - reads stdin")
      .option("--spec <file...>", "OpenAPI documents: what is in none of them is shadow", [])
      .option("--format <id>", "table, json, openapi, csv, markdown, html or sarif", "table")
      .option("--openapi <edition>", "with --format openapi: 3.1 or 3.0", "3.1")
      .option("--only <what>", "with --format openapi: shadow leaves out what some document lists")
      .option("--out <path>", "write the report there instead of stdout")
      .option(
        "--fail-on <rules>",
        "exit with 1 when a finding of one of these rules stands, e.g. shadow,ai",
        words,
        [],
      )
      .option("--baseline <file...>", "inputs of an earlier time: tell what changed since then", [])
      .option("--input-format <id>", "what the inputs are, instead of recognising it")
      .option("--keylog <file>", "TLS keys in SSLKEYLOGFILE form, to decrypt a capture")
      .option("--ai-vendors <file>", "YAML that lists which vendors of models are allowed")
      .option("--places <file>", "YAML that says which workload or network has which addresses")
      .option("--service-headers <list>", "headers that name services, beside the known ones", headerNames)
      .action(run),
});

async function run(inputs: readonly string[], options: Options): Promise<void> {
  const format = await chosenFormat(options.format);
  checkRules(options.failOn);
  checkStdin([...inputs, ...options.baseline]);
  const edition = documentOptions(options);
  const now = Date.now();
  const specs = (await readSpecFiles(options.spec)).map((file) => specOf(file, [], now));
  const keylog = options.keylog === undefined ? undefined : await keylogText(options.keylog);
  const progress = progressLine();
  const { report, inventory } = await scan({
    inputs,
    specs,
    ...(keylog === undefined ? {} : { keylog }),
    baseline: options.baseline,
    ...given(options),
    onProgress: ({ name, read, total }) => progress.show(readingText(name, read, total)),
  }).finally(() => progress.clear());
  const terminal = options.out === undefined && process.stdout.isTTY;
  const text = format.render(report, inventory, {
    color: terminal && process.env["NO_COLOR"] === undefined,
    width: terminal ? process.stdout.columns : 160,
    ...edition,
  });
  if (options.out === undefined) process.stdout.write(text);
  else await writeFile(options.out, text);
  const held = options.failOn.filter((rule) => report.findings.some((finding) => finding.rule === rule));
  if (held.length === 0) return;
  process.stderr.write(`umbra: --fail-on held: ${held.join(", ")}\n`);
  process.exitCode = CONDITION_HELD;
}

/** Without what was not: absent is not the same as undefined. */
function given({ inputFormat, aiVendors, places, serviceHeaders }: Options): Partial<ScanOptions> {
  const all = Object.entries({ inputFormat, aiVendors, places, serviceHeaders });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

function documentOptions({ openapi, only }: Options): Pick<RenderOptions, "openapi" | "only"> {
  if (openapi !== "3.1" && openapi !== "3.0") throw new UsageError("--openapi is 3.1 or 3.0");
  if (only !== undefined && only !== "shadow") throw new UsageError("--only knows shadow alone");
  return { openapi, ...(only !== undefined && { only }) };
}

async function chosenFormat(id: string): Promise<ReportFormat> {
  const known = await unitIds(FORMATS);
  if (!known.includes(id)) throw new UsageError(`there is no format "${id}"; known: ${known.join(", ")}`);
  return loadUnit<ReportFormat>(FORMATS, id);
}

function checkRules(rules: readonly string[]): void {
  const unknown = rules.filter((rule) => !scanRules.includes(rule));
  if (unknown.length === 0) return;
  throw new UsageError(`--fail-on: no rule "${unknown.join('", "')}"; known: ${scanRules.join(", ")}`);
}

/** What was read to its end is empty the second time. */
function checkStdin(names: readonly string[]): void {
  if (names.filter((name) => name === "-").length < 2) return;
  throw new UsageError("stdin (-) can be read once: write one of them to a file and name it");
}

function words(list: string): readonly string[] {
  return list.split(",").map((word) => word.trim());
}

function headerNames(list: string): readonly string[] {
  const read = SETTINGS.serviceHeaders.schema.safeParse(list);
  if (!read.success) throw new UsageError(`--service-headers must ${SETTINGS.serviceHeaders.must}`);
  return read.data;
}
