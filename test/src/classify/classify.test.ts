// An endpoint gets a category and an AI verdict by everything known of it.
import { expect, test } from "vitest";
import { judge } from "../../../src/classify/classify.ts";
import type { DocumentMatch } from "../../../src/model/document.ts";
import { createMatcher } from "../../../src/openapi/match.ts";
import { aShapeOf } from "../inventory/an-endpoint.ts";
import { aSpec } from "../openapi/a-spec.ts";
import { aSighting } from "./a-sighting.ts";

const NONE: DocumentMatch = { kind: "none", reason: "no document" };

function judged({ key, facts }: ReturnType<typeof aSighting>, match = NONE) {
  return judge({ ...key, parameters: [] }, facts, match);
}

test("what is known of it stays beside what is made of it", () => {
  expect(judged(aSighting("GET /orders/12"))).toMatchObject({
    authority: "shop.test",
    method: "GET",
    path: "/orders/12",
    category: "api",
    ai: { verdict: "none" },
    match: { kind: "none" },
    facts: { requests: 1 },
  });
});

test("what a document lists is an API, whatever it looks like", () => {
  const match = createMatcher([aSpec(["GET /logo.png"])])("shop.test", "GET", "/logo.png");
  expect(judged(aSighting("GET /logo.png")).category).toBe("asset");
  expect(judged(aSighting("GET /logo.png"), match).category).toBe("api");
});

test("an AI format is recognised on the template", () => {
  const facts = { request: aShapeOf({ "contents[]": null }), response: aShapeOf({ "candidates[]": null }) };
  const found = judged(aSighting("POST /v1beta/models/gemini-2:generateContent", facts));
  expect(found.ai).toMatchObject({ verdict: "confirmed", formats: ["gemini.generate"] });
});

test("a connection that stayed closed is encrypted, even where a document lists /", () => {
  const match = createMatcher([aSpec(["GET /"])])("shop.test", "GET", "/");
  const closed = aSighting("GET /", { statuses: { unknown: 2 } }, { method: "", path: "", protocol: "tls" });
  expect(judged(closed, match)).toMatchObject({ path: "", category: "encrypted" });
});
