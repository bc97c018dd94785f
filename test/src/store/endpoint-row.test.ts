// The columns that repeat facts say what the facts say.
import { expect, test } from "vitest";
import { keysOf } from "../../../src/store/endpoint-row.ts";
import { anEndpoint, NOON, someFacts } from "../../support/builders.ts";

test("schemes and classes appear once, however often they were met", () => {
  const email = { dataClass: "email", exchanges: 1 } as const;
  const facts = someFacts({
    requests: 7,
    firstSeen: NOON + 0.4,
    lastSeen: NOON + 1.6,
    auth: [
      { scheme: "bearer-jwt", name: "authorization", requests: 1, successes: 1 },
      { scheme: "bearer-jwt", name: "x-token", requests: 1, successes: 1 },
      { scheme: "basic", name: "authorization", requests: 1, successes: 1 },
    ],
    dataClasses: [
      { ...email, place: "request.body", field: "a" },
      { ...email, place: "request.query", field: "b" },
    ],
  });
  expect(keysOf(anEndpoint({ path: "/a", facts }))).toEqual({
    aiVerdict: "none",
    authSchemes: ["basic", "bearer-jwt"],
    dataClasses: ["email"],
    firstSeen: NOON,
    lastSeen: NOON + 2,
    requests: 7,
    pathOrder: "/a\u0001GET\u0001shop.test",
  });
});

test("what was never seen sorts below everything seen", () => {
  expect(keysOf(anEndpoint({ facts: null }))).toMatchObject({
    authSchemes: [],
    dataClasses: [],
    firstSeen: 0,
    lastSeen: 0,
    requests: 0,
  });
});
