import { describe, expect, test } from "vitest";
import { addressed, type Asked } from "../../../../collectors/wire/http1/target.ts";

const server = { address: "10.0.0.2", port: 8080 };
const ask = (asked: Partial<Asked>): unknown =>
  addressed({ method: "GET", target: "/", host: "shop.test", scheme: "http", server, ...asked });

describe("authority", () => {
  test.each<[string, Partial<Asked>, string]>([
    ["Host, lower case", { host: "Shop.TEST" }, "shop.test"],
    ["default port dropped", { host: "shop.test:80" }, "shop.test"],
    ["default port of https dropped", { host: "shop.test:443", scheme: "https" }, "shop.test"],
    ["other port kept", { host: "shop.test:443" }, "shop.test:443"],
    ["absolute form wins", { target: "http://Api.test:80/x", host: "proxy.test" }, "api.test"],
    ["user information dropped", { target: "http://a:b@api.test/x" }, "api.test"],
    ["no Host: the server", { host: undefined }, "10.0.0.2:8080"],
    ["empty Host: the server", { host: " " }, "10.0.0.2:8080"],
    [
      "server at the default port",
      { host: undefined, server: { address: "10.0.0.2", port: 80 } },
      "10.0.0.2",
    ],
    ["server in IPv6", { host: undefined, server: { address: "2001:db8::2", port: 81 } }, "[2001:db8::2]:81"],
    ["CONNECT", { method: "CONNECT", target: "Api.test:443", host: "proxy.test" }, "api.test:443"],
    ["colon without port", { host: "shop.test:" }, "shop.test"],
  ])("%s", (_name, asked, authority) => {
    expect(ask(asked)).toMatchObject({ authority });
  });
});

describe("path and query", () => {
  test.each<[string, Partial<Asked>, string, string]>([
    ["plain", { target: "/a/b" }, "/a/b", ""],
    ["query as sent", { target: "/a?x=%20&y=?" }, "/a", "x=%20&y=?"],
    ["fragment dropped", { target: "/a?x#y?z" }, "/a", "x"],
    ["absolute form", { target: "https://h/p?q" }, "/p", "q"],
    ["absolute form without path", { target: "http://h" }, "/", ""],
    ["asterisk", { method: "OPTIONS", target: "*" }, "*", ""],
    ["nothing", { target: "" }, "/", ""],
    ["no slash", { target: "a" }, "/a", ""],
    ["CONNECT", { method: "CONNECT", target: "api.test:443 /" }, "api.test:443", ""],
  ])("%s", (_name, asked, path, query) => {
    expect(ask(asked)).toMatchObject({ path, query });
  });
});
