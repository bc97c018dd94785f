// The row follows from totals; only its id comes from the past.
import { expect, test } from "vitest";
import { apply } from "../../../src/inventory/apply.ts";
import type { Classified } from "../../../src/model/classified.ts";
import { endpointId } from "../../../src/model/identity.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import { createMatcher } from "../../../src/openapi/match.ts";
import { aSpec } from "../openapi/a-spec.ts";
import { anEndpoint, someFacts } from "./an-endpoint.ts";

const seen: Classified = {
  authority: "shop.test",
  method: "GET",
  path: "/pets",
  parameters: [],
  protocol: "http/1.1",
  style: "rest",
  operation: null,
  category: "api",
  ai: NO_AI,
  facts: someFacts({ at: 4 }),
  match: { kind: "none", reason: "no document was uploaded" },
};

test("a first sight", () => {
  const { endpoint, events } = apply(null, seen);
  expect(endpoint).toMatchObject({
    id: endpointId(seen),
    standing: "shadow",
    standingReason: "no document was uploaded",
    confidence: "candidate",
    specIds: [],
  });
  expect(endpoint).not.toHaveProperty("match");
  expect(events.map((event) => event.type)).toEqual(["endpoint-discovered"]);
});

test("the id stays", () => {
  expect(apply(anEndpoint({ id: "ep_old", path: "/pets" }), seen).endpoint.id).toBe("ep_old");
});

test("a second sight with a new scheme and a document is that news", () => {
  const { endpoint } = apply(null, seen);
  const match = createMatcher([aSpec(["GET /pets!"])])("shop.test", "GET", "/pets");
  const facts = someFacts({ at: 9, auth: "basic" });
  const next = apply(endpoint, { ...seen, match, facts });
  expect(next.endpoint).toMatchObject({ standing: "zombie", specIds: ["spec_a"], confidence: "confirmed" });
  expect(next.events.map(({ type, at }) => ({ type, at }))).toEqual([
    { type: "standing-changed", at: 9 },
    { type: "confidence-changed", at: 9 },
    { type: "auth-found", at: 9 },
  ]);
});
