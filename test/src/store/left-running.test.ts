// A pid file names a server only if that process is one, on that folder.
import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { leftRunning } from "../../../src/store/left-running.ts";
import { temporaryFolder } from "../../support/postgres.ts";

let data: string;
beforeEach(async () => {
  data = path.join(await temporaryFolder(), "data");
  await mkdir(data);
});
afterEach(() => rm(path.dirname(data), { recursive: true }));

const pidFile = (pid: string): Promise<void> =>
  writeFile(path.join(data, "postmaster.pid"), `${pid}\n${data}\n1700000000\n1\n\n127.0.0.1\n`);

test("no file, no server", async () => {
  expect(await leftRunning(data)).toBe(false);
});

test.each(["", "0", "-1", "x", "4194305", String(process.pid)])(
  "%j is no server on this folder",
  async (pid) => {
    await pidFile(pid);
    expect(await leftRunning(data)).toBe(false);
  },
);

test.runIf(process.platform === "linux")("a process that works in the folder is one", async () => {
  const child = spawn("sleep", ["60"], { cwd: data });
  try {
    await pidFile(String(child.pid));
    expect(await leftRunning(data)).toBe(true);
  } finally {
    child.kill("SIGKILL");
  }
});
