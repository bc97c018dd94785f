// Finds the units of a folder at run time, so that adding a unit is adding a file.
import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Default exports of all modules in `folder` (a file: URL ending in "/"), by id, in order of id.
 * Throws when a unit's id differs from its file name: that is a bug, found at start.
 */
export async function loadUnits<U extends { readonly id: string }>(
  folder: URL,
): Promise<ReadonlyMap<string, U>> {
  const units = new Map<string, U>();
  for (const id of await unitIds(folder)) units.set(id, await loadUnit<U>(folder, id));
  return units;
}

/** Ids of the units in `folder`, sorted, without loading them. */
export async function unitIds(folder: URL): Promise<readonly string[]> {
  const files = await readdir(fileURLToPath(folder));
  return files
    .filter((file) => /\.(js|ts)$/.test(file) && !file.endsWith(".d.ts"))
    .map((file) => path.parse(file).name)
    .sort();
}

/** One unit of `folder`; rejects when there is none of that id. */
export async function loadUnit<U extends { readonly id: string }>(folder: URL, id: string): Promise<U> {
  const extension = path.extname(fileURLToPath(import.meta.url));
  const { default: unit } = (await import(new URL(`${id}${extension}`, folder).href)) as { default: U };
  if (unit.id !== id) throw new Error(`unit ${id} calls itself ${unit.id}`);
  return unit;
}
