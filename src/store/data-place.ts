// Where the embedded server keeps its data: in the state folder, unless the account it must run as cannot get there.
import { chmod, chown, lstat, mkdir, mkdtemp, realpath, symlink } from "node:fs/promises";
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
    else await symlink(await elsewhere(systemState), usual);
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

/** A new folder: what a state folder that was deleted had left there has lost its password with it. */
async function elsewhere(systemState: string): Promise<string> {
  await mkdir(systemState, { recursive: true });
  await chmod(systemState, 0o755);
  return mkdtemp(path.join(systemState, "postgres-"));
}
