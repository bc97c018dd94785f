// One PostgreSQL cluster in one folder: makes it, clears what a crash left behind, starts and stops its server.
import type { ChildProcess } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import { chown, lstat, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { leftRunning } from "./left-running.ts";
import type { Binaries } from "./postgres-binaries.ts";
import type { Account } from "./server-account.ts";
import { UserError } from "../ops/user-error.ts";

const run = promisify(execFile);

export interface Cluster {
  readonly binaries: Binaries;
  readonly account: Account | null;
  /** Folder of the account's own; the cluster is its `data`. */
  readonly place: string;
  readonly password: string;
}

/** Role and database. */
const NAME = "umbra";
// Starting after a crash replays the log since the last checkpoint, at most about 1 GB by default.
const START_MS = 120_000;
// Enough of the server's last words for an error message.
const TAIL = 2_000;

/** Makes the cluster unless it is there. A half-made one of an interrupted start never gets the final name. */
export async function initialise(cluster: Cluster): Promise<void> {
  const { binaries, place } = cluster;
  const data = path.join(place, "data");
  const version = await readFile(path.join(data, "PG_VERSION"), "utf8").catch(() => null);
  if (version !== null) {
    if (version.trim() === binaries.major) return;
    throw new UserError(
      `${data} was written by PostgreSQL ${version.trim()}, this is ${binaries.major}: ` +
        "dump it with the version it was written by, or move the folder away to start empty",
    );
  }
  const draft = path.join(place, "data.new");
  await rm(draft, { recursive: true, force: true });
  await withPasswordFile(cluster, (passwordFile) =>
    runAs(cluster, binaries.initdb, [
      `--pgdata=${draft}`,
      `--pwfile=${passwordFile}`,
      `--username=${NAME}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
    ]),
  );
  await rename(draft, data);
}

/** initdb reads the password from a file, which its account must be able to open and nobody else. */
async function withPasswordFile(cluster: Cluster, use: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "umbra-"));
  try {
    const file = path.join(folder, "password");
    await writeFile(file, cluster.password, { mode: 0o600 });
    if (cluster.account) {
      await chown(file, cluster.account.uid, cluster.account.gid);
      await chown(folder, cluster.account.uid, cluster.account.gid);
    }
    await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runAs(cluster: Cluster, program: string, args: readonly string[]): Promise<void> {
  try {
    await run(program, args, settings(cluster));
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().slice(-TAIL);
    throw new UserError(`${path.basename(program)} failed: ${said || (error as Error).message}`, {
      cause: error,
    });
  }
}

interface ProcessSettings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
}

function settings({ account, place }: Cluster): ProcessSettings {
  // Windows programs need their system's variables; elsewhere nothing of our environment is the server's business.
  const env = process.platform === "win32" ? process.env : { PATH: process.env["PATH"], LC_ALL: "C" };
  return { cwd: place, env, ...(account && { uid: account.uid, gid: account.gid }) };
}

// A port found free can be taken before the server binds it.
const PORT_TRIES = 5;

/** Starts the server on `port`, or on a free one, and makes the database if it is new. */
export async function startServer(
  cluster: Cluster,
  port: number | null,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  await clearLeftovers(cluster);
  for (let tries = 1; ; tries++) {
    const chosen = port ?? (await freePort());
    try {
      const server = await launch(cluster, chosen);
      return await opened(cluster, chosen, server);
    } catch (error) {
      const taken = (error as Error).message.includes("already in use");
      if (!taken || port !== null || tries === PORT_TRIES) throw error;
    }
  }
}

async function opened(
  cluster: Cluster,
  port: number,
  server: ChildProcess,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const address = `postgresql://${NAME}:${cluster.password}@127.0.0.1:${port}/`;
  const atExit = (): void => void server.kill("SIGINT");
  process.on("exit", atExit);
  const stop = async (): Promise<void> => {
    process.off("exit", atExit);
    if (server.exitCode === null && server.signalCode === null) await stopServer(cluster);
  };
  try {
    await makeDatabase(`${address}postgres`);
    return { url: `${address}${NAME}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const found = await client.query("select 1 from pg_database where datname = $1", [NAME]);
    if (found.rowCount === 0) await client.query(`create database ${NAME}`);
  } catch (error) {
    // 28P01: the data is there but the password file is not the one it was made with.
    if ((error as { code?: string }).code !== "28P01") throw error;
    throw new UserError("the embedded database refuses its password: restore the file postgres-password", {
      cause: error,
    });
  } finally {
    await client.end();
  }
}

async function clearLeftovers(cluster: Cluster): Promise<void> {
  const data = path.join(cluster.place, "data");
  const pidFile = path.join(data, "postmaster.pid");
  if (await leftRunning(data)) await stopServer(cluster);
  // Its process is gone, but PostgreSQL would refuse to start if another one had got its number since.
  else if (await lstat(pidFile).catch(() => null)) await rm(pidFile, { force: true });
}

/** "fast": sessions are cut, everything committed is kept. That it went down by itself meanwhile is as good. */
async function stopServer(cluster: Cluster): Promise<void> {
  const data = path.join(cluster.place, "data");
  try {
    await runAs(cluster, cluster.binaries.pgCtl, ["stop", "-D", data, "-m", "fast", "-w", "-t", "60"]);
  } catch (error) {
    if (await leftRunning(data)) throw error;
  }
}

function launch(cluster: Cluster, port: number): Promise<ChildProcess> {
  // Own process group: Ctrl-C in the terminal is for umbra, which stops the server when its last commit is done.
  const server = spawn(cluster.binaries.postgres, serverArguments(cluster, port), {
    ...settings(cluster),
    detached: process.platform !== "win32",
    stdio: ["ignore", "ignore", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let tail = "";
    const late = setTimeout(() => {
      server.kill("SIGQUIT");
      reject(new UserError(`the embedded PostgreSQL did not start within ${START_MS / 1000} s: ${tail}`));
    }, START_MS);
    const ended = (): void => {
      clearTimeout(late);
      reject(new UserError(`the embedded PostgreSQL did not start: ${tail.trim()}`));
    };
    server.once("error", ended);
    server.once("close", ended);
    server.stderr.setEncoding("utf8").on("data", (words: string) => {
      tail = (tail + words).slice(-TAIL);
      if (!tail.includes("ready to accept connections")) return;
      clearTimeout(late);
      // From here on the server alone keeps no process alive.
      server.unref();
      (server.stderr as unknown as { unref(): void }).unref();
      resolve(server);
    });
  });
}

function serverArguments({ place }: Cluster, port: number): string[] {
  const options = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    lc_messages: "C",
    // Error lines must not quote statements or rows.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", path.join(place, "data"), "-p", String(port), ...flags];
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
