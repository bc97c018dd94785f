// A scan of the sample traffic finds what was planted there, and says the same thing twice.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { scan, scanRules } from "../../../src/app/scan.ts";
import { readSpecFiles, specOf } from "../../../src/app/specs.ts";
import type { ScanReport } from "../../../src/report/scan-report.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const demo = (name: string): string => path.join(ROOT, "demo", name);
const inputs = ["mirror.pcap", "browser.har", "gateway.log"].map(demo);

async function scanned(): Promise<ScanReport> {
  const specs = (await readSpecFiles([demo("shop.openapi.yaml")])).map((file) => specOf(file, [], 0));
  return (await scan({ inputs, specs })).report;
}

let report: ScanReport;
beforeAll(async () => {
  report = await scanned();
});

function line({ standing, method, authority, path: at, operation }: ScanReport["endpoints"][number]): string {
  return `${standing} ${method} ${authority}${at}${operation === null ? "" : ` ${operation}`}`;
}

describe("the sample traffic", () => {
  test("gives exactly these API endpoints", () => {
    const apis = report.endpoints.filter(
      ({ category, confidence }) => category === "api" && confidence !== "noise",
    );
    expect(apis.map(line)).toEqual([
      "shadow POST assistant.example/v1/chat/completions",
      "shadow POST models.internal.example/v1/chat/completions",
      "shadow POST models.internal.example/v1/embeddings",
      "shadow GET models.internal.example/v1/models",
      "shadow GET partners.example/api/v1/customers/{customerId}",
      "shadow GET partners.example/api/v1/products/{productId}",
      "zombie GET shop.example/api/v0/prices/{productId}",
      "shadow GET shop.example/api/v1/customers/{customerId}",
      "shadow GET shop.example/api/v1/internal/export",
      "documented POST shop.example/api/v1/orders",
      "documented GET shop.example/api/v1/orders/{orderId}",
      "orphan GET shop.example/api/v1/orders/{orderId}/invoice",
      "documented GET shop.example/api/v1/products",
      "documented GET shop.example/api/v1/products/{productId}",
      "shadow POST shop.example/graphql query Viewer",
      "shadow POST tools.internal.example/mcp initialize",
      "shadow POST tools.internal.example/mcp tools/call",
      "shadow POST tools.internal.example/mcp tools/list",
    ]);
  });

  test("keeps pages, assets and probes apart", () => {
    const others = report.endpoints.filter(({ category }) => category !== "api");
    expect(others.map(({ category, path: at }) => `${category} ${at}`)).toEqual(
      expect.arrayContaining(["page /", "probe /.env", "probe /.git/config", "probe /wp-login.php"]),
    );
  });

  test("shows who proves himself how, and what leaves", () => {
    const customers = report.endpoints.find(
      ({ path: at, authority }) => at === "/api/v1/customers/{customerId}" && authority === "shop.example",
    );
    expect(customers?.auth).toEqual([
      { scheme: "bearer-jwt", name: "authorization", requests: 6, successes: 6 },
    ]);
    expect(customers?.data_classes.map((found) => `${found.data_class} ${found.field}`)).toEqual(
      expect.arrayContaining(["email email", "iban iban", "phone phone"]),
    );
    const leak = report.endpoints.find(({ path: at }) => at === "/api/v1/internal/export");
    expect(leak?.data_classes.map((found) => `${found.data_class} ${found.field}`)).toEqual(
      expect.arrayContaining(["card-number [].card", "email [].email"]),
    );
  });

  test("names AI by its formats", () => {
    const ai = report.endpoints.filter((endpoint) => endpoint.ai.verdict === "confirmed");
    expect(new Set(ai.map((endpoint) => endpoint.ai.kind))).toEqual(
      new Set(["chat-completion", "embedding", "mcp-server"]),
    );
    expect(ai.every((endpoint) => endpoint.ai.evidence.length > 0)).toBe(true);
  });

  test("raises findings by known rules only", () => {
    expect(report.findings.length).toBeGreaterThan(0);
    expect(report.findings.every((finding) => scanRules.includes(finding.rule))).toBe(true);
  });
});

async function schemaErrors(told: unknown): Promise<unknown> {
  const schema = JSON.parse(await readFile(path.join(ROOT, "docs/scan.schema.json"), "utf8")) as object;
  const ajv = new Ajv2020.default({ strict: true, strictRequired: false, allowUnionTypes: true });
  addFormats.default(ajv);
  const valid = ajv.compile(schema);
  valid(JSON.parse(JSON.stringify(told)));
  return valid.errors;
}

test("the report is what docs/scan.schema.json says", async () => {
  expect(await schemaErrors(report)).toBeNull();
});

test("the same files give the same report", async () => {
  expect(await scanned()).toEqual(report);
});

test("a file of places tells who calls from where people sit, and stops the scan when it is wrong", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "umbra-places-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const places = path.join(folder, "places.yaml");
  await writeFile(places, "places: [{ name: everybody, kind: users, addresses: [0.0.0.0/0] }]");
  const rules = (await scan({ inputs, specs: [], places })).report.findings.map(({ rule }) => rule);
  expect(rules).toContain("reach.model-from-users");
  expect(report.findings.map(({ rule }) => rule)).not.toContain("reach.model-from-users");
  await writeFile(places, "places: [{ name: everybody }]");
  await expect(scan({ inputs, specs: [], places })).rejects.toThrow(`${places}: places.0.addresses`);
});

test("who answers as declared, in headers of one's own too", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "umbra-declared-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const log = path.join(folder, "access.log");
  const line = { time: 1_714_557_600, method: "GET", uri: "/x", status: 200, host: "shop.test" };
  const told = { ...line, remote_addr: "10.0.0.9", sent_http_x_shop_app: "orders", http_x_from: "web" };
  await writeFile(log, `${JSON.stringify(told)}\n`.repeat(3));
  const heard = async (serviceHeaders: readonly string[]) => {
    const { report: told } = await scan({ inputs: [log], specs: [], serviceHeaders });
    expect(await schemaErrors(told)).toBeNull();
    const { endpoints } = told;
    return [endpoints[0]?.declared?.map(({ name }) => name), endpoints[0]?.callers[0]?.workload];
  };
  expect(await heard(["x-shop-app", "caller:x-from"])).toEqual([["orders"], "web"]);
  expect(await heard([])).toEqual([undefined, undefined]);
});
