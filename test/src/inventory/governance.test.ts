// From endpoints, rules and past to records, owners and what is told to whom.
import { describe, expect, test } from "vitest";
import type { GovernanceKnown, Rulebook } from "../../../src/inventory/governance.ts";
import { judgeEndpoints } from "../../../src/inventory/governance.ts";
import { compileOwnerRules } from "../../../src/inventory/owner-rules.ts";
import type { Policy } from "../../../src/inventory/policy.ts";
import { compilePolicies } from "../../../src/inventory/policy.ts";
import { unreviewed } from "../../../src/model/governance.ts";
import { anEndpoint, NOON, someFacts } from "../../support/builders.ts";
import { aHistory, DAY } from "./a-history.ts";

const NOTHING: GovernanceKnown = { decisions: new Map(), findings: [], gone: [] };
const hook = { kind: "webhook" as const, url: "https://hooks.shop.test/orders" };
const policy: Policy = {
  id: "shadow-data",
  title: "Data of nobody's document",
  severity: "high",
  when: { finding: ["shadow"], answers_with: ["email"] },
  notify: ["owner", "security"],
  advice: "Document it.",
};

function rulebook(given: Partial<Rulebook> = {}): Rulebook {
  return {
    owners: {
      imports: [],
      specs: new Map(),
      rule: compileOwnerRules([{ owner: "orders", path: "/orders/**" }]),
    },
    policies: compilePolicies([policy]),
    teams: new Map([
      ["orders", { id: "orders", name: "Orders", contacts: [hook] }],
      [
        "security",
        { id: "security", name: "Security", contacts: [{ kind: "email", address: "sec@shop.test" }] },
      ],
    ]),
    sinks: [],
    environmentOf: () => null,
    ...given,
  };
}

const leaky = anEndpoint({
  facts: someFacts({
    dataClasses: [{ dataClass: "email", place: "response.body", field: "email", exchanges: 1 }],
  }),
});

describe("judging", () => {
  const judged = judgeEndpoints([leaky], NOTHING, rulebook(), NOON);

  test("owners come from the rules", () => {
    expect(judged.owners).toEqual(new Map([[leaky.id, "orders"]]));
    const said = { ...unreviewed(leaky.id), owner: "ann" };
    const known = { ...NOTHING, decisions: new Map([[leaky.id, said]]) };
    expect(judgeEndpoints([leaky], known, rulebook(), NOON).owners.get(leaky.id)).toBe("ann");
  });

  test("findings of rules and policies are records of one kind", () => {
    expect(judged.records.map(({ rule, state, text }) => [rule, state, text])).toEqual([
      ["shadow", "open", "answers requests but stands in no API document (no document lists it)"],
      ["policy.shadow-data", "open", "answers with email; finding shadow. Document it."],
    ]);
  });

  test("each contact of each team is told once of what is serious", () => {
    expect(
      judged.deliveries.map(({ contact, news }) => [contact.kind, news.finding.rule, news.turn]),
    ).toEqual([
      ["webhook", "policy.shadow-data", "opened"],
      ["email", "policy.shadow-data", "opened"],
    ]);
    expect(new Set(judged.deliveries.map(({ id }) => id)).size).toBe(2);
  });

  test("sinks hear of everything", () => {
    const sink = { kind: "syslog" as const, address: "udp://siem.test:514" };
    const { deliveries } = judgeEndpoints(
      [leaky],
      NOTHING,
      rulebook({ sinks: [sink], teams: new Map() }),
      NOON,
    );
    expect(deliveries.map(({ contact, news }) => [contact, news.finding.rule])).toEqual([
      [sink, "shadow"],
      [sink, "policy.shadow-data"],
    ]);
  });

  test("the same again is no news", () => {
    const known = { ...NOTHING, findings: judged.records };
    expect(judgeEndpoints([leaky], known, rulebook(), NOON + 5)).toMatchObject({
      records: [],
      deliveries: [],
    });
  });

  test("what is gone holds nothing", () => {
    const known = { ...NOTHING, findings: judged.records, gone: [leaky.id] };
    const { records, deliveries } = judgeEndpoints([], known, rulebook(), NOON + 5);
    expect(records.map(({ state }) => state)).toEqual(["resolved", "resolved"]);
    expect(deliveries).toEqual([]);
  });

  test("decisions and environments reach the policies", () => {
    const asked: Policy = { ...policy, when: { decision: ["approved"], environment: ["prod"] } };
    const rules = rulebook({ policies: compilePolicies([asked]), environmentOf: () => "prod" });
    const decided = { ...unreviewed(leaky.id), decision: "approved" as const };
    const known = { ...NOTHING, decisions: new Map([[leaky.id, decided]]) };
    expect(judgeEndpoints([leaky], known, rules, NOON).records).toHaveLength(2);
    expect(judgeEndpoints([leaky], NOTHING, rules, NOON).records).toHaveLength(1);
  });
});

test("silence opens a finding, stays while nobody knows, and is over with the next request", () => {
  const history = aHistory(...Array.from({ length: 14 }, (_, day) => ({ day, count: 50 })));
  const quiet = anEndpoint({
    standing: "documented",
    facts: { ...someFacts(), lastSeen: 13.9 * DAY, history },
  });
  const judged = (heard: number | null, findings = NOTHING.findings, endpoint = quiet) => {
    const lastHeard = new Map(heard === null ? [] : [[endpoint.authority, heard * DAY] as const]);
    const around = { lastHeard, reach: new Map(), isWhole: false };
    const { records } = judgeEndpoints([endpoint], { ...NOTHING, findings, around }, rulebook(), NOON);
    return records.filter(({ rule }) => rule === "drift.silent");
  };
  const opened = judged(17);
  expect(opened).toMatchObject([{ state: "open", severity: "medium" }]);
  expect(judged(null)).toEqual([]);
  expect(judged(null, opened)).toEqual([]);
  const again = anEndpoint({ ...quiet, facts: { ...someFacts(), lastSeen: 17.5 * DAY, history } });
  expect(judged(17, opened, again)).toMatchObject([{ state: "resolved" }]);
});

describe("who should not reach it", () => {
  const rule = "reach.model-from-users";
  const held = {
    rule,
    title: "Users reach a model server itself",
    severity: "high" as const,
    text: "offices calls it",
    notify: ["owner"],
    reviewWithinDays: null,
  };
  const asked: Policy = { ...policy, when: { finding: [rule] } };
  const rules = rulebook({ policies: compilePolicies([asked]) });
  const judged = (reach: ReadonlyMap<string, readonly (typeof held)[]>, isWhole: boolean, past = NOTHING) =>
    judgeEndpoints(
      [leaky],
      { ...past, around: { lastHeard: new Map(), reach, isWhole } },
      rules,
      NOON,
    ).records.filter((record) => record.rule !== "shadow");
  const opened = judged(new Map([[leaky.id, [held]]]), false);
  const past = { ...NOTHING, findings: opened };

  test("is a finding, and policies build on it", () => {
    expect(opened.map((record) => [record.rule, record.state])).toEqual([
      [rule, "open"],
      ["policy.shadow-data", "open"],
    ]);
  });
  test("stays until everything was looked at", () => {
    expect(judged(new Map(), false, past)).toEqual([]);
    expect(judgeEndpoints([leaky], past, rules, NOON).records.map((record) => record.rule)).toEqual([
      "shadow",
    ]);
    expect(judged(new Map(), true, past).map(({ state }) => state)).toEqual(["resolved", "resolved"]);
  });
});
