// Policies ask what was said; the starter set is read as it is shipped and hits what it is meant for.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readApprovals } from "../../../src/inventory/ai-approvals.ts";
import { actorsAt, saidAt } from "../../../src/inventory/ai-said.ts";
import { findingRuleIds } from "../../../src/inventory/findings.ts";
import { readPolicies } from "../../../src/inventory/policy-file.ts";
import { compilePolicies } from "../../../src/inventory/policy.ts";
import { anAiEndpoint } from "./an-ai-endpoint.ts";

const shipped = (name: string) => readFile(new URL(`../../../config/${name}`, import.meta.url), "utf8");

const ENDPOINT = anAiEndpoint({
  verdict: { role: "consumer" },
  said: {
    content: { "prompt code": 2 },
    patterns: {
      "prompt override": { texts: 1, flagged: 0 },
      "tool-result indirect": { texts: 1, flagged: 1 },
    },
    leaks: { iban: { answers: 1, unasked: 1 } },
    actors: { "training-crawler": { requests: 1, supported: 0 } },
  },
});

test("what was said, and by whom", () => {
  expect([...saidAt(ENDPOINT)].sort()).toEqual(["prompt code", "tool-result indirect", "unasked iban"]);
  expect([...actorsAt(ENDPOINT)]).toEqual(["training-crawler"]);
});

test("the starter set of policies", async () => {
  const read = readPolicies(await shipped("policies.yaml"));
  if (!read.ok) throw new Error(read.weird.detail ?? read.weird.name);
  const hits = compilePolicies(read.value.policies)({
    endpoint: ENDPOINT,
    owner: "team-a",
    decision: "unreviewed",
    environment: null,
    vendor: null,
    approval: null,
    drift: [],
    findings: ["ai-indirect-injection"],
    risk: 0,
    knownDays: 0,
    quietDays: 0,
  });
  expect(hits.map(({ policy }) => policy.id).sort()).toEqual([
    "ai-crawled",
    "ai-injection-reaches-tools",
    "ai-vendor-gets-secrets",
    "new-ai-endpoint",
  ]);
});

test.each([
  ["unsanctioned", ["ai-vendor-not-approved", "ai-vendor-not-approved-gets-data"]],
  ["sanctioned", []],
] as const)("a vendor that is %s", async (approval, expected) => {
  const read = readPolicies(await shipped("policies.yaml"));
  const hits = compilePolicies(read.ok ? read.value.policies : [])({
    endpoint: ENDPOINT,
    owner: "team-a",
    decision: "unreviewed",
    environment: null,
    vendor: "Acme AI",
    approval,
    drift: [],
    findings: [],
    risk: 0,
    knownDays: 0,
    quietDays: 0,
  });
  const ids = hits.map(({ policy }) => policy.id).filter((id) => id.startsWith("ai-vendor-not-approved"));
  expect(ids).toEqual(expected);
});

test("policies name findings that exist", async () => {
  const read = readPolicies(await shipped("policies.yaml"));
  const named = read.ok ? read.value.policies.flatMap(({ when }) => when.finding ?? []) : [];
  expect(named.filter((id) => !findingRuleIds.includes(id))).toEqual([]);
});

test("the list of vendors that is shipped is read", async () => {
  expect(readApprovals(await shipped("ai-vendors.yaml")).ok).toBe(true);
});
