// What a head tells without any body.
import { expect, test } from "vitest";
import { bodiesOf } from "../../../../src/digest/ai/bodies.ts";
import { readHeads } from "../../../../src/digest/ai/heads.ts";
import type { Header } from "../../../../src/model/exchange.ts";
import { hash32 } from "../../../../src/model/hash.ts";
import type { Parts } from "../an-exchange.ts";
import { anExchange } from "../an-exchange.ts";

function read(parts: Parts) {
  const exchange = anExchange(parts);
  return readHeads(exchange, bodiesOf(exchange), hash32);
}

const agent = (name: string): Header => ["user-agent", name];

test.each<readonly [string, Parts, readonly string[]]>([
  [
    "a vendor's key in a browser",
    { request: { headers: [agent("Mozilla/5.0"), ["x-api-key", "sk-ant-x"]] } },
    ["key-in-browser"],
  ],
  [
    "one's own key in a browser",
    { request: { headers: [agent("Mozilla/5.0"), ["x-api-key", "shop-1"]] } },
    [],
  ],
  [
    "everybody with credentials",
    {
      response: {
        headers: [
          ["access-control-allow-origin", "*"],
          ["access-control-allow-credentials", "true"],
        ],
      },
    },
    ["any-origin-with-credentials"],
  ],
  ["weights that were not there", { request: { path: "/a.gguf" }, response: { status: 404 } }, []],
  ["a tunnel", { request: { method: "CONNECT", path: "api.openai.com:443" } }, ["tunnel"]],
])("%s", (_, parts, marks) => {
  expect(read(parts).marks).toEqual(marks);
});

test("a key in the query is a credential too; the same key has the same hash", () => {
  const seen = (request: Parts["request"]) =>
    Object.keys(read({ request: { authority: "api.openai.com", ...request } }).credentials?.kept ?? {});
  expect(seen({ query: "key=abcdefgh12345678" })).toEqual(
    seen({ headers: [["authorization", "Bearer abcdefgh12345678"]] }),
  );
  expect(seen({})).toEqual([]);
});
