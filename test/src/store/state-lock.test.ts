// One holder per folder, dead holders do not count.
import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockFolder, StateFolderInUse } from "../../../src/store/state-lock.ts";
import { temporaryFolder } from "../../support/postgres.ts";

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true }));

test("a held folder is refused until it is let go", async () => {
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(StateFolderInUse);
  await expect(lockFolder(folder)).rejects.toThrow(`process ${process.pid}`);
  await unlock();
  await (
    await lockFolder(folder)
  )();
  expect(await readdir(folder)).toEqual([]);
});

test("of many at once one gets it", async () => {
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("of many that find a dead holder one gets it", async () => {
  await writeFile(path.join(folder, "umbra.lock"), JSON.stringify({ pid: 2 ** 22 + 1, born: null }));
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await readdir(folder)).toEqual(["umbra.lock"]);
});

test.each([
  ["a process that is gone", JSON.stringify({ pid: 2 ** 22 + 1, born: null })],
  ["nothing readable", "not json"],
  ["no process", "{}"],
])("a lock of %s is taken over", async (_, content) => {
  await writeFile(path.join(folder, "umbra.lock"), content);
  const unlock = await lockFolder(folder);
  await expect(unlock()).resolves.toBeUndefined();
});

test.runIf(process.platform === "linux")("a number that another process got since is no holder", async () => {
  await writeFile(
    path.join(folder, "umbra.lock"),
    JSON.stringify({ pid: process.pid, born: "earlier boot 1" }),
  );
  const unlock = await lockFolder(folder);
  await expect(unlock()).resolves.toBeUndefined();
});

test("letting go twice does not take the next holder's lock", async () => {
  const first = await lockFolder(folder);
  await first();
  const second = await lockFolder(folder);
  await first();
  await expect(lockFolder(folder)).rejects.toThrow(StateFolderInUse);
  await second();
});
