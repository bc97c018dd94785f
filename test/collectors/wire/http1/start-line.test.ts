import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isSureRequestLine,
  parseRequestLine,
  parseStatusLine,
} from "../../../../collectors/wire/http1/start-line.ts";

test.each([
  ["GET /a?b HTTP/1.1", "GET", "/a?b", "1.1"],
  ["GET  /a   HTTP/1.0 ", "GET", "/a", "1.0"],
  ["GET /a b HTTP/1.1", "GET", "/a b", "1.1"],
  ["QUERY * http/1.1", "QUERY", "*", "1.1"],
  ["patchP\t/x\tHTTP/1.1", "patchP", "/x", "1.1"],
  ["GET /old", "GET", "/old", "0.9"],
  ["GET HTTP/1.1", "GET", "", "1.1"],
  ["GET http://h/p HTTP/1.1", "GET", "http://h/p", "1.1"],
])("request %j", (line, method, target, version) => {
  expect(parseRequestLine(line)).toEqual({ method, target, version });
});

test.each(["", "GET", "{} / HTTP/1.1", `${"A".repeat(65)} / HTTP/1.1`, " GET / HTTP/1.1"])(
  "%j is no request line",
  (line) => {
    expect(parseRequestLine(line)).toBe(null);
  },
);

test.each([
  ["HTTP/1.1 200 OK", 200, "1.1"],
  ["HTTP/1.0 404", 404, "1.0"],
  ["HTTP/1.1  500 a b", 500, "1.1"],
  ["http/1.1 204 x", 204, "1.1"],
  ["HTTP/1 200 OK", 200, "1.1"],
  ["HTTP/1.1 200OK", 200, "1.1"],
])("status %j", (line, status, version) => {
  expect(parseStatusLine(line)).toEqual({ status, version });
});

test.each(["HTTP/1.1 2XX OK", "HTTP/1.1 2000", "HTTP/1.1 099", "HTTP/1.1", "ICY 200 OK", ""])(
  "%j is no status line",
  (line) => {
    expect(parseStatusLine(line)).toBe(null);
  },
);

test("a search accepts complete request lines only", () => {
  const lines = ["GET /a HTTP/1.1", "GET /a", "GET /a b HTTP/1.1", "a GET /a HTTP/1.1"];
  expect(lines.map(isSureRequestLine)).toEqual([true, false, false, false]);
  expect(["PURGE / HTTP/1.1", "1GET / HTTP/1.1", "T / HTTP/1.1"].map(isSureRequestLine)).toEqual([
    true,
    false,
    false,
  ]);
});

test("any line is judged", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (line) => {
      expect([parseRequestLine(line)?.method === "", parseStatusLine(line)?.status === 0]).not.toContain(
        true,
      );
    }),
  );
});
