// Governance as the API shows it: names in its spelling, times as ISO 8601, nothing that only the store needs.
import { expect, test } from "vitest";
import {
  findingJson,
  findingSchema,
  governanceJson,
  governanceSchema,
  teamSchema,
} from "../../../src/api/governance-json.ts";
import { axesOf } from "../../../src/inventory/axes.ts";
import { changed, unreviewed } from "../../../src/model/governance.ts";
import { anEndpoint, NOON } from "../../support/builders.ts";
import { declaring } from "../../support/callers.ts";
import { aFindingRecord } from "../../support/governance.ts";

test("findings keep to their schema, times become text", () => {
  const json = findingJson(aFindingRecord({ acceptedUntil: NOON, state: "accepted" }));
  expect(findingSchema.safeParse(json).success).toBe(true);
  expect(json).toMatchObject({ accepted_until: "2026-11-02T12:00:00.000Z", resolved_at: null });
  expect(json).not.toHaveProperty("notify");
});

test("what is decided comes with its history", () => {
  const said = changed(unreviewed("ep_1"), {
    at: NOON,
    by: "api",
    reason: "r",
    field: "decision",
    to: "approved",
  });
  const claim = { owner: "orders", source: "rule" as const, confidence: 1, reason: "rule 1" };
  const json = governanceJson({
    endpoint: declaring([{ name: "orders" }]),
    said,
    axes: axesOf(anEndpoint(), { events: [], said, heardLast: null }),
    ownership: { owner: claim, conflicts: [], proposals: [] },
    risk: {
      score: 15,
      factors: [{ id: "undocumented", points: 15, reason: "no document", owasp: ["API9"] }],
    },
    findings: [aFindingRecord()],
  });
  expect(governanceSchema.safeParse(json).success).toBe(true);
  expect(json).toMatchObject({
    axes: {
      documentation: { state: "shadow", by: null },
      traffic: { state: "confirmed" },
      governance: { state: "approved", since: "2026-11-02T12:00:00.000Z", by: "api", evidence: "r" },
    },
    decision: "approved",
    decided_at: "2026-11-02T12:00:00.000Z",
    owner: claim,
    history: [{ at: "2026-11-02T12:00:00.000Z", from: "unreviewed", to: "approved" }],
  });
});

test.each([
  [{ kind: "email", address: "nobody" }],
  [{ kind: "webhook", url: "ftp://a.test/" }],
  [{ kind: "pigeon", url: "http://a.test/" }],
])("%j is no contact", (contact) => {
  expect(teamSchema.safeParse({ id: "a", name: "A", contacts: [contact] }).success).toBe(false);
});
