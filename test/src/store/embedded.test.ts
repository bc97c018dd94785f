// The embedded server: data survives stops of every kind, and one process at a time has it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startEmbeddedPostgres } from "../../../src/store/embedded.ts";
import { StateFolderInUse } from "../../../src/store/state-lock.ts";
import { query, temporaryFolder } from "../../support/postgres.ts";

// Starting a server takes a second on an idle machine, and tests never run on one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let stateFolder: string;
beforeEach(async () => {
  stateFolder = path.join(await temporaryFolder(), "state");
});
afterEach(() => rm(path.dirname(stateFolder), { recursive: true }));

test("starts, keeps its data, and is held by one process", async () => {
  const first = await startEmbeddedPostgres({ stateFolder });
  await query(first.url, "create table kept (word text); insert into kept values ('still here')");
  await expect(startEmbeddedPostgres({ stateFolder })).rejects.toThrow(StateFolderInUse);
  await Promise.all([first.stop(), first.stop()]);
  await expect(query(first.url, "select 1")).rejects.toThrow("ECONNREFUSED");

  const second = await startEmbeddedPostgres({ stateFolder });
  expect(await query(second.url, "select word from kept")).toEqual([{ word: "still here" }]);
  const password = path.join(stateFolder, "postgres-password");
  expect((await stat(password)).mode & 0o777).toBe(0o600);
  expect(second.url).toContain(await readFile(password, "utf8"));
  await second.stop();

  await writeFile(password, "another");
  await expect(startEmbeddedPostgres({ stateFolder })).rejects.toThrow(/refuses its password/);
});

test("a process that is killed leaves nothing in the way", async () => {
  const embedded = path.resolve(import.meta.dirname, "../../../src/store/embedded.ts");
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(embedded)};
    const { url } = await startEmbeddedPostgres({ stateFolder: ${JSON.stringify(stateFolder)} });
    console.log(url);
    setInterval(() => undefined, 1_000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
  await query(url.trim(), "create table kept as select 1 as word");
  child.kill("SIGKILL");
  await once(child, "exit");
  // Its server is still up: nobody was left to stop it.
  expect(await query(url.trim(), "select 1 as up")).toEqual([{ up: 1 }]);

  const next = await startEmbeddedPostgres({ stateFolder });
  expect(await query(next.url, "select word from kept")).toEqual([{ word: 1 }]);
  await next.stop();
});

test("a stale pid file with a number that is alive again does not stop it", async () => {
  const first = await startEmbeddedPostgres({ stateFolder });
  await first.stop();
  const pidFile = path.join(stateFolder, "postgres/data/postmaster.pid");
  await writeFile(
    pidFile,
    `${process.pid}\n${path.dirname(pidFile)}\n1700000000\n5432\n\n127.0.0.1\n0\nready\n`,
  );
  const second = await startEmbeddedPostgres({ stateFolder });
  expect(await query(second.url, "select 1 as up")).toEqual([{ up: 1 }]);
  await second.stop();
});

test("a port that is taken is named, and the folder is free again", async () => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const { port } = blocker.address() as { port: number };
  await expect(startEmbeddedPostgres({ stateFolder, port })).rejects.toThrow("already in use");
  blocker.close();
  await once(blocker, "close");
  const server = await startEmbeddedPostgres({ stateFolder, port });
  expect(new URL(server.url).port).toBe(String(port));
  await server.stop();
});
