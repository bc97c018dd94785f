// Runs one command of the command line in this process against a running API, and gives what it wrote.
import { Command } from "commander";
import { vi } from "vitest";
import type { CliCommand } from "../../src/cli/command.ts";

export async function runCommand(unit: CliCommand, words: readonly string[]): Promise<string> {
  let said = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    const command = new Command();
    unit.declare(command);
    await command.parseAsync([...words], { from: "user" });
  } finally {
    write.mockRestore();
  }
  return said;
}
