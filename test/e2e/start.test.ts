// The main job as a user runs it: one process on embedded defaults, stopped and started again.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Running } from "../support/umbra.ts";
import { DEMO, startUmbra } from "../support/umbra.ts";

let state = "";
let running: Running | undefined;
beforeAll(async () => {
  state = await mkdtemp(path.join(os.tmpdir(), "umbra-start-"));
});
afterAll(async () => {
  running?.child.kill("SIGKILL");
  await rm(state, { recursive: true, force: true });
});

async function up(...args: readonly string[]): Promise<string> {
  running = startUmbra(["start", "--state", path.join(state, "umbra"), "--listen", "127.0.0.1:0", ...args]);
  const [, url] = await running.says(/API on (http:\/\/127\.0\.0\.1:\d+)\/api\/v1/, 120_000);
  return url ?? "";
}

async function down(): Promise<number | null> {
  running?.child.kill("SIGINT");
  return (await running?.finished)?.code ?? null;
}

async function get(url: string, what: string) {
  const response = await fetch(`${url}/api/v1${what}`);
  expect(response.status).toBe(200);
  return (await response.json()) as { readonly items: readonly Record<string, unknown>[] };
}

/** What must not change by stopping and starting. */
async function inventory(url: string) {
  const { items } = await get(url, "/endpoints?limit=500");
  return items.map(({ id, method, path, requests, standing }) => ({ id, method, path, requests, standing }));
}

test("sample traffic gives an inventory that survives a restart", { timeout: 240_000 }, async () => {
  const first = await up("--demo");
  const { stdout } = running?.output() ?? { stdout: "" };
  expect(stdout).toMatch(/Heard \d+ requests to 5 services/);
  expect(stdout).toContain("Shadow endpoints");
  expect(stdout).toContain("chat-completion");
  const before = await inventory(first);
  expect(before.length).toBeGreaterThan(10);
  const shadows = await get(first, "/endpoints?standing=shadow&host=shop.example");
  expect(shadows.items.map((row) => row["path"])).toContain("/api/v1/internal/export");
  const orphans = await get(first, "/endpoints?standing=orphan");
  expect(orphans.items.map((row) => row["path"])).toEqual(["/api/v1/orders/{orderId}/invoice"]);
  expect(await down()).toBe(0);

  const again = await up("--demo");
  expect(running?.output().stderr).toContain("is in the inventory already");
  expect(await inventory(again)).toEqual(before);
  expect(await down()).toBe(0);
});

test("a folder in use is refused with one sentence", { timeout: 240_000 }, async () => {
  await up();
  const second = startUmbra(["start", "--state", path.join(state, "umbra"), "--listen", "127.0.0.1:0"]);
  const { code, stderr } = await second.finished;
  expect(code).toBe(2);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(await down()).toBe(0);
});

test("a pipe that stays open fills the inventory while it is read", { timeout: 240_000 }, async () => {
  const capture = await readFile(path.join(DEMO, "mirror.pcap"));
  const url = await up("--state", path.join(state, "piped"), "-");
  running?.child.stdin.write(capture.subarray(0, 100_000));
  const heard = async () =>
    (await get(url, "/services")).items.reduce((sum, row) => sum + Number(row["requests"]), 0);
  await vi.waitUntil(async () => (await heard()) > 30, { timeout: 60_000, interval: 250 });
  running?.child.stdin.end(capture.subarray(100_000));
  await vi.waitUntil(async () => (await heard()) >= 115, { timeout: 60_000, interval: 250 });
  expect(await down()).toBe(0);
});
