// `umbra start`: the whole service in one process, then a summary that a person can act on.
import path from "node:path";
import type { Command } from "commander";
import { checkFollowed, followInto } from "../../app/follow.ts";
import type { Started } from "../../app/start.ts";
import { start } from "../../app/start.ts";
import { readSpecFiles } from "../../app/specs.ts";
import { packageRoot } from "../../ops/package-root.ts";
import type { StartSummaryOptions } from "../../report/start-summary.ts";
import { startSummary } from "../../report/start-summary.ts";
import { defineCommand } from "../command.ts";
import { followRequest } from "../follow-request.ts";
import { keylogText } from "../keylog.ts";
import { progressLine, readingText } from "../progress.ts";
import type { RoleFlags } from "../run-role.ts";
import { declareListenFlag, declareRoleFlags, runRole } from "../run-role.ts";

interface Options extends RoleFlags {
  readonly demo?: boolean;
  readonly spec: readonly string[];
  readonly inputFormat?: string;
  readonly keylog?: string;
  readonly follow?: readonly string[];
}

const DEMO_INPUTS = ["mirror.pcap", "browser.har", "gateway.log"];
const DEMO_SPECS = ["shop.openapi.yaml"];

export default defineCommand({
  id: "start",
  summary: "run everything in one process: API, inventory, classifier, and the given inputs",
  declare: (command: Command) =>
    void declareListenFlag(declareRoleFlags(command))
      .argument(
        "[inputs...]",
        "captures, HAR documents, access logs to read first; - then goes on with stdin",
      )
      .option("--spec <file...>", "OpenAPI documents to upload first", [])
      .option("--demo", "load the bundled sample traffic")
      .option("--follow <file...>", "then keep reading these files as they grow, until stopped")
      .option("--input-format <id>", "what the inputs are, instead of recognising it")
      .option("--keylog <file>", "TLS keys in SSLKEYLOGFILE form; followed where a capture is")
      .action(run),
});

async function run(inputs: readonly string[], options: Options): Promise<void> {
  const demo = options.demo === true;
  const folder = path.join(await packageRoot(import.meta.dirname), "demo");
  const own = (names: readonly string[]) => (demo ? names.map((name) => path.join(folder, name)) : []);
  const specs = await readSpecFiles([...own(DEMO_SPECS), ...options.spec]);
  const { follow = [], keylog } = options;
  const keys = keylog === undefined || inputs.length === 0 ? undefined : await keylogText(keylog);
  const request = followRequest(follow, options);
  await runRole(options, { stay: true, quiet: true }, async (context) => {
    await checkFollowed(request);
    const progress = progressLine();
    const started = await start(context, {
      inputs: [...own(DEMO_INPUTS), ...inputs],
      specs,
      ...(options.inputFormat === undefined ? {} : { inputFormat: options.inputFormat }),
      ...(keys === undefined ? {} : { keylog: keys }),
      onStep: (step) => progress.show(`${step} …`),
      onProgress: ({ name, read, total }) => progress.show(readingText(path.basename(name), read, total)),
    }).finally(() => progress.clear());
    const { apiTokens, apiTokenFile } = context.settings;
    const secured = apiTokens.length > 0 || apiTokenFile !== null;
    tell(started, { nothingAsked: inputs.length + follow.length === 0 && !demo, secured });
    await Promise.all([started.pipe(), followInto(context, started, request)]);
  });
}

function tell(started: Started, told: Pick<StartSummaryOptions, "nothingAsked" | "secured">): void {
  for (const { name, already, exchanges, sightings } of started.ingested) {
    const what = already
      ? "is in the inventory already"
      : `${exchanges} exchanges, merged to ${sightings} sightings before the stream`;
    process.stderr.write(`${path.basename(name)}: ${what}\n`);
  }
  const color = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
  process.stdout.write(startSummary(started.report, { url: started.url, ...told, color }));
}
