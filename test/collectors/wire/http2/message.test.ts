// Field sections sorted into pseudo headers and headers, with unknown ones counted.
import { expect, test } from "vitest";
import {
  authorityOf,
  headerOf,
  schemeOf,
  sortFields,
  statusOf,
} from "../../../../collectors/wire/http2/message.ts";

const sorted = (fields: readonly [string | null, string | null][]) =>
  sortFields(fields.map(([name, value]) => ({ name, value })));

test("pseudo headers, headers and what is not known", () => {
  expect(
    sorted([
      [":method", "GET"],
      [":method", "POST"],
      ["X-A", "1"],
      ["x-a", "2"],
      [null, "v"],
      ["x-b", null],
    ]),
  ).toEqual({
    pseudo: new Map([["method", "GET"]]),
    headers: [
      ["x-a", "1"],
      ["x-a", "2"],
    ],
    unknown: 2,
    cost: 6 * 32 + 10 + 11 + 4 + 4 + 1 + 3,
  });
});

test.each([
  ["200", 200],
  ["101", 101],
  ["99", null],
  ["0200", null],
  ["abc", null],
  ["", null],
])("status %j", (text, status) => {
  expect(statusOf(sorted([[":status", text]]))).toBe(status);
});

test("authority before Host, scheme only where it is HTTP's", () => {
  expect(
    authorityOf(
      sorted([
        [":authority", "a"],
        ["host", "b"],
      ]),
    ),
  ).toBe("a");
  expect(authorityOf(sorted([["host", "b"]]))).toBe("b");
  expect(authorityOf(sorted([]))).toBe(null);
  expect([schemeOf(sorted([[":scheme", "HTTPS"]])), schemeOf(sorted([[":scheme", "ftp"]]))]).toEqual([
    "https",
    null,
  ]);
  expect(
    headerOf(
      [
        ["a", "1"],
        ["a", "2"],
      ],
      "a",
    ),
  ).toBe("1");
});
