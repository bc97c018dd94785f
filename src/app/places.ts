// The file of places, read when the API starts: a mistake in it stops the start with one sentence.
import { readFile } from "node:fs/promises";
import type { PlaceFinder } from "../inventory/places.ts";
import { createPlaceFinder, readPlaces } from "../inventory/places.ts";
import { UserError } from "../ops/user-error.ts";

/** Without a file nothing has a name. Rejects with `UserError` naming the file and what is wrong in it. */
export async function loadPlaces(file: string | null): Promise<PlaceFinder> {
  if (file === null) return () => null;
  const text = await readFile(file, "utf8").catch(() => {
    throw new UserError(`${file}: the file of places cannot be read`);
  });
  const read = readPlaces(text);
  if (!read.ok) throw new UserError(`${file}: ${read.problem}`);
  return createPlaceFinder(read.places, read.sides);
}
