#!/usr/bin/env node
// The binary `umbra`: finds the command's unit, runs it, and turns errors into one sentence and an exit code.
import { readFile } from "node:fs/promises";
import v8 from "node:v8";
import { Command, CommanderError } from "commander";
import { loadUnit, unitIds } from "../ops/units.ts";
import { UserError } from "../ops/user-error.ts";
import type { CliCommand } from "./command.ts";

const COMMANDS = new URL("commands/", import.meta.url);
const USAGE_EXIT = 2;

// Left alone the heap grows to several times of what lives in it before it is cleaned: a scan of 210 MB then takes
// 310 MiB instead of 230, for a tenth of the time. Whoever mirrors traffic beside other work has less room than time.
v8.setFlagsFromString("--heap-growing-percent=60");

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command("umbra")
    .description(
      "Passive API discovery: hears mirrored traffic and logs, keeps an honest inventory, never a value.",
    )
    .version(await version())
    .showHelpAfterError("(add --help for what is possible)")
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
    .exitOverride();
  const ids = await unitIds(COMMANDS);
  const asked = argv[2];
  // Only the command at hand is loaded: each brings its own libraries, and most calls want an answer at once.
  const wanted = asked !== undefined && ids.includes(asked) ? [asked] : ids;
  for (const id of wanted) {
    const unit = await loadUnit<CliCommand>(COMMANDS, id);
    const command = program.command(unit.id).description(unit.summary).exitOverride();
    unit.declare(command);
  }
  await program.parseAsync([...argv]);
}

async function version(): Promise<string> {
  for (const up of ["../../package.json", "../../../package.json"]) {
    try {
      const { version } = JSON.parse(await readFile(new URL(up, import.meta.url), "utf8")) as {
        version: string;
      };
      return version;
    } catch {
      // one level further up: sources lie one folder higher than the build
    }
  }
  return "unknown";
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT;
  if (!(error instanceof Error)) return 70;
  // A mistake of the user is told in one sentence; everything else is ours and shows where it happened.
  if (error instanceof UserError) {
    process.stderr.write(`umbra: ${error.message}\n`);
    return USAGE_EXIT;
  }
  process.stderr.write(`umbra: ${error.stack ?? error.message}\n`);
  return 70;
}

// A reader that has seen enough (`umbra exchanges … | head`) closes the pipe: that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 70));

try {
  await main(process.argv);
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
