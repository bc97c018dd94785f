// Bodies and headers of HAR messages: recorded, not recorded and none are three things.
import { describe, expect, test } from "vitest";
import {
  harHeaders,
  pairsOf,
  requestBody,
  responseBody,
  valueOf,
} from "../../../collectors/gateway-log/har-body.ts";
import type { Header } from "../../../src/model/exchange.ts";

const FORM: readonly Header[] = [["content-type", "application/x-www-form-urlencoded"]];
const MULTIPART: readonly Header[] = [["content-type", 'multipart/form-data; boundary="B"']];
const LENGTH_7: readonly Header[] = [["content-length", "7"]];
const CHUNKED: readonly Header[] = [["transfer-encoding", "chunked"]];
const NONE = { kind: "none" };
const notRecorded = (size: number | null): object => ({ kind: "not-recorded", size });
const recorded = (text: string, size = Buffer.byteLength(text), complete = true): object => ({
  kind: "recorded",
  bytes: Buffer.from(text),
  size,
  complete,
});

describe("request bodies", () => {
  test.each([
    ["text", { bodySize: 9, postData: { text: '{"a":"é"}' } }, [], "POST", recorded('{"a":"é"}', 9)],
    ["base64", { postData: { text: "AQI=", encoding: "base64" } }, [], "POST", recorded("\u0001\u0002")],
    ["unquoted JSON", { postData: { text: { a: 1 } } }, [], "POST", recorded('{"a":1}')],
    [
      "form",
      { postData: { params: [{ name: "a b", value: "c&d" }, { name: "e" }] } },
      FORM,
      "POST",
      recorded("a%20b=c%26d&e="),
    ],
    [
      "encoded form",
      { postData: { params: [{ name: "a", value: "c%26d+e" }] } },
      FORM,
      "POST",
      recorded("a=c%26d+e"),
    ],
    [
      "multipart",
      { postData: { params: [{ name: "f", fileName: 'x"\r\ny', contentType: "text/plain", value: "1" }] } },
      MULTIPART,
      "POST",
      recorded(
        '--B\r\nContent-Disposition: form-data; name="f"; filename="x   y"\r\nContent-Type: text/plain\r\n\r\n1\r\n--B--\r\n',
      ),
    ],
    ["size only", { bodySize: 12 }, [], "POST", notRecorded(12)],
    ["empty text, size", { bodySize: 12, postData: { text: "" } }, [], "POST", notRecorded(12)],
    ["no body", { bodySize: 0 }, [], "POST", NONE],
    ["header tells", { bodySize: -1 }, LENGTH_7, "DELETE", notRecorded(7)],
    ["chunked", { bodySize: -1 }, CHUNKED, "GET", notRecorded(null)],
    ["nothing told, GET", { bodySize: -1 }, [], "GET", NONE],
    ["nothing told, POST", {}, [], "POST", notRecorded(null)],
    ["odd types", { bodySize: "x", postData: [1] }, [], "GET", NONE],
  ] as const)("%s", (...[, request, headers, method, body]) => {
    expect(requestBody(request, headers, method)).toEqual(body);
  });
});

describe("response bodies", () => {
  test.each([
    ["text", { bodySize: 5, content: { size: 2, text: "{}" } }, [], recorded("{}", 5)],
    ["size unknown", { bodySize: -1, content: { size: -1, text: "{}" } }, [], recorded("{}", 2)],
    ["cut", { content: { size: 1000, text: "{}" } }, [], recorded("{}", 2, false)],
    ["mark not kept", { content: { size: 5, text: "{}" } }, [], recorded("{}", 2)],
    [
      "UTF-16",
      { content: { size: 40, text: "{}", mimeType: "text/plain; charset=UTF-16" } },
      [],
      recorded("{}", 2),
    ],
    ["transferred only", { bodySize: 5, content: { size: 9 } }, [], notRecorded(5)],
    ["size only", { bodySize: -1, content: { size: 9, text: "" } }, [], notRecorded(9)],
    ["header only", { bodySize: -1, content: { size: 0 } }, LENGTH_7, notRecorded(7)],
    ["empty", { bodySize: 0, content: { size: 0, text: "" } }, [], NONE],
    ["no content", { status: 204, bodySize: -1 }, LENGTH_7, NONE],
    ["nothing told", { status: 200 }, [], notRecorded(null)],
    ["odd types", { status: 200, content: "x", bodySize: {} }, [], notRecorded(null)],
  ] as const)("%s", (_, response, headers, body) => {
    expect(responseBody(response, headers, "GET")).toEqual(body);
  });

  test("of HEAD is none", () => {
    expect(responseBody({ status: 200, content: { size: 9 } }, LENGTH_7, "HEAD")).toEqual(NONE);
  });
});

test("headers lose case and pseudo headers, and gain what the exporter kept elsewhere", () => {
  const message = {
    headers: [
      { name: ":path", value: "/" },
      { name: "X-A", value: "1" },
      { name: "X-A", value: 2 },
      { name: "" },
      7,
    ],
    cookies: [
      { name: "a", value: "1" },
      { name: "b", value: "2" },
    ],
    content: { mimeType: "text/plain" },
  };
  const own = [
    ["x-a", "1"],
    ["x-a", "2"],
  ];
  expect(harHeaders(message, "cookie")).toEqual([
    ...own,
    ["cookie", "a=1; b=2"],
    ["content-type", "text/plain"],
  ]);
  expect(harHeaders({ ...message, content: { mimeType: "x-unknown" } }, "set-cookie")).toEqual([
    ...own,
    ["set-cookie", "a=1"],
    ["set-cookie", "b=2"],
  ]);
});

test("headers that are there are not doubled", () => {
  const headers = [
    { name: "Cookie", value: "a=1" },
    { name: "Content-Type", value: "text/css" },
  ];
  const cookies = [{ name: "a", value: "1" }];
  expect(harHeaders({ headers, cookies, postData: { mimeType: "text/plain" } }, "cookie")).toEqual([
    ["cookie", "a=1"],
    ["content-type", "text/css"],
  ]);
});

test("lists of anything else hold no pairs", () => {
  expect([undefined, null, "x", { a: 1 }, [null, 1, {}, { name: 5 }]].map(pairsOf)).toEqual([
    [],
    [],
    [],
    [],
    [],
  ]);
  expect(valueOf([["a", "1"]], "b")).toBeUndefined();
});

test("hostile nesting is neither read nor thrown over", () => {
  const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) as unknown;
  const named = JSON.parse('{"toString":1,"valueOf":2}') as unknown;
  expect(
    pairsOf([
      { name: "a", value: deep },
      { name: "b", value: named },
    ]),
  ).toEqual([
    { name: "a", value: "" },
    { name: "b", value: "" },
  ]);
  expect(responseBody({ status: 200, content: { text: deep, size: 5 } }, [], "GET")).toEqual(notRecorded(5));
});
