// Tables hold what a person looks for first, and nothing empty.
import { expect, test } from "vitest";
import { createFlowDigest } from "../../../src/digest/encrypted-flow.ts";
import { scanReport } from "../../../src/report/scan-report.ts";
import { sentences } from "../../../src/report/summary.ts";
import { tablesOf } from "../../../src/report/tables.ts";
import { aService, anEndpoint } from "../../support/builders.ts";

test("one shadow endpoint gives its row and its finding", () => {
  const report = scanReport({
    services: [aService()],
    endpoints: [anEndpoint({ confidence: "candidate" })],
    health: [],
  });
  expect(tablesOf(report).map(({ title, rows }) => [title, rows.map((row) => row.cells)])).toEqual([
    ["Services", [["shop.test", 1, 1, 0, 1]]],
    ["Endpoints", [["shadow (candidate)", "GET", "shop.test/orders/{orderId}", 1, "", "", ""]]],
    [
      "Findings",
      [
        [
          "medium",
          "shadow",
          "GET shop.test/orders/{orderId}",
          "answers requests but stands in no API document (no document lists it)",
        ],
      ],
    ],
  ]);
});

test("the worst finding stands first, and names the operation it is about", () => {
  const plain = anEndpoint({ id: "ep_a" });
  const zombie = anEndpoint({ id: "ep_b", standing: "zombie", operation: "query Viewer" });
  const report = scanReport({ services: [], endpoints: [plain, zombie], health: [] });
  const rows = tablesOf(report).find(({ title }) => title === "Findings")?.rows ?? [];
  expect(rows.map(({ cells: [severity, rule, place] }) => [severity, rule, place])).toEqual([
    ["high", "zombie", "GET shop.test/orders/{orderId} query Viewer"],
    ["medium", "shadow", "GET shop.test/orders/{orderId}"],
  ]);
});

test("what the baseline could not hear stands in a table of its own, and is said", () => {
  const heard = (weirds: Record<string, number>) => ({
    collector: "old.pcap",
    from: 0,
    to: 1,
    counters: { exchanges: 3 },
    weirds,
  });
  const report = scanReport({
    services: [],
    endpoints: [],
    health: [heard({})],
    baseline: [heard({ "pcap.truncated": 2 })],
  });
  const healthOf = (name: string) => tablesOf(report).find(({ title }) => title === name)?.rows;
  expect(healthOf("Capture health")?.map(({ cells }) => cells)).toEqual([["exchanges", 3]]);
  expect(healthOf("Baseline health")?.map(({ cells }) => cells)).toEqual([
    ["exchanges", 3],
    ["odd: pcap.truncated", 2],
  ]);
  expect(sentences(report)).toContain(
    "2 odd records in the baseline: what it missed may be told as new; see baseline health.",
  );
  const alone = scanReport({ services: [], endpoints: [], health: [heard({})] });
  expect(alone.capture.baseline).toBeUndefined();
  expect(tablesOf(alone).map(({ title }) => title)).toEqual(["Capture health"]);
});

test("encrypted connections have a table of their own", () => {
  const { facts } = createFlowDigest({ hash32: () => 0 })({
    source: "capture",
    client: { address: "10.0.0.9", port: 40_000 },
    server: { address: "10.0.0.2", port: 443 },
    sni: "shop.test",
    ech: false,
    alpn: null,
    version: null,
    ja4: null,
    bytes: [1_000, 50_000],
    startedAt: 0,
    endedAt: 0,
  });
  const endpoint = anEndpoint({
    category: "encrypted",
    standing: "unjudged",
    method: "",
    path: "",
    facts: { ...facts, requests: 7 },
  });
  const tables = tablesOf(scanReport({ services: [], endpoints: [endpoint], health: [] }));
  expect(tables.map(({ title, rows }) => [title, rows.map((row) => row.cells)])).toEqual([
    ["Encrypted", [["shop.test", 7, expect.closeTo(1_000, -2), expect.closeTo(50_000, -4), "10.0.0.9", ""]]],
  ]);
});

test("ports have a table, and do not crowd capture health", () => {
  const counters = { packets: 3, "port.80.flows": 1, "port.80.bytes": 9, "port.80.http-bytes": 9 };
  const health = [{ collector: "a.pcap", from: null, to: null, counters, weirds: {} }];
  const tables = tablesOf(scanReport({ services: [], endpoints: [], health }));
  expect(tables.map(({ title, rows }) => [title, rows.map((row) => row.cells)])).toEqual([
    ["Ports", [[":80", 1, 9, 9, 0, 0, 0]]],
    ["Capture health", [["packets", 3]]],
  ]);
});

test("an empty report has no tables", () => {
  expect(tablesOf(scanReport({ services: [], endpoints: [], health: [] }))).toEqual([]);
});
