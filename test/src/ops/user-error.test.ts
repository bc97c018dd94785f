// A user's mistake is told apart from ours by its type, and keeps its cause for the log.
import { expect, test } from "vitest";
import { UserError } from "../../../src/ops/user-error.ts";

test("its message is the sentence, its name tells its kind", () => {
  const cause = new Error("ENOENT");
  const error = new UserError("notes.txt: there is no such file", { cause });
  expect([error.name, error.message, error.cause]).toEqual([
    "UserError",
    "notes.txt: there is no such file",
    cause,
  ]);
  expect(error).toBeInstanceOf(Error);
});
