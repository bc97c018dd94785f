// Factors, their reasons and the bound of their sum.
import { expect, test } from "vitest";
import { riskOf } from "../../../src/inventory/risk.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import { anEndpoint, NOON, someFacts } from "../../support/builders.ts";

const quiet = someFacts({
  auth: [{ scheme: "bearer-jwt", name: "authorization", requests: 1, successes: 1 }],
});

test("a documented endpoint behind a token carries none", () => {
  expect(riskOf(anEndpoint({ standing: "documented", facts: quiet }))).toEqual({ score: 0, factors: [] });
});

test("each factor says why, and belongs to items of the two lists", () => {
  const facts = someFacts({
    auth: [{ scheme: "none", name: null, requests: 4, successes: 3 }],
    dataClasses: [{ dataClass: "iban", place: "response.body", field: "iban", exchanges: 1 }],
    callers: [{ address: "203.0.113.9", agent: "", requests: 1, firstSeen: NOON, lastSeen: NOON }],
    schemes: { http: 4 },
  });
  const ai = { ...NO_AI, verdict: "confirmed" as const, kind: "chat-completion" };
  const { score, factors } = riskOf(anEndpoint({ facts, ai }), [
    { severity: "critical" },
    { severity: "low" },
  ]);
  expect(score).toBe(100);
  expect(factors.map(({ id }) => id)).toEqual([
    "open-sensitive",
    "sensitive",
    "external",
    "no-auth",
    "cleartext",
    "undocumented",
    "ai",
    "findings",
  ]);
  const own = riskOf(anEndpoint({ facts, ai }), [], () => "internal");
  expect(own.factors.map(({ id }) => id)).not.toContain("external");
  expect(factors[0]).toMatchObject({
    reason: "answers iban without any credential",
    owasp: ["API2", "API3", "LLM02"],
  });
  expect(factors.at(-1)?.reason).toBe("1 open finding of high or critical severity");
  expect(
    factors.flatMap(({ owasp }) => owasp).every((item) => /^(API([1-9]|10)|LLM(0[1-9]|10))$/.test(item)),
  ).toBe(true);
});

test("what is no API carries none", () => {
  expect(riskOf(anEndpoint({ confidence: "noise" })).score).toBe(0);
  expect(riskOf(anEndpoint({ standing: "zombie", facts: quiet })).score).toBe(20);
});
