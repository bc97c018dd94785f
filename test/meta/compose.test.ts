// The compose file and the Dockerfile, read as data: no container engine is needed to see that they name what exists.
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { SETTINGS, readSettings, requireSettings } from "../../src/ops/config.ts";
import { ROOT, read, unitIdsOf } from "./repository.ts";

const serviceSchema = z.looseObject({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.string() })).optional(),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
  volumes: z.array(z.string()).optional(),
  ports: z.array(z.string()).optional(),
});
const { services, volumes } = z
  .looseObject({ services: z.record(z.string(), serviceSchema), volumes: z.record(z.string(), z.null()) })
  .parse(parse(read("docker-compose.yml"), { merge: true }));

const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);

test("the services are the broker, the database, the migration and the roles", () => {
  expect(Object.keys(services).sort()).toEqual([
    "api",
    "classify",
    "collect",
    "kafka",
    "migrate",
    "postgres",
  ]);
  expect(ours).toHaveLength(4);
});

describe.each(ours)("%s", (name, { command = [], environment }) => {
  test("runs a command that exists, the one it is named after", () => {
    const [id, wayIn] = command;
    expect(id).toBe(name);
    expect(unitIdsOf("src/cli/commands")).toContain(id);
    // `umbra collect pcap`: the second word is a folder of collectors.
    const folder = wayIn === undefined || wayIn.startsWith("-") ? "collectors" : `collectors/${wayIn}`;
    expect(existsSync(path.join(ROOT, folder))).toBe(true);
  });

  test("sets variables that are read, to values that pass", () => {
    const known = Object.values(SETTINGS).map(({ env }) => env as string);
    expect(Object.keys(environment).filter((variable) => !known.includes(variable))).toEqual([]);
    const given = Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [key, filledIn(value)]),
    );
    const settings = readSettings({}, given, "/app");
    const needs = {
      migrate: ["databaseUrl"],
      classify: ["databaseUrl", "kafka"],
      api: ["databaseUrl"],
      collect: ["kafka", "secret"],
    };
    requireSettings(settings, (needs as Record<string, ("databaseUrl" | "kafka" | "secret")[]>)[name] ?? []);
  });

  test("carries no secret of its own", () => {
    for (const variable of ["UMBRA_SECRET", "UMBRA_API_TOKEN", "DATABASE_URL"]) {
      const value = environment[variable] ?? "${X:?}";
      expect(value).toMatch(/\$\{\w+:\?/);
    }
  });
});

/** As compose would: defaults stand, required ones get something of sufficient length. */
function filledIn(value: string): string {
  return value.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_, _name, kind, rest) =>
    kind === "-" ? rest : "x".repeat(32),
  );
}

test("who is waited for exists, and says when it is ready", () => {
  const ready = (other: string): string =>
    services[other]?.healthcheck === undefined ? "service_completed_successfully" : "service_healthy";
  const waits = Object.values(services).flatMap(({ depends_on = {} }) => Object.entries(depends_on));
  expect(waits.length).toBeGreaterThan(0);
  expect(
    waits.filter(([other, { condition }]) => !(other in services) || condition !== ready(other)),
  ).toEqual([]);
});

test("volumes are declared, and nothing listens beyond this machine", () => {
  const all = Object.values(services);
  for (const volume of all.flatMap((service) => service.volumes ?? [])) {
    expect(Object.keys(volumes)).toContain(volume.split(":")[0]);
  }
  for (const port of all.flatMap((service) => service.ports ?? [])) expect(port).toMatch(/^127\.0\.0\.1:/);
});

test("the broker is of the version that the tests run", () => {
  const tested = /<kafka\.version>([^<]+)</.exec(read("test/support/kafka/pom.xml"))?.[1];
  expect(services["kafka"]?.image).toBe(`apache/kafka:${tested}`);
});

describe("Dockerfile", () => {
  const text = read("Dockerfile");
  const instructions = text
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => /^[A-Z]+ /.test(line));

  test("copies only what the repository has or the build makes", () => {
    const copied = [...text.matchAll(/^COPY --from=build \/app\/(\S+)/gm)].map(([, what]) => what ?? "");
    expect(copied.length).toBeGreaterThan(3);
    const made = ["dist", "node_modules"];
    expect(copied.filter((what) => !made.includes(what) && !existsSync(path.join(ROOT, what)))).toEqual([]);
    const ignored = read(".dockerignore").split("\n");
    expect(copied.filter((what) => !made.includes(what) && ignored.includes(what))).toEqual([]);
  });

  test("runs what `npm start` runs, not as root", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: { start: string } };
    const [, binary] = /^node (\S+) start/.exec(scripts.start) ?? [];
    expect(text).toContain(`ln -s /app/${binary} /usr/local/bin/umbra`);
    expect(instructions.findLast((line) => line.startsWith("USER "))).toBe("USER node");
    expect(instructions).toContain('ENTRYPOINT ["umbra"]');
  });

  test("its Node is one that the manifest allows", () => {
    const versions = [...text.matchAll(/^FROM node:(\d+)-/gm)].map(([, major]) => Number(major));
    expect(versions).toHaveLength(2);
    for (const major of versions) expect(major).toBeGreaterThanOrEqual(20);
  });
});
