// What a cluster refuses, in words; that it runs is shown in embedded.test.ts.
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { initialise, startServer } from "../../../src/store/cluster.ts";
import { temporaryFolder } from "../../support/postgres.ts";

let place: string;
beforeEach(async () => {
  place = await temporaryFolder();
});
afterEach(() => rm(place, { recursive: true }));

function cluster(program: string): Parameters<typeof initialise>[0] {
  const binaries = { initdb: program, postgres: program, pgCtl: program, major: "18" };
  return { binaries, account: null, place, password: "secret" };
}

async function withVersion(version: string): Promise<void> {
  await mkdir(path.join(place, "data"));
  await writeFile(path.join(place, "data/PG_VERSION"), `${version}\n`);
}

test("data of another major version is left alone", async () => {
  await withVersion("17");
  await expect(initialise(cluster("/bin/true"))).rejects.toThrow(/written by PostgreSQL 17, this is 18/);
});

test("data of this version is not made again", async () => {
  await withVersion("18");
  await expect(initialise(cluster("/bin/false"))).resolves.toBeUndefined();
});

test("a failed initdb leaves no cluster and no password", async () => {
  await expect(initialise(cluster("/bin/false"))).rejects.toThrow(/^false failed/);
  expect(await readdir(place)).toEqual([]);
});

test("a server that ends at once is an error, not a wait", async () => {
  await withVersion("18");
  await expect(startServer(cluster("/bin/false"), null)).rejects.toThrow(/did not start/);
  await expect(startServer(cluster(path.join(place, "none")), 1)).rejects.toThrow(/did not start/);
});
