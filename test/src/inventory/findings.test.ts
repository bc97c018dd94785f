// Each rule holds on exactly the endpoint it is about.
import { describe, expect, test } from "vitest";
import { findingRules, findingsOf } from "../../../src/inventory/findings.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import type { AuthScheme } from "../../../src/model/sighting.ts";
import { anEndpoint, someFacts } from "../../support/builders.ts";

function auth(scheme: AuthScheme, name: string | null, successes = 1) {
  return { scheme, name, requests: 1, successes };
}
const email = { dataClass: "email", place: "response.body", field: "email", exchanges: 1 } as const;
const quiet = anEndpoint({ standing: "documented" });

const cases: readonly (readonly [string, Endpoint])[] = [
  ["shadow", anEndpoint()],
  ["zombie", anEndpoint({ standing: "zombie", standingReason: "deprecated in shop.yaml" })],
  ["ai", { ...quiet, ai: { ...NO_AI, verdict: "likely", kind: "chat-completion" } }],
  ["no-auth", { ...quiet, facts: someFacts({ auth: [auth("none", null)], dataClasses: [email] }) }],
  ["key-in-url", { ...quiet, facts: someFacts({ auth: [auth("api-key-query", "api_key")] }) }],
  [
    "cleartext",
    { ...quiet, facts: someFacts({ auth: [auth("basic", "authorization")], schemes: { http: 2 } }) },
  ],
];

describe("rules", () => {
  test.each(cases)("%s holds on its case alone", (rule, endpoint) => {
    expect(findingsOf([endpoint]).map((finding) => finding.rule)).toEqual([rule]);
  });
  test("every rule has a case", () => {
    expect(cases.map(([rule]) => rule)).toEqual(
      // Those about language models, drift and reach have theirs beside their tables.
      findingRules.map((rule) => rule.id).filter((id) => !/^(?:ai-|drift\.|reach\.)/.test(id)),
    );
  });
});

test.each([
  ["documented and quiet", quiet],
  ["noise", anEndpoint({ confidence: "noise" })],
  ["a page", anEndpoint({ category: "page" })],
  [
    "refused without credentials",
    { ...quiet, facts: someFacts({ auth: [auth("none", null, 0)], dataClasses: [email] }) },
  ],
])("%s gives no finding", (_, endpoint) => {
  expect(findingsOf([endpoint])).toEqual([]);
});

test("what was heard only encrypted finds nothing", () => {
  const ai = { ...NO_AI, verdict: "likely" as const };
  expect(findingsOf([anEndpoint({ category: "encrypted", standing: "unjudged", ai })])).toEqual([]);
});
