// What the meta tests read: the repository's own files.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");

/** Folders that hold only units: one file, one default export, its name is its id. */
export const UNIT_FOLDERS = [
  "collectors/log-formats",
  "src/digest/data-classes",
  "src/report/formats",
  "src/report/weekly/formats",
  "src/report/segmentation/formats",
  "src/api/routes",
  "src/cli/commands",
] as const;

export function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

/** Source files below the folders, relative to the root, sorted; generated code left out. */
export function sources(...folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" }).map(
        (name) => `${folder}/${name}`,
      ),
    )
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !file.includes("/generated/"))
    .sort();
}

export function isUnit(file: string): boolean {
  return UNIT_FOLDERS.some((folder) => file.startsWith(`${folder}/`));
}

/** Ids by unit folder; a folder that does not exist has none. */
export function unitIdsOf(folder: string): readonly string[] {
  return sources(path.dirname(folder))
    .filter((file) => path.posix.dirname(file) === folder)
    .map((file) => path.parse(file).name);
}
