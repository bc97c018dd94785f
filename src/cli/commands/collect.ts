// `umbra collect <way in>`: reads traffic and publishes sightings to Kafka.
import path from "node:path";
import type { Command } from "commander";
import { collectRole } from "../../app/roles.ts";
import { defineCommand } from "../command.ts";
import { progressLine, readingText } from "../progress.ts";
import type { RoleFlags } from "../run-role.ts";
import { declareRoleFlags, runRole } from "../run-role.ts";

interface Options extends RoleFlags {
  readonly inputFormat?: string;
}

const WAYS_IN = [
  ["pcap", "packet captures from files or, as -, from a pipe such as tcpdump -w -"],
  ["gateway-log", "access logs and HAR documents"],
] as const;

export default defineCommand({
  id: "collect",
  summary: "read traffic and publish sightings to Kafka (needs UMBRA_KAFKA_BROKERS and UMBRA_SECRET)",
  declare(command: Command) {
    for (const [id, summary] of WAYS_IN) {
      declareRoleFlags(command.command(id).description(summary))
        .argument("<inputs...>", "files; - reads stdin")
        .option("--input-format <id>", "what the inputs are, instead of recognising it")
        .action(run);
    }
  },
});

async function run(inputs: readonly string[], options: Options): Promise<void> {
  await runRole(options, { stay: false }, async (context) => {
    const progress = progressLine();
    const done = await collectRole(context, {
      inputs,
      ...(options.inputFormat === undefined ? {} : { inputFormat: options.inputFormat }),
      onProgress: ({ name, read, total }) => progress.show(readingText(path.basename(name), read, total)),
    }).finally(() => progress.clear());
    for (const { name, exchanges, sightings } of done) {
      process.stderr.write(`${name}: ${exchanges} exchanges published as ${sightings} sightings\n`);
    }
  });
}
