import { expect, test } from "vitest";
import { createDeclaredReader } from "../../../src/digest/declared/read.ts";
import { createSafeName } from "../../../src/digest/names.ts";
import { headerNames, readHead } from "../../../src/digest/request-facts.ts";
import { anExchange } from "./an-exchange.ts";

const safeName = createSafeName(() => false);
const parts = { safeName, declared: createDeclaredReader(safeName) };

test("header names are counted once, in lower case, bounded", () => {
  expect(
    headerNames(
      [
        ["Accept", "a"],
        ["accept", "b"],
        ["x-550e8400-e29b-41d4-a716-446655440000", "c"],
      ],
      safeName,
    ).kept,
  ).toEqual({
    accept: 1,
    "{slug-id}": 1,
  });
  const many = Array.from({ length: 1000 }, (_, n) => [`x-h-${n}`, ""] as const);
  expect(Object.keys(headerNames(many, safeName).kept).length).toBeLessThanOrEqual(96);
});

test("parameters by name with the shape of their lexemes; matrix parameters behind a semicolon", () => {
  const { facts } = readHead(
    anExchange({ request: { query: "n=1&n=x&ids[]=7&ids[]=8" } }),
    [["v", "1"]],
    parts,
  );
  expect(
    Object.entries(facts.query.kept).map(([name, { repeated, shape }]) => [name, repeated, shape.count]),
  ).toEqual([
    ["n", 1, 2],
    ["ids[]", 1, 2],
    [";v", 0, 1],
  ]);
});

test("a failed request is no success of its credential", () => {
  const headers = [["authorization", "Bearer x"]] as const;
  const auth = (status: number): unknown =>
    Object.values(
      readHead(anExchange({ request: { headers }, response: { status } }), [], parts).facts.auth.kept,
    )[0]?.successes;
  expect([auth(204), auth(401)]).toEqual([1, 0]);
});
