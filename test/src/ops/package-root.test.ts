// The installation's folder is found from wherever the code lies.
import path from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../../src/ops/package-root.ts";

const root = path.resolve(import.meta.dirname, "../../..");

test("from sources and from the root itself", async () => {
  expect(await packageRoot(import.meta.dirname)).toBe(root);
  expect(await packageRoot(root)).toBe(root);
});

test("nothing above is an incomplete installation", async () => {
  await expect(packageRoot(path.parse(root).root)).rejects.toThrow("incomplete");
});
