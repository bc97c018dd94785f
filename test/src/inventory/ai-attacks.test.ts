// Attacks by how far they came; signatures that need context wait for it.
import { expect, test } from "vitest";
import { AI_ATTACK_RULES } from "../../../src/inventory/ai-attacks.ts";
import type { SignatureFacts } from "../../../src/model/ai-facts.ts";
import type { EndpointParts } from "./an-ai-endpoint.ts";
import { anAiEndpoint } from "./an-ai-endpoint.ts";

const counts = (of: Partial<SignatureFacts>): SignatureFacts => ({
  attempt: 0,
  reached: 0,
  effect: 0,
  firstSeen: 0,
  lastSeen: 0,
  ...of,
});
const NOT_AI = { verdict: { verdict: "none", role: null, kind: null } } as const;

function held(parts: EndpointParts): readonly string[] {
  const endpoint = anAiEndpoint(parts);
  return AI_ATTACK_RULES.filter((rule) => rule.holds(endpoint) !== null).map(({ id }) => id);
}

test.each<readonly [string, EndpointParts, readonly string[]]>([
  [
    "an attempt",
    { ...NOT_AI, said: { signatures: { "nextchat-cors-ssrf": counts({ attempt: 2 }) } } },
    ["ai-exploit-attempt"],
  ],
  [
    "an attack that was answered",
    { ...NOT_AI, said: { signatures: { "ray-job-rce": counts({ reached: 1 }) } } },
    ["ai-exploit"],
  ],
  [
    "a door left open",
    { said: { signatures: { "vllm-control-open": counts({ reached: 1 }) } } },
    ["ai-exposed-control"],
  ],
  [
    "the same path elsewhere",
    { ...NOT_AI, said: { signatures: { "vllm-control-open": counts({ reached: 1 }) } } },
    [],
  ],
  [
    "a signature without its context",
    { ...NOT_AI, said: { signatures: { "jupyter-token-url": counts({ reached: 1 }) } } },
    [],
  ],
  ["an unknown signature", { said: { signatures: { "of-another-version": counts({ reached: 1 }) } } }, []],
  [
    "injection in a prompt",
    { said: { patterns: { "prompt override": { texts: 1, flagged: 1 } } } },
    ["ai-prompt-injection"],
  ],
  ["a weak pattern", { said: { patterns: { "prompt override": { texts: 1, flagged: 0 } } } }, []],
  [
    "instructions in a tool's result",
    { ...NOT_AI, said: { patterns: { "tool-result indirect": { texts: 1, flagged: 1 } } } },
    ["ai-indirect-injection"],
  ],
  [
    "script in an answer",
    { said: { patterns: { "answer unsafe-output": { texts: 1, flagged: 1 } } } },
    ["ai-unsafe-output"],
  ],
])("%s", (_, parts, rules) => {
  expect(held(parts)).toEqual(rules);
});

test("the sentence names product, weakness and number", () => {
  const endpoint = anAiEndpoint({
    said: { signatures: { "nextchat-cors-ssrf": counts({ reached: 1, effect: 2 }) } },
  });
  expect(AI_ATTACK_RULES[0]?.holds(endpoint)).toBe(
    "NextChat, request forgery, CVE-2023-49785: 3 requests, and the answer shows that it worked",
  );
});
