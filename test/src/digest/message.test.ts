import { expect, test } from "vitest";
import { countMessage, examineMessage, headerValue } from "../../../src/digest/message.ts";
import { createSafeName } from "../../../src/digest/names.ts";
import { NO_BODY, NOT_RECORDED } from "../../../src/model/exchange.ts";
import { aBody, json } from "./an-exchange.ts";

const tools = { safeName: createSafeName(() => false), leaves: null };

test("the first header of a name counts", () => {
  expect([
    headerValue(
      [
        ["a", "1"],
        ["a", "2"],
      ],
      "a",
    ),
    headerValue([], "a"),
  ]).toEqual(["1", undefined]);
});

test("an examined body is counted by its type and described", () => {
  const { bodies, size } = examineMessage(json({ a: 1 }), tools);
  expect(Object.keys(bodies)).toEqual(["application/json"]);
  expect(bodies["application/json"]).toMatchObject({ count: 1, shaped: 1, truncated: 0, unparsed: 0 });
  expect([bodies["application/json"]?.shape?.count, size]).toEqual([1, 7]);
});

test("a counted body is not described, but still names its call", () => {
  const call = json({ jsonrpc: "2.0", method: "a" });
  expect(countMessage(call, tools, true).bodies["application/json"]).toEqual({
    count: 1,
    shaped: 0,
    truncated: 0,
    unparsed: 0,
    shape: null,
  });
  expect(countMessage(call, tools, true).read.roots).toHaveLength(1);
  expect(countMessage(call, tools, false).read.roots).toHaveLength(0);
  expect(countMessage(json({ a: 1 }), tools, true).read.roots).toHaveLength(0);
});

test("sizes are those on the wire, or unknown", () => {
  const size = (body: typeof NO_BODY): number | null => examineMessage({ headers: [], body }, tools).size;
  expect([
    size(NO_BODY),
    size(NOT_RECORDED),
    size({ kind: "not-recorded", size: 5 }),
    size(aBody("abc")),
  ]).toEqual([0, null, 5, 3]);
});
