// Mistakes of the user are one kind of error, by class.
import { expect, test } from "vitest";
import { UnreadableInput } from "../../../collectors/input.ts";
import { UnreadableDocument } from "../../../src/app/specs.ts";
import { UsageError } from "../../../src/cli/command.ts";
import { ConfigProblem } from "../../../src/ops/config.ts";
import { UserError } from "../../../src/ops/user-error.ts";
import { StateFolderInUse } from "../../../src/store/state-lock.ts";

test.each([UnreadableInput, UnreadableDocument, UsageError, StateFolderInUse])("%o is one", (kind) => {
  const error = new kind("what to do");
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toBe("what to do");
});

test("a configuration problem is one, with all its sentences", () => {
  expect(new ConfigProblem(["One.", "Two."])).toBeInstanceOf(UserError);
  expect(new ConfigProblem(["One.", "Two."]).message).toBe("One. Two.");
});
