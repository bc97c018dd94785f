// The contract of one command: a unit that tells commander its words and does its work when called.
import type { Command } from "commander";

export interface CliCommand {
  /** The file's name without extension and the first word after `umbra`. */
  readonly id: string;
  /** One line for `umbra --help`. */
  readonly summary: string;
  /** Declares arguments, options and the action on `command`. */
  declare(command: Command): void;
}

export function defineCommand(command: CliCommand): CliCommand {
  return command;
}

/** The user asked for something that cannot be done as asked: message to stderr, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
