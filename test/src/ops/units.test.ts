// Units are found, ordered and checked against their file names.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadUnit, loadUnits, unitIds } from "../../../src/ops/units.ts";

let folder = "";
const url = (): URL => pathToFileURL(`${folder}${path.sep}`);
const unit = (file: string, id: string): Promise<void> =>
  writeFile(path.join(folder, file), `export default { id: ${JSON.stringify(id)} };`);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "umbra-units-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("all units, by id, in order of id; declarations and notes are not units", async () => {
  await unit("zebra.ts", "zebra");
  await unit("ant.ts", "ant");
  await writeFile(path.join(folder, "ant.d.ts"), "");
  await writeFile(path.join(folder, "README.md"), "");
  expect(await unitIds(url())).toEqual(["ant", "zebra"]);
  expect([...(await loadUnits(url()))]).toEqual([
    ["ant", { id: "ant" }],
    ["zebra", { id: "zebra" }],
  ]);
});

test("a unit that calls itself otherwise is a bug found at start", async () => {
  await unit("ant.ts", "bee");
  await expect(loadUnits(url())).rejects.toThrow("unit ant calls itself bee");
});

test("an unknown id rejects", async () => {
  await expect(loadUnit(url(), "nobody")).rejects.toThrow(/nobody/);
});
