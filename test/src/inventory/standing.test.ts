// All endpoints judged by all documents: standings, orphans, and what changed.
import { describe, expect, test } from "vitest";
import { judgeAll, standingFor } from "../../../src/inventory/standing.ts";
import { ANY_AUTHORITY } from "../../../src/inventory/orphans.ts";
import { createMatcher } from "../../../src/openapi/match.ts";
import { aSpec } from "../openapi/a-spec.ts";
import { anEndpoint, someFacts } from "./an-endpoint.ts";

const SPEC = aSpec(["GET /orders", "GET /orders/{id}", "POST /orders!", "DELETE /orders/{id}"], {
  servers: [{ authority: "shop.test", basePath: "" }],
});
const facts = someFacts({ statuses: { 200: 3 }, callers: 2 });
const listed = anEndpoint({ path: "/orders", facts });
const retired = anEndpoint({ path: "/orders", method: "POST", facts });
const hidden = anEndpoint({ path: "/internal", facts });
const page = anEndpoint({ path: "/about", category: "page", facts });
const ALL = [listed, retired, hidden, page];

test.each([
  ["GET", "/orders", "documented"],
  ["POST", "/orders", "zombie"],
  ["PUT", "/orders", "shadow"],
  ["GET", "/internal", "shadow"],
])("%s %s is %s", (method, path, standing) => {
  expect(standingFor(createMatcher([SPEC])("shop.test", method, path), "api").standing).toBe(standing);
});

describe("a document comes", () => {
  const judged = judgeAll(ALL, [SPEC], 77);
  test("and changes what it lists, and the reasons of the rest", () => {
    const standings = judged.changed.map(({ method, path, standing }) => `${method} ${path} ${standing}`);
    expect(standings).toEqual([
      "GET /orders documented",
      "POST /orders zombie",
      "GET /internal shadow",
      "GET /about shadow",
    ]);
  });
  test("and brings its unheard operations", () => {
    expect(judged.orphans.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      "DELETE /orders/{id}",
      "GET /orders/{id}",
    ]);
    expect(judged.orphans[0]).toMatchObject({
      authority: "shop.test",
      standing: "orphan",
      facts: null,
      specIds: ["spec_a"],
    });
  });
  test("and is news where a standing turned", () => {
    expect(judged.events.map(({ type, at }) => ({ type, at }))).toEqual([
      { type: "standing-changed", at: 77 },
      { type: "standing-changed", at: 77 },
    ]);
  });
  test("and the summary counts APIs", () => {
    expect(judged.summary).toEqual({ documented: 1, zombie: 1, shadow: 1, orphan: 2, unjudged: 0 });
  });
});

test("judging twice changes nothing the second time", () => {
  const first = judgeAll(ALL, [SPEC]);
  const after = [...first.changed, ...first.orphans];
  expect(judgeAll(after, [SPEC])).toMatchObject({ changed: [], orphans: [], removedIds: [], events: [] });
});

test("a document goes: its orphans go, its operations are shadow again", () => {
  const first = judgeAll(ALL, [SPEC]);
  const after = judgeAll([...first.changed, ...first.orphans], []);
  expect([...after.removedIds].sort()).toEqual(first.orphans.map((orphan) => orphan.id).sort());
  expect(
    after.changed.every((endpoint) => endpoint.standing === "shadow" && endpoint.specIds.length === 0),
  ).toBe(true);
});

test("what a document lists is confirmed by one success, and an API", () => {
  const once = anEndpoint({ path: "/orders", confidence: "candidate", category: "page", facts: someFacts() });
  expect(judgeAll([once], [SPEC]).changed).toMatchObject([{ confidence: "confirmed", category: "api" }]);
});

test("what grouping found to be noise stays it, whatever its totals, unless a document lists it", () => {
  const answered = anEndpoint({ path: "/wp-login.php", confidence: "noise", facts });
  const [stays] = judgeAll([answered], [SPEC]).changed;
  expect(stays).toMatchObject({ standing: "shadow", confidence: "noise" });
  const [known] = judgeAll([{ ...answered, path: "/orders" }], [SPEC]).changed;
  expect(known).toMatchObject({ standing: "documented", confidence: "confirmed" });
});

test("an orphan that was heard on another row goes", () => {
  const [orphan] = judgeAll([], [aSpec(["GET /v1/x"], { authorities: ["shop.test"] })]).orphans;
  const heard = anEndpoint({ id: "ep_other", path: "/v1/x" });
  const judged = judgeAll([heard, orphan ?? heard], [aSpec(["GET /v1/x"], { authorities: ["shop.test"] })]);
  expect(judged.removedIds).toEqual([orphan?.id]);
});

test("a document without hosts has its orphans where its traffic is, else anywhere", () => {
  const free = aSpec(["GET /orders", "GET /other"]);
  expect(judgeAll([], [free]).orphans.map((orphan) => orphan.authority)).toEqual([
    ANY_AUTHORITY,
    ANY_AUTHORITY,
  ]);
  expect(judgeAll([listed], [free]).orphans.map((orphan) => orphan.authority)).toEqual(["shop.test"]);
});

test("what is encrypted is not judged, whatever documents list", () => {
  const spec = aSpec(["GET /"]);
  const closed = anEndpoint({ method: "", path: "", category: "encrypted", facts: someFacts() });
  const [judged] = judgeAll([closed], [spec]).changed;
  expect(judged).toMatchObject({
    standing: "unjudged",
    standingReason: "encrypted: what is asked there cannot be heard",
    category: "encrypted",
    specIds: [],
  });
});
