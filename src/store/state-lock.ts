// One process per state folder: a lock file that names its holder and that a crash leaves behind harmlessly.
import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../ops/user-error.ts";

/** Another living process holds the folder. */
export class StateFolderInUse extends UserError {
  override readonly name = "StateFolderInUse";
}

// Each failed try means that somebody else moved in between; more than a few is a broken file system, not a race.
const TRIES = 10;

/** Takes `folder` for this process; the function given back lets it go. Rejects with `StateFolderInUse`. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, "umbra.lock");
  const mine = JSON.stringify({ ...(await identity(process.pid)), token: randomUUID() });
  for (let tries = 0; tries < TRIES; tries++) {
    if (await create(file, mine)) return () => release(file, mine);
    const held = await contentOf(file);
    if (held === null) continue;
    const holder = parseHolder(held);
    if (holder && (await alive(holder))) {
      throw new StateFolderInUse(`${folder} is in use by another umbra (process ${holder.pid})`);
    }
    await discard(file, held);
  }
  throw new StateFolderInUse(`${folder} cannot be locked: remove ${file} if no umbra is running`);
}

interface Holder {
  readonly pid: number;
  /** Boot and start time of the process where the system tells them (Linux): a pid alone is soon someone else's. */
  readonly born: string | null;
}

async function identity(pid: number): Promise<Holder> {
  try {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // proc(5): the name in parentheses may hold anything; start time is field 22, the 20th behind it.
    const started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return { pid, born: `${boot.trim()} ${started ?? ""}` };
  } catch {
    return { pid, born: null };
  }
}

async function alive(holder: Holder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = await identity(holder.pid);
  return holder.born === null || now.born === null || holder.born === now.born;
}

/** Appears with its content or not at all, so nobody reads half a lock. */
async function create(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600, flag: "wx" });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes a dead holder's lock; a lock that somebody else took meanwhile goes back. */
async function discard(file: string, dead: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await contentOf(aside)) !== dead) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function release(file: string, mine: string): Promise<void> {
  if ((await contentOf(file)) === mine) await rm(file, { force: true });
}

function contentOf(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch(() => null);
}

function parseHolder(text: string): Holder | null {
  try {
    const { pid, born } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === "number" ? { pid, born: born ?? null } : null;
  } catch {
    return null;
  }
}
