// The contract of one command: a unit that tells commander its words and does its work when called.
import type { Command } from "commander";
import { UserError } from "../ops/user-error.ts";

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

/** Arguments that do not fit together or name what is not there. */
export class UsageError extends UserError {
  override readonly name = "UsageError";
}
