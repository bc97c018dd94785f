import fc from "fast-check";
import { expect, test } from "vitest";
import type { Header } from "../../../../src/model/exchange.ts";
import { CLOSE, framingOf, hasNoBody, NONE } from "../../../../collectors/wire/http1/framing.ts";

const length = (size: number): unknown => ({ kind: "length", length: size });
const chunked = (otherwise: unknown = CLOSE): unknown => ({ kind: "chunked", otherwise });
const cl = (value: string): Header => ["content-length", value];
const te = (value: string): Header => ["transfer-encoding", value];

test.each<[string, Header[], unknown, boolean]>([
  ["nothing", [], CLOSE, false],
  ["a length", [cl("5")], length(5), false],
  ["length zero", [cl("0")], NONE, false],
  ["the same length twice", [cl("5"), cl("5")], length(5), false],
  ["the same length in a list", [cl("5, 5")], length(5), false],
  ["two lengths", [cl("5"), cl("6")], length(5), true],
  ["a sign", [cl("+5")], CLOSE, true],
  ["negative", [cl("-1")], CLOSE, true],
  ["hex", [cl("0x5")], CLOSE, true],
  ["beyond 2^53", [cl("18446744073709551615")], CLOSE, true],
  ["one number, one word", [cl("5"), cl("abc")], length(5), true],
  ["chunked", [te("chunked")], chunked(), false],
  ["chunked in capitals", [te("Chunked")], chunked(), false],
  ["gzip, chunked", [te("gzip, chunked")], chunked(), false],
  ["chunked and a length", [te("chunked"), cl("5")], chunked(length(5)), true],
  ["chunked, identity", [te("chunked, identity")], chunked(), true],
  ["chunked twice", [te("chunked"), te("chunked")], chunked(), true],
  ["xchunked", [te("xchunked")], CLOSE, true],
  ["identity", [te("identity"), cl("5")], length(5), false],
])("%s", (_name, fields, framing, isSuspect) => {
  expect(framingOf(fields, CLOSE)).toMatchObject({ framing, isSuspect });
});

test("a request without framing has no body", () => {
  expect(framingOf([["host", "a"]], NONE).framing).toBe(NONE);
});

test.each<[number, string | undefined, boolean]>([
  [200, "GET", false],
  [200, undefined, false],
  [200, "HEAD", true],
  [404, "HEAD", true],
  [200, "CONNECT", true],
  [407, "CONNECT", false],
  [100, "GET", true],
  [204, "GET", true],
  [304, "GET", true],
])("%d to %s has no body: %s", (status, method, expected) => {
  expect(hasNoBody(status, method)).toBe(expected);
});

test("a length is never negative, fractional or unsafe", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom("content-length", "transfer-encoding"), fc.string())),
      (fields) => {
        const { framing } = framingOf(fields, NONE);
        expect(framing.kind !== "length" || Number.isSafeInteger(framing.length)).toBe(true);
      },
    ),
  );
});
