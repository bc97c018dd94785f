// Rules about endpoints that agents use or find out.
import { expect, test } from "vitest";
import { AI_DYNAMIC_RULES } from "../../../src/inventory/ai-dynamic-rules.ts";
import { boundedOf } from "../../../src/model/bounded.ts";
import { boundsOf, callerKey, FACT_CAPS } from "../../../src/model/facts.ts";
import type { EndpointParts } from "./an-ai-endpoint.ts";
import { anAiEndpoint } from "./an-ai-endpoint.ts";

function held(parts: EndpointParts): readonly (readonly [string, string])[] {
  const endpoint = anAiEndpoint({ verdict: { verdict: "none", kind: null, role: null }, ...parts });
  return AI_DYNAMIC_RULES.flatMap((rule) => {
    const text = rule.holds(endpoint);
    return text === null ? [] : [[rule.id, text] as const];
  });
}

function calledBy(actor?: string) {
  const row = { address: "10.0.0.9", agent: "httpx", requests: 40, firstSeen: 0, lastSeen: 0 };
  const caller = { ...row, ...(actor !== undefined && { actor }) };
  return { requests: 40, callers: boundedOf([[callerKey(row), caller]], boundsOf(FACT_CAPS).callers) };
}

test("only agents call it", () => {
  expect(held({ facts: calledBy("coding-agent") })).toEqual([
    ["ai-agent-only", "all but 5 % of 40 requests came from coding-agent, none from a browser"],
  ]);
  expect(held({ facts: calledBy() })).toEqual([]);
  expect(held({ facts: calledBy("coding-agent"), verdict: {} })).toEqual([]);
});

test("found out by trial", () => {
  expect(held({ said: { marks: { "corrected-call": 3 } } })).toEqual([
    [
      "ai-trial-and-error",
      "3 refused calls asked otherwise and answered within seconds, as agents do that read the error",
    ],
  ]);
  expect(held({ said: { marks: { "corrected-call": 2 } } })).toEqual([]);
  expect(held({ confidence: "noise", said: { marks: { "corrected-call": 3 } } })).toEqual([]);
});
