// Tells whether a server of an earlier, uncleanly ended process still runs on a data folder.
import { readFile, readlink, realpath } from "node:fs/promises";
import path from "node:path";
import pg from "pg";

/** Whether a live server owns `data`. A pid alone proves nothing: numbers are reused, quickly so in containers. */
export async function leftRunning(data: string): Promise<boolean> {
  /*
    postmaster.pid, one fact a line (PostgreSQL, src/include/utils/pidfile.h)
      1 pid   2 data folder   3 start time   4 port   5 socket folder   6 listen address   7 shared memory   8 state
  */
  const lines = (await readFile(path.join(data, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0 || !running(pid)) return false;
  if (process.platform === "linux") return worksIn(pid, data);
  return speaksPostgres(Number(lines[3]));
}

function running(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The server's working folder is its data folder. */
async function worksIn(pid: number, data: string): Promise<boolean> {
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  return folder === (await realpath(data));
}

/** Even a refusal is an answer in its protocol. */
async function speaksPostgres(port: number): Promise<boolean> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: "umbra",
    password: "",
    database: "postgres",
    connectionTimeoutMillis: 5_000,
  });
  try {
    await client.connect();
    return true;
  } catch (error) {
    return error instanceof pg.DatabaseError;
  } finally {
    await client.end().catch(() => undefined);
  }
}
