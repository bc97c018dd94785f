// An unreadable input is the user's mistake and keeps its cause.
import { expect, test } from "vitest";
import { UnreadableInput } from "../../collectors/input.ts";
import { UserError } from "../../src/ops/user-error.ts";

test("it is told as a sentence, with the reason behind it", () => {
  const cause = new Error("ENOENT");
  const error = new UnreadableInput("a.pcap: cannot be opened (no such file)", { cause });
  expect(error).toBeInstanceOf(UserError);
  expect(error.cause).toBe(cause);
});
