// PostgreSQL refuses to run as root: finds, or makes, the account it runs as then, and what that account can reach.
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { UserError } from "../ops/user-error.ts";

const run = promisify(execFile);

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The distribution's own account first, then the one made here. */
const CANDIDATES = ["postgres", "umbra"];

/** Who the server runs as when we are root; null when we are not, and it runs as we do. */
export async function serverAccount(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  for (const name of CANDIDATES) {
    const found = await account(name);
    if (found) return found;
  }
  await run("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    "umbra",
  ]).catch(() => undefined);
  const made = await account("umbra");
  if (made) return made;
  throw new UserError(
    "PostgreSQL does not run as root and no account could be made for it: run umbra as another user, " +
      "create a user named postgres, or set DATABASE_URL",
  );
}

async function account(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

const READ = 4;
const PASS = 1;

/** Whether the account can enter `target` and every folder above it, and list it for "read"; null is whoever we are. */
export async function reachable(
  target: string,
  account: Account | null,
  to: "pass" | "read",
): Promise<boolean> {
  if (account === null) return true;
  for (const step of ancestors(path.resolve(target))) {
    const wanted = to === "read" && step === path.resolve(target) ? PASS | READ : PASS;
    if (((await granted(step, account)) & wanted) !== wanted) return false;
  }
  return true;
}

function ancestors(target: string): string[] {
  const parent = path.dirname(target);
  return parent === target ? [target] : [...ancestors(parent), target];
}

/** The three permission bits that count for the account; extra groups and ACLs are left out, which errs towards no. */
async function granted(file: string, { uid, gid }: Account): Promise<number> {
  const found = await stat(file);
  if (found.uid === uid) return (found.mode >> 6) & 7;
  return (found.gid === gid ? found.mode >> 3 : found.mode) & 7;
}
