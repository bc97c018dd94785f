// The broker's jars: fetched once by Maven into the ignored cache, under a name that changes when pom.xml does.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

// The first fetch downloads about 45 MB.
const FETCH_DEADLINE_MS = 300_000;

/** Folder with Kafka's jars; throws when Maven cannot bring them. */
export function kafkaJars(): string {
  const root = repositoryRoot();
  const pom = path.join(root, "test/support/kafka/pom.xml");
  const version = createHash("sha256").update(readFileSync(pom)).digest("hex").slice(0, 12);
  const folder = path.join(root, ".cache", `kafka-${version}`);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    const goal = ["-q", "-B", "-f", pom, "dependency:copy-dependencies", `-DoutputDirectory=${fresh}`];
    execFileSync("mvn", goal, { stdio: ["ignore", "ignore", "pipe"], timeout: FETCH_DEADLINE_MS });
    renameSync(fresh, folder);
  } catch (failure) {
    rmSync(fresh, { recursive: true, force: true });
    // Another process was quicker: a folder that is not empty cannot be renamed over.
    if (!existsSync(folder)) throw failure;
  }
  return folder;
}

/** The same from sources and from dist/: the nearest folder above that has the pom. */
function repositoryRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, "test/support/kafka/pom.xml"))) {
    const above = path.dirname(folder);
    if (above === folder) throw new Error("test/support/kafka/pom.xml is not above this file");
    folder = above;
  }
  return folder;
}
