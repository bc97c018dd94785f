// Problems: one table, and every error of the framework finds its row.
import { describe, expect, test } from "vitest";
import { problemOf, Refusal, refusalFrom, sentenceOf, statusOf } from "../../../src/api/problem.ts";
import { BadCursor, TransientStoreError } from "../../../src/store/errors.ts";

test("a refusal reads as RFC 9457 says", () => {
  const errors = [{ in: "query", name: "limit", detail: "limit may be given once" }] as const;
  expect(problemOf(new Refusal("bad-parameter", "Two wrong.", errors))).toEqual({
    type: "urn:umbra:problem:bad-parameter",
    title: sentenceOf("bad-parameter"),
    status: 400,
    detail: "Two wrong.",
    errors,
  });
});

test("what there is nothing to say about is left out", () => {
  expect(Object.keys(problemOf(new Refusal("route-unknown")))).toEqual(["type", "title", "status"]);
  expect(statusOf("route-unknown")).toBe(404);
});

describe("errors become refusals", () => {
  test.each([
    [new Refusal("conflict"), "conflict"],
    [new URIError("Failed to decode param"), "bad-path"],
    [new BadCursor(), "bad-cursor"],
    [new TransientStoreError("away"), "store-away"],
    [{ type: "entity.too.large", status: 413 }, "too-large"],
    [{ type: "entity.parse.failed", status: 400 }, "bad-body"],
    [{ type: "encoding.unsupported", status: 415 }, "wrong-type"],
    [{ status: 404 }, "route-unknown"],
    [{ status: 400 }, "bad-body"],
  ])("%s", (error, code) => {
    expect(refusalFrom(error)?.code).toBe(code);
  });

  test.each([new Error("a bug"), { status: 500 }, { type: "constructor" }, null, undefined, "thrown text"])(
    "%s is a bug",
    (error) => {
      expect(refusalFrom(error)).toBeNull();
    },
  );
});
