// Every source file with something to run has its test at the mirrored place.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { ROOT, isUnit, read, sources } from "./repository.ts";

/** Proven elsewhere: units by their contract suites, the binary and what it starts by the e2e tests. */
const EXEMPT = new Set(["src/cli/main.ts", "src/app/start.ts"]);

const HELD = ["collectors", ...readdirSync(path.join(ROOT, "src")).map((folder) => `src/${folder}`)];

function hasNothingToRun(file: string): boolean {
  const { outputText } = ts.transpileModule(read(file), {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, removeComments: true },
  });
  return outputText.replace(/export \{\};/, "").trim() === "";
}

test.each(HELD)("%s/x.ts has its mirrored x.test.ts", (folder) => {
  const bare = sources(folder)
    .filter((file) => !EXEMPT.has(file) && !isUnit(file) && !hasNothingToRun(file))
    .filter((file) => !existsSync(path.join(ROOT, "test", file.replace(/\.ts$/, ".test.ts"))));
  expect(bare).toEqual([]);
});
