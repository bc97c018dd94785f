// Where the embedded server keeps its data: in the state folder, unless the account it must run as cannot get there.
import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, realpath, symlink } from "node:fs/promises";
import path from "node:path";
import type { Account } from "./server-account.ts";
import { reachable } from "./server-account.ts";
import { UserError } from "../ops/user-error.ts";

/** For a server that runs as another account than the state folder's owner; survives reboots, unlike /var/tmp. */
export const SYSTEM_STATE = "/var/lib/umbra";

/**
 * The folder in which the cluster of `stateFolder` lives or will live; it exists and belongs to `account`.
 * A state folder below a closed one (root's home) gets its cluster under `systemState`, and a link to it that later
 * starts follow.
 */
export async function dataPlace(
  stateFolder: string,
  account: Account | null,
  systemState = SYSTEM_STATE,
): Promise<string> {
  const usual = path.join(stateFolder, "postgres");
  if ((await lstat(usual).catch(() => null)) === null) {
    if (await reachable(stateFolder, account, "pass")) await mkdir(usual, { mode: 0o700 });
    else await symlink(await elsewhere(stateFolder, systemState), usual);
  }
  const place = await realpath(usual).catch(() => {
    throw new UserError(
      `${usual} points to a folder that is gone: restore it, or remove the link to start empty`,
    );
  });
  if (account) {
    const parent = path.dirname(place);
    if (!(await reachable(parent, account, "pass"))) {
      throw new UserError(
        `PostgreSQL runs as the user ${account.name}, who cannot enter ${parent}: ` +
          "let others pass that folder and its parents (chmod o+x), or run umbra as another user",
      );
    }
    await chown(place, account.uid, account.gid);
  }
  return place;
}

async function elsewhere(stateFolder: string, systemState: string): Promise<string> {
  const real = await realpath(stateFolder);
  const hash = createHash("sha256").update(real).digest("hex");
  const folder = path.join(systemState, hash.slice(0, 16));
  await mkdir(systemState, { recursive: true });
  await chmod(systemState, 0o755);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}
