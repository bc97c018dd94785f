// Request lines, targets and URLs: what was sent stays as it was sent, what is none is refused.
import * as fc from "fast-check";
import { anyText } from "./any-text.ts";
import { describe, expect, test } from "vitest";
import {
  authorityOf,
  encodeComponent,
  isMethod,
  parseRequestLine,
  parseTarget,
  parseUrl,
  protocolOf,
} from "../../../collectors/gateway-log/target.ts";

describe("authorities", () => {
  test.each([
    ["Shop.Test", null, "shop.test"],
    ["shop.test:443", "https", "shop.test"],
    ["shop.test:443", "http", "shop.test:443"],
    ["shop.test:80", "http", "shop.test"],
    ["shop.test:8080", null, "shop.test:8080"],
    ["shop.test:", null, "shop.test"],
    ["me:secret@shop.test", "https", "shop.test"],
    ["[2001:DB8::1]:8443", "https", "[2001:db8::1]:8443"],
    ["[::1]:443", "https", "[::1]"],
    ["10.0.0.1", null, "10.0.0.1"],
    ["münchen.test", null, "münchen.test"],
    ["", null, null],
    ["-", null, null],
    ["_", null, null],
    ["a b", null, null],
    ["a/b", null, null],
    ["<script>", null, null],
    ["a:b:c", null, null],
    ["shop.test:123456", null, null],
    ["x".repeat(300), null, null],
  ] as const)("%s with %s is %s", (text, scheme, authority) => {
    expect(authorityOf(text, scheme)).toBe(authority);
  });
});

test.each([
  ["https://shop.test", { scheme: "https", authority: "shop.test", path: "/", query: "" }],
  [
    "HTTP://Shop.test:80/A%2fb/../c?x=1?y#z",
    { scheme: "http", authority: "shop.test", path: "/A%2fb/../c", query: "x=1?y" },
  ],
  ["wss://chat.test:443/live", { scheme: "https", authority: "chat.test", path: "/live", query: "" }],
  ["https://u:p@[::1]:8443?q", { scheme: "https", authority: "[::1]:8443", path: "/", query: "q" }],
  ["data:text/html,x", undefined],
  ["constructor://shop.test/", undefined],
  ["chrome-extension://abc/x", undefined],
  ["https://", undefined],
  ["https:///path", undefined],
  ["/path", undefined],
])("%s as a URL", (text, target) => {
  expect(parseUrl(text)).toEqual(target);
});

test.each([
  ["GET", "/a?b=c?d#e", { scheme: null, authority: null, path: "/a", query: "b=c?d" }],
  ["GET", "//a//b", { scheme: null, authority: null, path: "//a//b", query: "" }],
  ["OPTIONS", "*", { scheme: null, authority: null, path: "*", query: "" }],
  [
    "CONNECT",
    "Shop.test:443",
    { scheme: null, authority: "shop.test:443", path: "Shop.test:443", query: "" },
  ],
  ["GET", "http://shop.test/x", { scheme: "http", authority: "shop.test", path: "/x", query: "" }],
  ["CONNECT", "https://shop.test:443/", { scheme: "https", authority: "shop.test", path: "/", query: "" }],
  ["GET", "x", undefined],
  ["GET", "", undefined],
  ["CONNECT", "a b", undefined],
])("%s %s as a target", (method, text, target) => {
  expect(parseTarget(method, text)).toEqual(target);
});

test.each([
  ["GET /a HTTP/1.1", "GET", "/a", "http/1.1"],
  ["GET /a", "GET", "/a", "http/0.9"],
  ["GET /a b c HTTP/1.0", "GET", "/a b c", "http/1.0"],
  ["PATCHp /a HTTP/2.0", "PATCHp", "/a", "h2"],
  ["QUERY /a HTTP/3", "QUERY", "/a", "h3"],
])("%s is a request line", (text, method, path, protocol) => {
  expect(parseRequestLine(text)).toMatchObject({ method, target: { path }, protocol });
});

test.each([
  "",
  "-",
  "hello",
  "hello world",
  " / HTTP/1.1",
  "\u0016\u0003\u0001\u0002 \u0000",
  "<SCRIPT>alert(1)</SCRIPT> / HTTP/1.1",
  "PRI * HTTP/2.0",
  "GET  HTTP/1.1",
  `${"A".repeat(33)} / HTTP/1.1`,
])("%j is none", (text) => {
  expect(parseRequestLine(text)).toBeUndefined();
});

test.each([
  ["HTTP/1.1", "http/1.1"],
  ["http/1.0", "http/1.0"],
  ["1.1", "http/1.1"],
  ["HTTP/2.0", "h2"],
  ["HTTP/2", "h2"],
  ["h2", "h2"],
  ["h3", "h3"],
  ["h3-29", "h3"],
  ["HTTP/3", "h3"],
  ["http/2+quic/46", "h3"],
  ["HTTP/0.9", "http/0.9"],
  ["", "unknown"],
  ["spdy/3", "unknown"],
  ["constructor", "unknown"],
])("%s speaks %s", (version, protocol) => {
  expect(protocolOf(version)).toBe(protocol);
});

test("methods are tokens of a sane length", () => {
  expect(["GET", "M-SEARCH", "patchp", "UPDATEREDIRECTREF"].every(isMethod)).toBe(true);
  expect(["", "GE T", "G/T", "GÉT", "A".repeat(33)].some(isMethod)).toBe(false);
});

test("any component can be encoded, and decodes again", () => {
  expect(encodeComponent("a b&=\uD800")).toBe("a%20b%26%3D%EF%BF%BD");
  fc.assert(
    fc.property(
      anyText().map((text) => text.replace(/\p{Surrogate}/gu, "")),
      (text) => {
        expect(decodeURIComponent(encodeComponent(text))).toBe(text);
      },
    ),
  );
});

test("nothing throws, and what is read starts at the root", () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      const paths = [parseRequestLine(`GET ${text}`)?.target.path, parseUrl(`https://${text}`)?.path];
      for (const path of paths) expect(path ?? "/").toMatch(/^[/*]/);
      expect(encodeComponent(text)).toMatch(/^[\w.!~*'()%-]*$/);
    }),
  );
});
