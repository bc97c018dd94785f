// Each rule about one endpoint holds where it should, says so in a sentence, and is silent elsewhere.
import { describe, expect, test } from "vitest";
import { AI_RULES } from "../../../src/inventory/ai-rules.ts";
import { boundedOf } from "../../../src/model/bounded.ts";
import { boundsOf, dataClassKey, FACT_CAPS } from "../../../src/model/facts.ts";
import type { DataClassFacts, Place } from "../../../src/model/sighting.ts";
import type { EndpointParts } from "./an-ai-endpoint.ts";
import { anAiEndpoint } from "./an-ai-endpoint.ts";

function held(parts: EndpointParts): Readonly<Record<string, string>> {
  const endpoint = anAiEndpoint(parts);
  return Object.fromEntries(
    AI_RULES.flatMap((rule) => {
      const text = rule.holds(endpoint);
      return text === null ? [] : [[rule.id, text]];
    }),
  );
}

function carries(dataClass: string, place: Place) {
  const found: DataClassFacts = { dataClass, place, field: "text", exchanges: 1 };
  return { dataClasses: boundedOf([[dataClassKey(found), found]], boundsOf(FACT_CAPS).dataClasses) };
}

const shape = {
  count: 1,
  object: { count: 1, fields: { kept: { prompt: { count: 1 } }, tau: null, rest: null } },
};
const bounded = {
  count: 1,
  object: { count: 1, fields: { kept: { max_tokens: { count: 1 } }, tau: null, rest: null } },
};
const body = (of: typeof shape | typeof bounded) => ({
  requestBodies: { "application/json": { count: 1, shaped: 1, truncated: 0, unparsed: 0, shape: of } },
});
const shifted = {
  from: 0,
  before: { "prompt other": 500 },
  days: { 20: { "prompt code": 60, "prompt other": 40 } },
};
const consumer = { role: "consumer", vendor: "Acme AI" } as const;

describe.each<readonly [string, EndpointParts]>([
  ["ai-unauthenticated", { auth: "none" }],
  ["ai-vector-open", { auth: "none", verdict: { kind: "vector-db" } }],
  ["ai-cleartext", { facts: { schemes: { http: 2 } } }],
  ["ai-unbounded", { facts: body(shape) }],
  ["ai-key-in-browser", { said: { marks: { "key-in-browser": 1 } } }],
  ["ai-any-origin", { said: { marks: { "any-origin-with-credentials": 1 } } }],
  ["ai-private-target", { said: { marks: { "metadata-url": 1 } } }],
  ["ai-sensitive-prompt", { verdict: consumer, facts: carries("email", "request.body") }],
  ["ai-secret-in-answer", { said: { leaks: { "some-key": { answers: 2, unasked: 1 } } } }],
  ["ai-unasked-data", { said: { leaks: { email: { answers: 2, unasked: 1 } } } }],
  ["ai-system-prompt-leak", { said: { marks: { "system-prompt-in-answer": 1 } } }],
  ["ai-source-code-sent", { verdict: consumer, said: { content: { "prompt code": 4 } } }],
  ["ai-content-shift", { said: { contentDays: shifted } }],
  ["ai-model-download", { said: { marks: { "model-download gguf": 1 } } }],
  [
    "ai-key-changed",
    {
      said: {
        credentials: {
          kept: {
            a: { requests: 1, firstSeen: 0, lastSeen: 5 },
            b: { requests: 1, firstSeen: 9, lastSeen: 9 },
          },
          tau: null,
          rest: null,
        },
      },
    },
  ],
])("%s", (id, parts) => {
  test("holds", () => {
    expect(Object.keys(held(parts))).toContain(id);
  });

  test("does not hold of an endpoint without any of it", () => {
    expect(Object.keys(held({}))).not.toContain(id);
  });
});

test("a quiet endpoint has no findings", () => {
  expect(held({ facts: body(bounded) })).toEqual({});
});

test("values that were asked for are no leak", () => {
  expect(held({ said: { leaks: { email: { answers: 2, unasked: 0 } } } })).toEqual({});
});

test("what does not look like AI is left to other rules", () => {
  const plain = {
    verdict: { verdict: "none", role: null },
    auth: "none",
    facts: { schemes: { http: 1 } },
  } as const;
  expect(held(plain)).toEqual({});
});

test("each rule names the risks it is about", () => {
  for (const { owasp, title } of AI_RULES) {
    expect(title).not.toBe("");
    for (const risk of owasp) expect(risk).toMatch(/^(?:LLM(?:0[1-9]|10):2025|API(?:[1-9]|10):2023)$/);
  }
});
