// TLS keys from a file the user names.
import { readFile } from "node:fs/promises";
import { UsageError } from "./command.ts";

/** The text of an SSLKEYLOGFILE. Rejects with `UsageError` when it cannot be read. */
export async function keylogText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new UsageError(`--keylog ${file}: cannot be read`);
  }
}
