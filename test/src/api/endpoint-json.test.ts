// Endpoints as the API shows them.
import { expect, test } from "vitest";
import {
  endpointDetail,
  endpointDetailJson,
  endpointRow,
  endpointRowJson,
} from "../../../src/api/endpoint-json.ts";
import type { AiVerdict } from "../../../src/model/inventory.ts";
import { anEndpoint } from "./an-inventory.ts";

const CHAT: AiVerdict = {
  verdict: "confirmed",
  score: 0.99,
  kind: "chat-completion",
  role: "provider",
  formats: ["openai-chat"],
  evidence: [
    {
      group: "path",
      weight: 2,
      text: "path ends in /chat/completions",
      count: 4,
      firstSeen: 0,
      lastSeen: 60_000,
    },
  ],
  product: "vLLM",
  basis: "bodies",
};

test("a row tells what a list needs", () => {
  const row = endpointRowJson({ endpoint: anEndpoint({ ai: CHAT }), owner: "team-orders" });
  expect(row).toEqual({
    id: "ep_a",
    method: "GET",
    authority: "shop.test",
    path: "/orders/{orderId}",
    protocol: "http/1.1",
    style: "rest",
    operation: null,
    category: "api",
    confidence: "confirmed",
    standing: "shadow",
    owner: "team-orders",
    requests: 5,
    first_seen: "2026-07-01T09:30:00.000Z",
    last_seen: "2026-07-01T09:30:00.000Z",
    statuses: { "200": 5 },
    auth: [{ scheme: "bearer-jwt", name: "authorization", requests: 5, successes: 4 }],
    data_classes: [],
    distinct_callers: 1,
    ai: {
      verdict: "confirmed",
      score: 0.99,
      kind: "chat-completion",
      role: "provider",
      formats: ["openai-chat"],
      vendor: null,
      product: "vLLM",
      models: [],
      decided: null,
      basis: "bodies",
    },
  });
  expect(endpointRow.parse(row)).toEqual(row);
});

const ALONE = { redirectedFrom: null, merged: [] };

test("the detail adds the evidence and the reasons", () => {
  const detail = endpointDetailJson({
    ...ALONE,
    endpoint: anEndpoint({ ai: CHAT, specIds: ["spec_a"] }),
    owner: null,
  });
  expect(detail).toMatchObject({
    owner: null,
    ai: {
      evidence: [
        { group: "path", first_seen: "1970-01-01T00:00:00.000Z", last_seen: "1970-01-01T00:01:00.000Z" },
      ],
    },
    standing_reason: "no document was uploaded for shop.test",
    spec_ids: ["spec_a"],
    parameters: [{ name: "orderId", class: "uuid" }],
    facts: { requests: 5 },
  });
  expect(detail.findings.map(({ rule }) => rule)).toContain("shadow");
  expect(endpointDetail.parse(detail)).toEqual(detail);
});

test("an orphan was never heard", () => {
  const detail = endpointDetailJson({
    ...ALONE,
    endpoint: anEndpoint({ standing: "orphan", facts: null }),
    owner: null,
  });
  expect(detail).toMatchObject({ requests: 0, first_seen: null, last_seen: null, statuses: {}, facts: null });
});
