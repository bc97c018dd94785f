// The URL says it all, or the fields beside it say the rest.
import { expect, test } from "vitest";
import { harTarget } from "../../../collectors/gateway-log/har-target.ts";

const HOST = { headers: [{ name: "Host", value: "Shop.test:8080" }] };
const QUERY = { queryString: [{ name: "a b", value: "c&d" }, { name: "e" }] };

test.each([
  ["a URL", { url: "https://shop.test/a?b=c", ...HOST, ...QUERY }, ["https", "shop.test", "/a", "b=c"]],
  ["query beside", { url: "https://shop.test/a", ...QUERY }, ["https", "shop.test", "/a", "a%20b=c%26d&e="]],
  ["relative", { url: "/a?b", ...HOST }, [null, "shop.test:8080", "/a", "b"]],
  [
    "relative, HTTP/2",
    { url: "/a", headers: [{ name: ":authority", value: "x.test" }] },
    [null, "x.test", "/a", ""],
  ],
  ["relative, no host", { url: "/a" }, [null, "unknown", "/a", ""]],
])("%s", (_, request, [scheme, authority, path, query]) => {
  expect(harTarget(request, "GET")).toEqual({ scheme, authority, path, query });
});

test.each([
  ["https://chat.test:443/chat.test:443", "chat.test", "chat.test:443"],
  ["https://chat.test:8443/", "chat.test:8443", "chat.test:8443"],
  ["chat.test:443", "chat.test:443", "chat.test:443"],
])("CONNECT %s", (url, authority, path) => {
  expect(harTarget({ url }, "CONNECT")).toMatchObject({ authority, path });
});

test.each([undefined, 5, "", "data:,x", "shop.test/a", "https://a b/"])("%s is no target", (url) => {
  expect(harTarget({ url }, "GET")).toBeUndefined();
});
