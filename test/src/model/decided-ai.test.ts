// A person's word on the AI verdict stands, whatever the evidence.
import { expect, test } from "vitest";
import { withDecidedAi } from "../../../src/model/decided-ai.ts";
import type { AiVerdict } from "../../../src/model/inventory.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import { anEndpoint } from "../api/an-inventory.ts";

const LIKELY: AiVerdict = {
  ...NO_AI,
  verdict: "likely",
  score: 0.6,
  kind: "chat-completion",
  role: "provider",
  evidence: [{ group: "language", weight: 1.6, text: "text goes in and text comes out", count: 2 }],
};

test("not decided: the evidence decides", () => {
  const endpoint = anEndpoint({ ai: LIKELY });
  expect(withDecidedAi(endpoint, null)).toBe(endpoint);
  expect(withDecidedAi(endpoint, {})).toBe(endpoint);
  expect(withDecidedAi(endpoint, { ai: null })).toBe(endpoint);
});

test("not AI: no verdict, and the evidence can still be read", () => {
  const { ai } = withDecidedAi(anEndpoint({ ai: LIKELY }), { ai: "not-ai" });
  expect(ai).toEqual({ ...LIKELY, verdict: "none", kind: null, role: null });
});

test("AI: confirmed without any evidence", () => {
  const { ai } = withDecidedAi(anEndpoint({ ai: NO_AI }), { ai: "ai" });
  expect(ai).toMatchObject({ verdict: "confirmed", role: "provider", evidence: [] });
});
