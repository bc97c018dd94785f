// Values are found by compared key wherever they are nested, and nobody's record costs more than a bounded map.
import * as fc from "fast-check";
import { anyText } from "./any-text.ts";
import { expect, test } from "vitest";
import {
  flatten,
  namedHeaders,
  told,
  toldSize,
  toldText,
} from "../../../collectors/gateway-log/flat-record.ts";

test("keys lose case and punctuation, nested ones join", () => {
  const flat = flatten({
    RequestMethod: "GET",
    "response-code": 200,
    url: { path: "/a", query: { x: 1 } },
    "@nginx_fields": { request_uri: "/b" },
    http: { request: { method: "POST" } },
  });
  expect(flat.get("requestmethod")).toBe("GET");
  expect(flat.get("responsecode")).toBe(200);
  expect(flat.get("urlpath")).toBe("/a");
  expect(flat.get("requesturi")).toBe("/b");
  expect(flat.get("httprequestmethod")).toBe("POST");
  expect(flat.get("path")).toBeUndefined();
});

test("the shallower of two equal keys wins", () => {
  expect(flatten({ request: { method: "GET" }, method: "PUT" }).get("method")).toBe("PUT");
  expect(flatten({ request: { host: "inner.test" } }).get("host")).toBe("inner.test");
  expect(flatten({ service: { host: "upstream.test" } }).get("host")).toBeUndefined();
});

test("size and depth are bounded", () => {
  const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, { a: index }]));
  expect(flatten(wide).size).toBe(512);
  expect(flatten({ a: { b: { c: { d: 1 } } } }).has("abcd")).toBe(false);
});

test("a row tells its first value that says something", () => {
  const flat = flatten({ a: "-", b: "", c: null, d: "x", e: 5, f: -1, g: "12", h: true });
  expect(told(flat, ["a", "b", "c", "h", "d", "e"])).toBe("x");
  expect(told(flat, ["a", "zz"])).toBeUndefined();
  expect(toldText(flat, ["e"])).toBe("5");
  expect(["e", "f", "g", "d"].map((key) => toldSize(flat, [key]))).toEqual([5, null, 12, null]);
});

test("headers in the names of keys", () => {
  const record = {
    http_user_agent: "curl",
    http_x_request_id: "1",
    http_host: "shop.test",
    http_empty: "-",
    sent_http_content_type: "text/plain",
    "request_User-Agent": "curl",
    request_uri: "/",
    "downstream_Content-Type": "text/plain",
    downstream_remote_address: "10.0.0.1",
  };
  expect(namedHeaders(record, "request")).toEqual([
    ["user-agent", "curl"],
    ["x-request-id", "1"],
    ["user-agent", "curl"],
  ]);
  expect(namedHeaders(record, "response")).toEqual([
    ["content-type", "text/plain"],
    ["content-type", "text/plain"],
  ]);
});

test("no key throws, and none is mistaken for a property of every object", () => {
  expect(flatten({}).get("constructor")).toBeUndefined();
  fc.assert(
    fc.property(fc.dictionary(anyText(), fc.jsonValue()), (record) => {
      flatten(record);
      namedHeaders(record, "request");
    }),
  );
});
