// `umbra report weekly`: what is new, what changed and what to do about it, for people and for tools.
import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { findChromium, printPdf } from "../../app/print-pdf.ts";
import { loadUnit, unitIds } from "../../ops/units.ts";
import type { WeeklyFormat } from "../../report/weekly/weekly-format.ts";
import { readApi } from "../api-client.ts";
import { apiOf, URL_OPTION } from "../api-options.ts";
import { defineCommand, UsageError } from "../command.ts";

const FORMATS = new URL("../../report/weekly/formats/", import.meta.url);
/** Printed from this format by Chromium, so not a format of its own. */
const PDF = "pdf";
const PRINTED = "html";

interface Options {
  readonly week: string;
  readonly zone: string;
  readonly team?: string;
  readonly service?: string;
  readonly format: string;
  readonly out?: string;
  readonly url: string;
}

export default defineCommand({
  id: "report",
  summary: "report what happened in a week, from a running Umbra",
  declare: (command: Command) =>
    void command
      .command("weekly")
      .description("the weekly shadow-API report")
      .option(
        "--week <week>",
        "ISO week like 2026-W47; latest: the week in which traffic was heard last",
        "latest",
      )
      .option("--zone <name>", "time zone of the week, like Europe/Berlin", "UTC")
      .option("--team <name>", "only what this team owns")
      .option("--service <authority>", "only this service")
      .option("--format <id>", "markdown, text, html, pdf (needs Chromium), json, csv or sarif", "markdown")
      .option("--out <path>", "write there instead of stdout")
      .option(...URL_OPTION)
      .action(run),
});

async function run(options: Options): Promise<void> {
  const { format, out, url } = options;
  const chosen = await chosenFormat(format === PDF ? PRINTED : format);
  if (format === PDF && out === undefined && process.stdout.isTTY)
    throw new UsageError("a PDF is no text for a terminal: give --out report.pdf");
  const chromium = format === PDF ? await findChromium() : null;
  const api = apiOf({ url });
  const path = `/reports/weekly/${encodeURIComponent(options.week)}?${queryOf(options, chosen.id)}`;
  const text = await readApi(api, path, "*/*");
  const bytes = format === PDF ? await printPdf(text, chromium) : text;
  if (out === undefined) process.stdout.write(bytes);
  else await writeFile(out, bytes);
}

function queryOf({ zone, team, service }: Options, format: string): string {
  const query = new URLSearchParams({ zone, format });
  if (team !== undefined) query.set("team", team);
  if (service !== undefined) query.set("service", service);
  return query.toString();
}

async function chosenFormat(id: string): Promise<WeeklyFormat> {
  const known = await unitIds(FORMATS);
  if (!known.includes(id))
    throw new UsageError(`there is no format "${id}"; known: ${[...known, PDF].join(", ")}`);
  return loadUnit<WeeklyFormat>(FORMATS, id);
}
