// Every command is a unit that declares itself and has its one line.
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import type { CliCommand } from "../../../src/cli/command.ts";
import { loadUnits } from "../../../src/ops/units.ts";

const commands = await loadUnits<CliCommand>(new URL("../../../src/cli/commands/", import.meta.url));

describe.each([...commands.values()].map((command) => ({ id: command.id, command })))(
  "umbra $id",
  ({ command }) => {
    test("declares itself, with a line of help for it and each of its options", () => {
      const declared = new Command(command.id);
      command.declare(declared);
      expect(command.summary).toMatch(/^[a-z].{10,}$/);
      const all = [declared, ...declared.commands];
      for (const option of all.flatMap((one) => one.options)) expect(option.description).not.toBe("");
    });
  },
);
