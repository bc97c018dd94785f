// The contract of a route.
import { expect, test } from "vitest";
import { z } from "zod";
import { defineRoute, NO_REQUEST_BODY } from "../../../src/api/route.ts";
import type { Route } from "../../../src/api/route.ts";

test("a unit is what was defined", () => {
  const unit: Route<{}, {}, undefined, string> = {
    id: "x",
    method: "get",
    path: "/x",
    tag: "meta",
    summary: "X",
    parameters: {},
    query: {},
    body: NO_REQUEST_BODY,
    answers: { 200: "X." },
    content: { kind: "json", schema: z.string() },
    refusals: [],
    handle: async () => ({ status: 200, json: "x" }),
  };
  expect(defineRoute(unit)).toBe(unit);
});
