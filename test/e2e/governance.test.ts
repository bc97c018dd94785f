// Governance as people use it: owners from a file, news to a webhook, a kill in the middle, decisions on the command line.
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Receiver } from "../support/receiver.ts";
import { startReceiver } from "../support/receiver.ts";
import type { Running } from "../support/umbra.ts";
import { startUmbra, umbra } from "../support/umbra.ts";

const line = (target: string) =>
  `203.0.113.9 - - [02/Nov/2026:12:00:00 +0000] "GET ${target} HTTP/1.1" 200 12 "-" "curl/8.5.0"\n`;

const POLICY = `policies:
  - { id: outside, title: Called from outside, severity: high, when: { exposure: external }, notify: [owner] }
`;

let folder = "";
let log = "";
let policies = "";
let receiver: Receiver;
let running: Running | undefined;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-governance-"));
  log = path.join(folder, "access.log");
  policies = path.join(folder, "policies.yaml");
  await writeFile(log, line("/orders"));
  await writeFile(policies, POLICY);
  receiver = await startReceiver();
});
afterAll(async () => {
  running?.child.kill("SIGKILL");
  await receiver.stop();
  await rm(folder, { recursive: true, force: true });
});

async function started(): Promise<string> {
  const state = path.join(folder, "state");
  const args = [
    "start",
    "--state",
    state,
    "--listen",
    "127.0.0.1:0",
    "--policies",
    policies,
    "--follow",
    log,
  ];
  running = startUmbra(args, { UMBRA_DELIVERY_ALLOW: "localhost" });
  const [, url = ""] = await running.says(/API on (http:\/\/127\.0\.0\.1:\d+)\/api\/v1/, 120_000);
  return url;
}

async function said(url: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await umbra([...args, "--url", url]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

const newsOf = (rule: string) =>
  receiver.got.flatMap(({ news }) => news).filter(({ finding }) => finding.rule === rule);
const wait = { timeout: 60_000, interval: 100 };

test("news reaches the owner, also over a kill", { timeout: 300_000 }, async () => {
  const url = await started();
  const owners = path.join(folder, "owners.yaml");
  await writeFile(owners, "owners: [{ owner: orders, path: '/**' }]");
  expect(await said(url, "teams", "set", "orders", "--webhook", receiver.url)).toContain("1 contacts");
  expect(await said(url, "teams", "test", "orders")).toContain("1 test messages");
  await vi.waitFor(() => expect(newsOf("test")).toHaveLength(1), wait);
  expect(await said(url, "owners", "import", owners)).toContain("rules");

  // The receiver is away when the finding opens; Umbra is killed before it can be told.
  receiver.answer(503);
  await appendFile(log, line("/invoices"));
  const first = await vi.waitFor(() => {
    const found = newsOf("policy.outside").filter(({ endpoint }) => endpoint.path === "/invoices");
    expect(found).not.toHaveLength(0);
    return found[0];
  }, wait);
  running?.child.kill("SIGKILL");
  await running?.finished;
  receiver.answer(204);
  const again = await started();
  await vi.waitFor(async () => {
    const shown = await said(again, "deliveries", "--json");
    const { items } = JSON.parse(shown) as { items: { id: string; state: string }[] };
    expect(items.find(({ id }) => id === first?.id)).toMatchObject({ state: "delivered" });
  }, wait);
  const same = newsOf("policy.outside").filter(({ endpoint }) => endpoint.path === "/invoices");
  expect(same.length).toBeGreaterThan(1);
  expect(new Set(same.map(({ id }) => id)).size).toBe(1);

  const listed = JSON.parse(await said(again, "findings", "list", "--rule", "policy.outside", "--json")) as {
    items: { id: string; endpoint_id: string }[];
  };
  expect(listed.items).toHaveLength(2);
  const [finding] = listed.items;
  const accept = ["findings", "accept", finding?.id ?? "", "--until", "2099-01-01", "--reason", "known"];
  expect(await said(again, ...accept)).toContain("accepted");
  expect(await said(again, "owners", "show", finding?.endpoint_id ?? "")).toContain("orders");
  expect(await said(again, "policies", "try", policies)).toContain("2 endpoints were looked at");

  // A policy that changes is taken up without a restart.
  await writeFile(policies, `${POLICY}  - { id: all, title: All, severity: low, when: { method: GET } }\n`);
  await vi.waitFor(async () => {
    expect(await said(again, "findings", "list", "--rule", "policy.all")).toContain("All");
  }, wait);
  running?.child.kill("SIGTERM");
  expect((await running?.finished)?.code).toBe(0);
});

test("a policy file with a mistake is refused with its place", async () => {
  const broken = path.join(folder, "broken.yaml");
  await writeFile(broken, "policies: [{ id: A }]");
  const { code, stderr } = await umbra(["policies", "check", broken]);
  expect(code).toBe(2);
  expect(stderr).toContain("policies.0.id: must be lower-case words joined by dashes");
});
