// The file of places: none is fine, a wrong one is told.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { loadPlaces } from "../../../src/app/places.ts";

test("a file names addresses; without one nothing has a name", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "umbra-places-"));
  const file = path.join(folder, "places.yaml");
  await writeFile(file, "places: [{ name: checkout, addresses: [10.0.0.0/8] }]\n");
  expect((await loadPlaces(file))("10.1.2.3")?.name).toBe("checkout");
  await writeFile(file, "places: 7\n");
  await expect(loadPlaces(file)).rejects.toThrow(`${file}: places: `);
  await rm(folder, { recursive: true });
  await expect(loadPlaces(file)).rejects.toThrow("cannot be read");
  expect((await loadPlaces(null))("10.1.2.3")).toBeNull();
});
