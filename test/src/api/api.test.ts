// The application: everything mounted is documented, headers are strict, bugs stay inside, probes answer.
import { createHash } from "node:crypto";
import express from "express";
import { afterEach, describe, expect, test } from "vitest";
import { createApi, loadRoutes } from "../../../src/api/api.ts";
import { documentOf } from "../../../src/api/document.ts";
import { expressPath, mountRoutes } from "../../../src/api/mount.ts";
import type { Parts } from "../../../src/api/route.ts";
import { createLog, SILENT } from "../../../src/ops/log.ts";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { TransientStoreError } from "../../../src/store/errors.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { anApi } from "./an-api.ts";
import type { RunningApi } from "./an-api.ts";

let api: RunningApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

test("what is mounted is what is documented", async () => {
  const routes = await loadRoutes();
  const router = express.Router();
  mountRoutes(router, routes, {} as Parts);
  const mounted = router.stack.flatMap(({ route }) => {
    const methods = (route?.stack ?? []).map(({ method }) => method).filter(Boolean);
    return [...new Set(methods)].map((method) => `${method} ${route?.path}`);
  });
  const documented = Object.entries(documentOf(routes, true).paths ?? {}).flatMap(([template, item]) =>
    Object.keys(item ?? {}).map((method) => `${method} ${expressPath(template)}`),
  );
  expect(mounted.sort()).toEqual(documented.sort());
  expect(mounted).toHaveLength(routes.length);
});

describe("headers", () => {
  test("nothing is guessed, framed, stored or told about the server", async () => {
    api = await anApi();
    const { headers } = await api.ask("/services");
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "no-store",
      "content-type": "application/json; charset=utf-8",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "content-security-policy": expect.stringContaining("default-src 'none'") as string,
    });
    expect([headers.get("x-powered-by"), headers.get("access-control-allow-origin")]).toEqual([null, null]);
  });
});

describe("faults", () => {
  test("a bug is logged and not told", async () => {
    const lines: string[] = [];
    const log = createLog("error", { write: (line) => lines.push(line) });
    const store = { ...createMemoryStore(), health: async () => Promise.reject(new Error("secret detail")) };
    api = await anApi({ store, log });
    const { status, text, json } = await api.ask("/health/capture");
    expect([status, json.type]).toEqual([500, "urn:umbra:problem:bug"]);
    expect(text).not.toContain("secret");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("secret detail");
  });

  test("a store that is away is said so, and not logged as a bug", async () => {
    const lines: string[] = [];
    const log = createLog("error", { write: (line) => lines.push(line) });
    const away = async () => Promise.reject(new TransientStoreError("away"));
    api = await anApi({ store: { ...createMemoryStore(), health: away, ping: away }, log });
    const { status, headers } = await api.ask("/health/capture");
    expect([status, headers.get("retry-after")]).toEqual([503, "5"]);
    expect((await api.raw("/readyz", {})).status).toBe(503);
    expect((await api.raw("/healthz", {})).status).toBe(200);
    expect(lines).toEqual([]);
  });

  test("malformed tokens stop the start", async () => {
    const store = createMemoryStore();
    const nobody = {} as never;
    const desks = { specs: nobody, governance: nobody, grouping: nobody };
    const options = { store, ...desks, metrics: createMetrics(), log: SILENT };
    await expect(
      createApi({ ...options, tokens: () => [{ name: "ann", hash: "in the clear" }] }),
    ).rejects.toThrow("SHA-256");
  });
});

describe("probes and counters", () => {
  test("requests are counted by unit, others as none", async () => {
    const metrics = createMetrics();
    api = await anApi({ metrics });
    await api.ask("/services?x=1");
    await api.ask("/nothing");
    const exposition = await api.raw("/metrics", {});
    expect(exposition.status).toBe(200);
    expect(exposition.text).toMatch(/umbra_api_requests_total\{route="[\w-]+",status="400"\} 1/);
    expect(exposition.text).toContain('umbra_api_requests_total{route="none",status="404"} 1');
  });

  test("with tokens probes and counters answer without, whatever the name", async () => {
    api = await anApi({
      tokens: () => [{ name: "ann", hash: createHash("sha256").update("t").digest("hex") }],
    });
    for (const probe of ["/healthz", "/readyz", "/metrics"]) {
      expect((await api.raw(probe, { host: "umbra.example" })).status).toBe(200);
    }
  });

  test("without tokens counters are for this machine only", async () => {
    api = await anApi();
    expect((await api.raw("/metrics", { host: "rebind.example" })).status).toBe(421);
    expect((await api.raw("/healthz", { host: "10.1.2.3" })).status).toBe(200);
  });
});
