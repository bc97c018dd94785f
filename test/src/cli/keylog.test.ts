import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { UsageError } from "../../../src/cli/command.ts";
import { keylogText } from "../../../src/cli/keylog.ts";

test("the file's text, or one sentence", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "umbra-keylog-"));
  try {
    await writeFile(path.join(folder, "keys"), "CLIENT_RANDOM a b\n");
    expect(await keylogText(path.join(folder, "keys"))).toBe("CLIENT_RANDOM a b\n");
    await expect(keylogText(path.join(folder, "none"))).rejects.toThrow(UsageError);
  } finally {
    await rm(folder, { recursive: true });
  }
});
