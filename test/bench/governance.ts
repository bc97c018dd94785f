// Measures governance: 100,000 endpoints by 1,000 policies and by 1,000 owner rules, one by 5,000 policies, who reaches whom.
// npm run build && node dist/test/bench/governance.js [endpoints]
import { NetworkWatch } from "../../src/app/network-watch.ts";
import { rulebookOf } from "../../src/app/rulebook.ts";
import { judgeEndpoints } from "../../src/inventory/governance.ts";
import { compileOwnerRules } from "../../src/inventory/owner-rules.ts";
import { createPlaceFinder } from "../../src/inventory/places.ts";
import { emptyBounded } from "../../src/model/bounded.ts";
import type { Policy } from "../../src/inventory/policy.ts";
import { anEndpoint, NOON, someFacts } from "../support/builders.ts";
import { declaring } from "../support/callers.ts";

const ENDPOINTS = Number(process.argv[2] ?? 100_000);

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

function reaching(): void {
  const placeOf = createPlaceFinder([]);
  const rows = endpoints(ENDPOINTS);
  const from = process.cpuUsage();
  const watch = new NetworkWatch(placeOf);
  watch.begin(new Map());
  for (const row of rows) watch.note(row);
  watch.end();
  watch.look();
  const first = process.cpuUsage(from);
  const again = process.cpuUsage();
  watch.look();
  const second = process.cpuUsage(again);
  const ms = ({ user, system }: NodeJS.CpuUsage): string => ((user + system) / 1e3).toFixed(0);
  console.log(`who reaches whom among ${ENDPOINTS} endpoints: ${ms(first)} ms CPU, again ${ms(second)} ms`);
}

/** A thousand owner rules of all kinds, most of which fit nowhere; endpoints that declare two services each. */
function owning(): void {
  const check = compileOwnerRules(
    Array.from({ length: 250 }, (_, n) => [
      { owner: `o${n}`, host: `svc${n}.other` },
      { owner: `o${n}`, path: `/v2/area${n}/**` },
      { owner: `o${n}`, service: `svc${n}`, namespace: "shop" },
      { owner: `o${n}`, labels: { team: `t${n}` } },
    ]).flat(),
  );
  const rows = endpoints(ENDPOINTS).map((row, n) => {
    const declared = [
      { name: `svc${n % 1_000}`, namespace: "shop" },
      { name: `account${n}`, kind: "account" as const },
    ];
    return {
      ...row,
      facts: { ...facts, declared: declaring(declared).facts?.declared ?? emptyBounded<never>() },
    };
  });
  const from = process.cpuUsage();
  const claims = rows.reduce((sum, row) => sum + check(row).length, 0);
  const { user, system } = process.cpuUsage(from);
  console.log(
    `owners of ${ENDPOINTS} endpoints by 1,000 rules: ${((user + system) / 1e6).toFixed(1)} s CPU, ${claims} claims`,
  );
}

judging();
owning();
reaching();
