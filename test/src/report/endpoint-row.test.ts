// One row of an endpoint, as lists and reports share it.
import { expect, test } from "vitest";
import { endpointRow, evidenceRow } from "../../../src/report/endpoint-row.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import { anEndpoint, NOON, someFacts } from "../../support/builders.ts";

test("what was asked with most comes first, the rest in order of its name", () => {
  const facts = someFacts({
    auth: [
      { scheme: "basic", name: "authorization", requests: 1, successes: 0 },
      { scheme: "none", name: null, requests: 3, successes: 3 },
      { scheme: "api-key-header", name: "x-key", requests: 1, successes: 1 },
    ],
    dataClasses: [
      { dataClass: "iban", place: "request.body", field: "to", exchanges: 9 },
      { dataClass: "email", place: "request.query", field: "q", exchanges: 1 },
    ],
    firstSeen: NOON,
    lastSeen: NOON,
  });
  const row = endpointRow(anEndpoint({ facts, ai: { ...NO_AI, formats: ["openai-chat"] } }));
  expect(row.auth.map(({ scheme }) => scheme)).toEqual(["none", "api-key-header", "basic"]);
  expect(row.data_classes.map((found) => found.data_class)).toEqual(["email", "iban"]);
  expect(row.first_seen).toBe("2026-11-02T12:00:00.000Z");
  expect(row.ai).toEqual({
    verdict: "none",
    score: 0,
    kind: null,
    role: null,
    formats: ["openai-chat"],
    vendor: null,
    basis: null,
    product: null,
    models: [],
  });
});

test("what was never heard has neither times nor counts", () => {
  expect(endpointRow(anEndpoint({ facts: null }))).toMatchObject({
    requests: 0,
    first_seen: null,
    last_seen: null,
    statuses: {},
    auth: [],
    data_classes: [],
  });
});

test("evidence of older versions has no times", () => {
  const old = { group: "path", weight: 1, text: "t", count: 2 };
  expect(evidenceRow(old)).toEqual({ ...old, first_seen: null, last_seen: null });
  expect(evidenceRow({ ...old, firstSeen: NOON, lastSeen: NOON }).first_seen).toBe(
    "2026-11-02T12:00:00.000Z",
  );
});
