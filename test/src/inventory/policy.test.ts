// What each kind of condition means, how conditions combine, and what the hit says.
import { describe, expect, test } from "vitest";
import type { Conditions, PolicySubject } from "../../../src/inventory/policy.ts";
import { compilePolicies } from "../../../src/inventory/policy.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import { anEndpoint, NOON, someFacts } from "../../support/builders.ts";
import { declaring } from "../../support/callers.ts";

const endpoint = anEndpoint({
  authority: "api.shop.svc.cluster.local:8443",
  ai: { ...NO_AI, verdict: "likely", kind: "chat-completion", role: "gateway", formats: ["openai.chat"] },
  facts: someFacts({
    auth: [{ scheme: "none", name: null, requests: 3, successes: 3 }],
    dataClasses: [
      { dataClass: "email", place: "response.body", field: "user.email", exchanges: 2 },
      { dataClass: "jwt", place: "request.body", field: "token", exchanges: 2 },
    ],
    callers: [{ address: "203.0.113.9", agent: "curl", requests: 1, firstSeen: NOON, lastSeen: NOON }],
  }),
});
const subject: PolicySubject = {
  endpoint,
  owner: null,
  decision: "unreviewed",
  environment: "prod",
  vendor: "openai",
  approval: "unreviewed",
  drift: ["auth-weakened"],
  findings: ["no-auth"],
  risk: 70,
  knownDays: 7.5,
  quietDays: 2,
};
const hits = (when: Conditions, unless?: Conditions, asked = subject) =>
  compilePolicies([{ id: "p", title: "P", severity: "low", notify: [], when, ...(unless && { unless }) }])(
    asked,
  );

test("on which side callers are goes by what people said of their networks", () => {
  const own: PolicySubject = { ...subject, exposureAt: () => "internal" };
  expect(hits({ exposure: ["external"] }, undefined, own)).toEqual([]);
  expect(hits({ exposure: ["internal"] }, undefined, own)).toHaveLength(1);
});

test("a namespace is that of the authority, or one that is declared", () => {
  const endpoint = declaring([{ namespace: "pay" }]);
  const asked: PolicySubject = { ...subject, endpoint };
  expect(hits({ namespace: ["pa*"] }, undefined, asked).map(({ text }) => text)).toEqual(["namespace pay"]);
  expect(hits({ namespace: ["*"] }, undefined, { ...subject, endpoint: anEndpoint() })).toEqual([]);
});

describe("conditions", () => {
  const cases: readonly [Conditions, Conditions, string][] = [
    [{ service: ["api.**"] }, { service: ["web.**"] }, "service api.shop.svc.cluster.local"],
    [{ namespace: ["shop"] }, { namespace: ["ship"] }, "namespace shop"],
    [{ method: ["GET"] }, { method: ["POST"] }, "method GET"],
    [{ path: ["/orders/*"] }, { path: ["/orders"] }, "path /orders/{orderId}"],
    [{ standing: ["shadow"] }, { standing: ["zombie"] }, "standing shadow"],
    [{ confidence: ["confirmed"] }, { confidence: ["candidate"] }, "confidence confirmed"],
    [{ decision: ["unreviewed"] }, { decision: ["approved"] }, "decision unreviewed"],
    [{ auth: ["none"] }, { auth: ["basic"] }, "auth none"],
    [{ data_class: ["jwt", "iban"] }, { data_class: ["iban"] }, "carries jwt"],
    [{ answers_with: ["email"] }, { answers_with: ["jwt"] }, "answers with email"],
    [{ ai_verdict: ["likely"] }, { ai_verdict: ["confirmed"] }, "AI verdict likely"],
    [{ ai_kind: ["chat-completion"] }, { ai_kind: ["embedding"] }, "AI kind chat-completion"],
    [{ ai_role: ["gateway"] }, { ai_role: ["consumer"] }, "AI role gateway"],
    [{ ai_format: ["openai"] }, { ai_format: ["anthropic"] }, "AI format openai"],
    [{ ai_vendor: ["OpenAI"] }, { ai_vendor: ["Acme"] }, "AI vendor openai"],
    [{ ai_approval: ["unreviewed"] }, { ai_approval: ["sanctioned"] }, "AI vendor unreviewed"],
    [{ exposure: ["external"] }, { exposure: ["internal"] }, "exposure external"],
    [{ owner: ["none"] }, { owner: ["orders"] }, "owner none"],
    [{ environment: ["prod"] }, { environment: ["test"] }, "environment prod"],
    [{ drift: ["auth-weakened"] }, { drift: ["other"] }, "drift auth-weakened"],
    [{ finding: ["no-auth"] }, { finding: ["shadow"] }, "finding no-auth"],
    [{ known_for_days: 7 }, { known_for_days: 8 }, "known for 7 days"],
    [{ quiet_for_days: 2 }, { quiet_for_days: 3 }, "not heard for 2 days"],
    [{ risk_at_least: 70 }, { risk_at_least: 71 }, "risk 70"],
  ];
  test.each(cases)("%j holds, %j does not", (holds, fails, text) => {
    expect(hits(holds).map((hit) => hit.text)).toEqual([text]);
    expect(hits(fails)).toEqual([]);
  });

  test("all must hold, and what is excepted is excepted", () => {
    expect(hits({ auth: ["none"], standing: ["shadow"] })[0]?.text).toBe("standing shadow; auth none");
    expect(hits({ auth: ["none"], standing: ["zombie"] })).toEqual([]);
    expect(hits({ auth: ["none"] }, { environment: ["prod"] })).toEqual([]);
    expect(hits({ auth: ["none"] }, { environment: ["test"] })).toHaveLength(1);
  });

  test("noise hits nothing", () => {
    const noise = { ...subject, endpoint: { ...endpoint, confidence: "noise" as const } };
    expect(hits({ auth: ["none"] }, undefined, noise)).toEqual([]);
  });
});
