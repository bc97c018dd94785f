// Builds dist/: the Prisma client first (only when its schema changed), then TypeScript.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const root = path.dirname(import.meta.dirname);
const require = createRequire(import.meta.url);

function run(script, args, env = {}) {
  const done = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

function packageFile(name, file) {
  return path.join(path.dirname(require.resolve(`${name}/package.json`)), file);
}

const schema = readFileSync(path.join(root, "prisma/schema.prisma"));
const stamp = createHash("sha256").update(schema).digest("hex");
const generated = path.join(root, "src/store/generated");
const stampFile = path.join(generated, ".schema-hash");
if (!existsSync(stampFile) || readFileSync(stampFile, "utf8") !== stamp) {
  // Generating a client never runs the native schema engine, but Prisma looks for one and would download it.
  run(packageFile("prisma", "build/index.js"), ["generate"], {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  });
  mkdirSync(generated, { recursive: true });
  writeFileSync(stampFile, stamp);
}
run(packageFile("typescript", "lib/tsc.js"), ["-p", "tsconfig.build.json"]);

// npm links the binaries of dependencies, not the package's own: without this `npx umbra` would ask the registry.
const binary = path.join(root, "dist/src/cli/main.js");
const links = path.join(root, "node_modules/.bin");
if (process.platform === "win32") {
  writeFileSync(path.join(links, "umbra.cmd"), `@node "${binary}" %*\r\n`);
} else {
  chmodSync(binary, 0o755);
  rmSync(path.join(links, "umbra"), { force: true });
  symlinkSync(path.relative(links, binary), path.join(links, "umbra"));
}
