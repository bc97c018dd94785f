// Measures governance: judging 100,000 endpoints by 1,000 policies, one endpoint by 5,000, and a fact's way to a webhook.
// npm run build && node dist/test/bench/governance.js [endpoints]
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Courier } from "../../src/app/courier.ts";
import { Governor } from "../../src/app/governor.ts";
import { rulebookOf } from "../../src/app/rulebook.ts";
import { createDispatch } from "../../src/delivery/dispatch.ts";
import { judgeEndpoints } from "../../src/inventory/governance.ts";
import type { Policy } from "../../src/inventory/policy.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { anEndpoint, NOON, someFacts } from "../support/builders.ts";

const ENDPOINTS = Number(process.argv[2] ?? 100_000);
const TRIES = 200;

/** Of all kinds of conditions, most of which hold nowhere, as real sets are. */
function policies(count: number): readonly Policy[] {
  const conditions = [
    (n: number) => ({ standing: ["shadow" as const], answers_with: ["iban"], path: [`/v${n}/**`] }),
    (n: number) => ({ service: [`svc${n}.**`], auth: ["none"] }),
    (n: number) => ({ path: [`/v1/area${n}/**`], exposure: ["external" as const] }),
    (n: number) => ({ owner: [`team${n}`], risk_at_least: 50 }),
    (n: number) => ({ ai_verdict: ["likely" as const], environment: [`env${n}`] }),
  ];
  return Array.from({ length: count }, (_, n) => ({
    id: `p${n}`,
    title: `Policy ${n}`,
    severity: "low" as const,
    notify: [],
    when: (conditions[n % conditions.length] as (typeof conditions)[0])(n),
  }));
}

const facts = someFacts({
  auth: [{ scheme: "none", name: null, requests: 3, successes: 3 }],
  dataClasses: [{ dataClass: "email", place: "response.body", field: "email", exchanges: 2 }],
  callers: [{ address: "10.0.0.9", agent: "curl", requests: 3, firstSeen: NOON, lastSeen: NOON }],
});

function endpoints(count: number) {
  return Array.from({ length: count }, (_, n) =>
    anEndpoint({ authority: `svc${n % 50}.test`, path: `/v1/area${n % 500}/{id}/r${n}`, facts }),
  );
}

function judging(): void {
  const rules = rulebookOf(
    { teams: [], files: [], specs: [] },
    { policies: policies(1_000), environments: [] },
  );
  const rows = endpoints(ENDPOINTS);
  const from = process.cpuUsage();
  let records = 0;
  for (let at = 0; at < rows.length; at += 200) {
    const known = { decisions: new Map(), findings: [], gone: [] };
    records += judgeEndpoints(rows.slice(at, at + 200), known, rules, NOON).records.length;
  }
  const { user, system } = process.cpuUsage(from);
  const heap = Math.round(process.memoryUsage().rss / 1024 / 1024);
  console.log(
    `judged ${ENDPOINTS} endpoints by 1,000 policies: ${((user + system) / 1e6).toFixed(1)} s CPU, ${records} findings, ${heap} MB RSS`,
  );
  const wide = rulebookOf(
    { teams: [], files: [], specs: [] },
    { policies: policies(5_000), environments: [] },
  );
  const once = process.cpuUsage();
  for (const row of rows.slice(0, 1_000))
    judgeEndpoints([row], { decisions: new Map(), findings: [], gone: [] }, wide, NOON);
  const spent = process.cpuUsage(once);
  console.log(
    `one changed endpoint by 5,000 policies: ${((spent.user + spent.system) / 1e6).toFixed(2)} ms CPU`,
  );
}

async function delivering(): Promise<void> {
  const waits: number[] = [];
  const sent = new Map<string, number>();
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const { news } = JSON.parse(body) as { news: { endpoint: { id: string } }[] };
      for (const { endpoint } of news) {
        const at = sent.get(endpoint.id);
        if (at !== undefined) waits.push(performance.now() - at);
        sent.delete(endpoint.id);
      }
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  const store = createMemoryStore();
  const policy: Policy = {
    id: "all",
    title: "All",
    severity: "high",
    notify: ["team"],
    when: { method: ["GET"] },
  };
  const rules = rulebookOf(
    { teams: [{ id: "team", name: "Team", contacts: [{ kind: "webhook", url }] }], files: [], specs: [] },
    { policies: [policy], environments: [] },
  );
  const send = createDispatch({
    secret: new Uint8Array(32),
    now: Date.now,
    allowedHosts: new Set(["localhost"]),
    smtpUrl: null,
    from: "umbra@localhost",
    publish: async () => {},
  });
  const fail = (failure: unknown): void => console.error(failure);
  const courier = new Courier({
    store: store.governance,
    send,
    now: Date.now,
    onDead: fail,
    onFailure: fail,
  });
  const governor = new Governor({
    store,
    rules: async () => rules,
    now: Date.now,
    placeOf: () => null,
    onNews: () => void courier.round(),
    onFailure: fail,
  });
  for (const row of endpoints(TRIES)) {
    sent.set(row.id, performance.now());
    governor.changed([row]);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  while (sent.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await governor.stop();
  await courier.stop();
  await new Promise((resolve) => server.close(resolve));
  waits.sort((a, b) => a - b);
  const at = (share: number): string => (waits[Math.floor(share * (waits.length - 1))] ?? 0).toFixed(0);
  console.log(`committed row to webhook, ${waits.length} tries: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

judging();
await delivering();
