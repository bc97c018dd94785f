// A PostgreSQL server of our own for people who have none: started with umbra, stopped with it, data kept between.
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { initialise, startServer } from "./cluster.ts";
import { dataPlace, SYSTEM_STATE } from "./data-place.ts";
import { postgresBinaries } from "./postgres-binaries.ts";
import { serverAccount } from "./server-account.ts";
import { lockFolder } from "./state-lock.ts";

export interface EmbeddedOptions {
  /** Made when missing. Data lies in `postgres/`, the password beside it. */
  readonly stateFolder: string;
  /** On 127.0.0.1; a free one when not given. */
  readonly port?: number;
  /** Where root keeps what PostgreSQL's account could not reach in the state folder. */
  readonly systemState?: string;
}

export interface EmbeddedPostgres {
  /** Connection address of the database `umbra`, password included: not for logs. */
  readonly url: string;
  /** Waits until the server is down and lets the state folder go. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts the server, or says in one sentence why not. An earlier unclean end is repaired: a server left running is
 * stopped first, a stale lock is removed. The process's end takes the server down too.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const stateFolder = path.resolve(options.stateFolder);
  // Others may pass but not look: the server's own account must get to its data.
  await mkdir(stateFolder, { recursive: true, mode: 0o711 });
  const unlock = await lockFolder(stateFolder);
  try {
    const stopServer = await start(stateFolder, options);
    let stopped: Promise<void> | null = null;
    return {
      url: stopServer.url,
      stop: () => (stopped ??= stopServer.stop().finally(unlock)),
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function start(stateFolder: string, options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const account = await serverAccount();
  const systemState = options.systemState ?? SYSTEM_STATE;
  const place = await dataPlace(stateFolder, account, systemState);
  const binaries = await postgresBinaries(account, account ? systemState : stateFolder);
  const password = await keptPassword(path.join(stateFolder, "postgres-password"));
  const cluster = { binaries, account, place, password };
  await initialise(cluster);
  return startServer(cluster, options.port ?? null);
}

async function keptPassword(file: string): Promise<string> {
  // 32 bytes are beyond guessing; hex needs no escaping in an address.
  const fresh = randomBytes(32).toString("hex");
  try {
    await writeFile(file, fresh, { mode: 0o600, flag: "wx" });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return (await readFile(file, "utf8")).trim();
}
