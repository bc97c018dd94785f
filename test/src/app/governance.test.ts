// Governance whole: a row that changed becomes a finding, and its news arrives, signed, where the owner asked for it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { startGovernance } from "../../../src/app/governance.ts";
import { SILENT } from "../../../src/ops/log.ts";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { createMemoryStream } from "../../../src/stream/memory-stream.ts";
import { anEndpoint, NOON, someFacts } from "../../support/builders.ts";
import { aRole } from "../../support/role.ts";

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function receiver() {
  const got: { news: { id: string; turn: string; finding: { rule: string } }[] }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      got.push(JSON.parse(body) as (typeof got)[number]);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  return { got, url: `http://localhost:${(server.address() as AddressInfo).port}/` };
}

async function governed(settings: Parameters<typeof aRole>[0] = {}) {
  const state = await mkdtemp(path.join(os.tmpdir(), "umbra-governance-"));
  stops.push(() => rm(state, { recursive: true }));
  const store = createMemoryStore();
  const base = aRole({ state, ...settings });
  const delivery = { ...base.settings.delivery, allowedHosts: ["localhost"] };
  const context = { ...base, settings: { ...base.settings, delivery } };
  const stream = createMemoryStream({ metrics: createMetrics(), log: SILENT });
  stops.push(() => context.shutdown.run("test"));
  return { store, context, ...(await startGovernance(context, store, stream)) };
}

const leaky = anEndpoint({
  facts: someFacts({
    auth: [{ scheme: "none", name: null, requests: 1, successes: 1 }],
    dataClasses: [{ dataClass: "email", place: "response.body", field: "email", exchanges: 1 }],
    callers: [{ address: "203.0.113.9", agent: "", requests: 1, firstSeen: NOON, lastSeen: NOON }],
  }),
});

test("from a changed row to the owner's webhook", async () => {
  const { got, url } = await receiver();
  const { store, governor, desk } = await governed();
  await store.governance.putTeam({ id: "orders", name: "Orders", contacts: [{ kind: "webhook", url }] });
  const rules = "owners: [{ owner: orders, path: /orders/** }]";
  await store.governance.putOwnerFile({ name: "owners.yaml", kind: "rules", text: rules, uploadedAt: NOON });
  desk.rulesChanged();
  governor.changed([leaky]);
  await vi.waitFor(() => expect(got.flatMap(({ news }) => news)).not.toHaveLength(0));
  const news = got.flatMap((one) => one.news);
  expect(news.map(({ finding }) => finding.rule).sort()).toEqual(
    ["no-auth", "policy.open-data-outside", "policy.shadow-external"].sort(),
  );
  expect(new Set(news.map(({ turn }) => turn))).toEqual(new Set(["opened"]));
  const kept = await store.governance.deliveries(null, { limit: 10, cursor: null });
  await vi.waitFor(() => expect(kept.items).toHaveLength(3));
});

test("a policy file that cannot be used stops the start with its name", async () => {
  await expect(governed({ policies: "/nowhere/policies.yaml" })).rejects.toThrow("/nowhere/policies.yaml");
});
