// Finds the folder that holds package.json and prisma/, from src/ as well as from dist/src/.
import { access } from "node:fs/promises";
import path from "node:path";

/** Nearest folder above `from` with a package.json. */
export async function packageRoot(from: string = import.meta.dirname): Promise<string> {
  const found = await access(path.join(from, "package.json")).then(
    () => true,
    () => false,
  );
  if (found) return from;
  const parent = path.dirname(from);
  if (parent === from) throw new Error("no package.json above the program: the installation is incomplete");
  return packageRoot(parent);
}
