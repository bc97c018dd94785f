// Signs of one service together; names alone say nothing, and ordinary inventories have none.
import { describe, expect, test } from "vitest";
import { dynamicApis, dynamicRow } from "../../../src/inventory/ai-dynamic.ts";
import { emptyFacts } from "../../../src/model/facts.ts";
import { anAiEndpoint } from "./an-ai-endpoint.ts";

const DAY = 86_400_000;
const NOT_AI = { verdict: "none", kind: null, role: null } as const;

function rows(corrected: number, path = "/tools/fn_refund", extra: object = {}) {
  const endpoint = anAiEndpoint({
    path,
    verdict: NOT_AI,
    facts: { ...emptyFacts(0), requests: 30, ...extra },
    said: { marks: { "corrected-call": corrected } },
  });
  return [dynamicRow(endpoint)].flatMap((row) => row ?? []);
}

test("two signs make it likely; each endpoint says which are its own", () => {
  expect(dynamicApis(rows(4))).toMatchObject([
    {
      authority: "ai.test",
      isLikely: true,
      signs: [{ sign: "machine-named" }, { sign: "trial-and-error" }],
      endpoints: [{ path: "/tools/fn_refund", signs: ["machine-named", "trial-and-error"] }],
    },
  ]);
});

test("one sign is told and proves nothing; a name alone is not told", () => {
  expect(dynamicApis(rows(4, "/refunds"))).toMatchObject([{ isLikely: false }]);
  expect(dynamicApis(rows(0))).toEqual([]);
});

describe("no row", () => {
  test.each([
    ["never heard", { ...anAiEndpoint(), facts: null }],
    ["noise", { ...anAiEndpoint(), confidence: "noise" as const }],
    ["encrypted", { ...anAiEndpoint(), category: "encrypted" as const }],
  ])("%s", (_, endpoint) => {
    expect(dynamicRow(endpoint)).toBeNull();
  });
});

test("order does not matter", () => {
  const all = [...rows(4), ...rows(4, "/a"), ...rows(0, "/b", { firstSeen: DAY, lastSeen: DAY })];
  expect(dynamicApis(all)).toEqual(dynamicApis(all.toReversed()));
});
