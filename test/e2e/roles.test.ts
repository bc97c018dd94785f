// The distributed roles as processes over a real Kafka and a real PostgreSQL, with a classifier that keeps being killed.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inventoryOf } from "../../src/app/start.ts";
import type { ScanReport } from "../../src/report/scan-report.ts";
import { scanReport } from "../../src/report/scan-report.ts";
import { openPrismaStore } from "../../src/store/prisma-store.ts";
import type { Broker } from "../support/kafka/broker.ts";
import { brokerMissing, startBroker } from "../support/kafka/broker.ts";
import type { TestPostgres } from "../support/postgres.ts";
import { startTestPostgres } from "../support/postgres.ts";
import type { Running } from "../support/umbra.ts";
import { startUmbra, umbra } from "../support/umbra.ts";

const LINES = 24_000;
const HOSTS = 24;
const KILLS = 5;

const noBroker = brokerMissing();
if (noBroker !== null) process.stderr.write(`${noBroker}\n`);

describe.skipIf(noBroker !== null)("collect, classify and api as processes", () => {
  let broker: Broker;
  let postgres: TestPostgres;
  let folder = "";
  let log = "";
  let env: Record<string, string> = {};
  const running = new Set<Running>();

  beforeAll(async () => {
    broker = await startBroker();
    postgres = await startTestPostgres();
    folder = await mkdtemp(path.join(os.tmpdir(), "umbra-roles-"));
    log = path.join(folder, "access.log");
    await writeFile(log, accessLog());
    env = {
      UMBRA_KAFKA_BROKERS: broker.brokers,
      DATABASE_URL: await postgres.freshDatabase({ migrated: false }),
      UMBRA_SECRET: "a secret of the test that is long enough",
      UMBRA_STATE: path.join(folder, "state"),
    };
  });
  afterAll(async () => {
    for (const one of running) one.child.kill("SIGKILL");
    await postgres?.stop();
    if (broker?.ours) await broker.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function started(...args: readonly string[]): Running {
    const one = startUmbra(args, env);
    running.add(one);
    return one;
  }

  async function stored(): Promise<ScanReport> {
    const store = await openPrismaStore(env["DATABASE_URL"] ?? "");
    try {
      return scanReport(await inventoryOf(store));
    } finally {
      await store.close();
    }
  }

  async function settled(exchanges: number): Promise<ScanReport> {
    for (let attempt = 0; attempt < 240; attempt++) {
      const report = await stored();
      const heard = report.services.reduce((sum, service) => sum + service.requests, 0);
      if (heard >= exchanges) return report;
      await pause(500);
    }
    throw new Error("the inventory did not fill");
  }

  test("kills between any two steps change nothing", { timeout: 420_000 }, async () => {
    expect((await umbra(["migrate"], { env })).stderr).toMatch(/applied \d+_init/);
    expect((await umbra(["migrate"], { env })).stderr).toContain("up to date");
    const truth = JSON.parse((await umbra(["scan", log, "--format", "json"])).stdout) as ScanReport;
    expect(truth.services).toHaveLength(HOSTS);

    const collected = await umbra(["collect", "gateway-log", log], { env });
    expect(collected).toMatchObject({ code: 0 });
    for (let kill = 0; kill < KILLS; kill++) {
      const classifier = started("classify");
      await classifier.says(/classifying/);
      const before = (await stored()).services.reduce((sum, service) => sum + service.requests, 0);
      // Until it has done something more, then at a moment of its own choosing.
      for (let wait = 0; wait < 100; wait++) {
        const now = (await stored()).services.reduce((sum, service) => sum + service.requests, 0);
        if (now > before || now === LINES) break;
        await pause(100);
      }
      await pause(37 * kill);
      classifier.child.kill("SIGKILL");
      await classifier.finished;
    }
    // The group still waits for the dead member: a stop does not.
    const hasty = started("classify");
    await hasty.says(/classifying/);
    hasty.child.kill("SIGTERM");
    expect(await hasty.finished).toEqual(stoppedCleanly);
    const last = started("classify");
    await last.says(/classifying/);
    const report = await settled(LINES);
    expect(comparable(report)).toEqual(comparable(truth));
    last.child.kill("SIGTERM");
    expect(await last.finished).toEqual(stoppedCleanly);
  });

  test("the API role serves what the classifier stored, with its token", { timeout: 120_000 }, async () => {
    const token = (await umbra(["token"])).stdout.trim();
    env = { ...env, UMBRA_API_TOKEN: token };
    const api = started("api", "--listen", "127.0.0.1:0");
    const [, url] = await api.says(/"url":"(http:[^"]+)"/);
    const refused = await fetch(`${url}/api/v1/endpoints`);
    expect(refused.status).toBe(401);
    const page = await fetch(`${url}/api/v1/endpoints?limit=500`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { items } = (await page.json()) as { items: readonly unknown[] };
    expect(items.length).toBeGreaterThan(HOSTS);
    const exported = await umbra(["export", "openapi", "--service", "svc3.test", "--url", url ?? ""], {
      env,
    });
    expect(exported.stdout).toMatch(/^openapi: 3\.1\.0/);
    api.child.kill("SIGTERM");
    expect(await api.finished).toEqual(stoppedCleanly);
  });
});

/** Compared as a whole, so that a failure shows what the process said. */
const stoppedCleanly = { code: 0, stdout: expect.any(String), stderr: expect.any(String) };

/** What both ways must agree on; capture health names its inputs differently. */
function comparable({ services, endpoints, findings }: ScanReport) {
  return JSON.parse(JSON.stringify({ services, endpoints, findings })) as unknown;
}

/** Several services, ids, words, refusals and probes, from some callers, a second apart. */
function accessLog(): string {
  const start = Date.UTC(2026, 10, 2, 8);
  const paths = (i: number) => [
    `/api/v1/orders/${1000 + (i % 700)}`,
    `/api/v1/customers/${String(i % 97).padStart(8, "0")}-0000-4000-8000-000000000000`,
    `/api/v1/orders?page=${i % 9}`,
    `/assets/app.${i % 3}.js`,
    `/api/v1/reports/${["daily", "weekly"][i % 2]}`,
    "/.env",
  ];
  const lines = Array.from({ length: LINES }, (_, i) => {
    const at = new Date(start + i * 250);
    const [day, month, year] = [at.getUTCDate(), at.toUTCString().slice(8, 11), at.getUTCFullYear()];
    const time = `${String(day).padStart(2, "0")}/${month}/${year}:${at.toISOString().slice(11, 19)} +0000`;
    const target = paths(i)[Math.floor(i / HOSTS) % 6] ?? "/";
    const status = target === "/.env" ? 404 : i % 50 === 0 ? 500 : 200;
    return `svc${i % HOSTS}.test 10.0.${i % 4}.${i % 17} - - [${time}] "GET ${target} HTTP/1.1" ${status} ${100 + (i % 900)} "-" "okhttp/4.12.0"`;
  });
  return `${lines.join("\n")}\n`;
}
