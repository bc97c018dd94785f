// Which vendors are allowed, from a file: read for each answer, so that a change shows at once.
import { readFile } from "node:fs/promises";
import type { Approvals } from "../inventory/ai-approvals.ts";
import { NO_APPROVALS, readApprovals } from "../inventory/ai-approvals.ts";
import { UserError } from "../ops/user-error.ts";

/** Without a file nobody said anything. Rejects with a sentence when the file cannot be read or understood. */
export async function approvalsFrom(file: string | undefined): Promise<Approvals> {
  if (file === undefined || file === "") return NO_APPROVALS;
  const text = await readFile(file, "utf8").catch(() => {
    throw new UserError(`${file}, the list of AI vendors, cannot be read`);
  });
  const read = readApprovals(text);
  if (read.ok) return read.value;
  throw new UserError(`${file}, the list of AI vendors, is wrong: ${read.weird.detail ?? read.weird.name}`);
}
