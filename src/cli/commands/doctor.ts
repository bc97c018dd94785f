// `umbra doctor`: why something does or does not show up, in files at hand or in a running Umbra.
import type { Command } from "commander";
import { scan } from "../../app/scan.ts";
import type { CollectorHealth } from "../../report/doctor.ts";
import { diagnose } from "../../report/doctor.ts";
import { escapeTerminal } from "../../report/escape.ts";
import { readApi } from "../api-client.ts";
import { apiOf, URL_OPTION } from "../api-options.ts";
import { defineCommand } from "../command.ts";
import { keylogText } from "../keylog.ts";
import { progressLine, readingText } from "../progress.ts";

interface Options {
  readonly url: string;
  readonly inputFormat?: string;
  readonly keylog?: string;
}

export default defineCommand({
  id: "doctor",
  summary: "say what could and could not be heard, in files or by the collectors of a running Umbra",
  declare: (command: Command) =>
    void command
      .argument(
        "[inputs...]",
        "captures, HAR documents, access logs; - reads stdin; none: asks a running Umbra",
      )
      .option(...URL_OPTION)
      .option("--input-format <id>", "what the inputs are, instead of recognising it")
      .option("--keylog <file>", "TLS keys in SSLKEYLOGFILE form, to decrypt a capture")
      .action(run),
});

async function run(inputs: readonly string[], options: Options): Promise<void> {
  const collectors = inputs.length === 0 ? await running(options.url) : await read(inputs, options);
  for (const paragraph of diagnose(collectors)) {
    process.stdout.write(`${paragraph.split("\n").map(escapeTerminal).join("\n")}\n`);
  }
}

async function running(url: string): Promise<readonly CollectorHealth[]> {
  const api = apiOf({ url });
  const { collectors } = JSON.parse(await readApi(api, "/health/capture", "application/json")) as {
    readonly collectors: readonly CollectorHealth[];
  };
  return collectors;
}

async function read(
  inputs: readonly string[],
  { inputFormat, keylog }: Options,
): Promise<readonly CollectorHealth[]> {
  const progress = progressLine();
  const { inventory } = await scan({
    inputs,
    specs: [],
    ...(inputFormat === undefined ? {} : { inputFormat }),
    ...(keylog === undefined ? {} : { keylog: await keylogText(keylog) }),
    onProgress: ({ name, read, total }) => progress.show(readingText(name, read, total)),
  }).finally(() => progress.clear());
  return inventory.health;
}
