import { expect, test } from "vitest";
import email from "../../../src/digest/data-classes/email.ts";
import { aDigest, anExchange } from "./an-exchange.ts";

const places = (parts: Parameters<typeof anExchange>[0]): readonly string[] =>
  Object.values(aDigest([email]).digest(anExchange(parts)).facts.dataClasses.kept).map(
    ({ place, field }) => `${place} ${field}`,
  );

test.each([
  [{ request: { path: "/users/jane%40example.com/x" } }, ["request.path users"]],
  [
    { request: { query: "to=jane%40example.com&filter[mail]=j@example.com" } },
    ["request.query to", "request.query filter[mail]"],
  ],
  [{ request: { headers: [["x-user", "jane@example.com"]] } }, ["request.header x-user"]],
  [{ request: { headers: [["cookie", "who=jane@example.com"]] } }, ["request.cookie who"]],
  [{ response: { headers: [["x-owner", "jane@example.com"]] } }, ["response.header x-owner"]],
] as const)("%j", (parts, told) => {
  expect(places(parts)).toEqual(told);
});

test("what proves identity is not searched, nor what is the protocol's", () => {
  const headers = [
    ["authorization", "Bearer jane@example.com"],
    ["x-api-key", "jane@example.com"],
    ["cookie", "sid=jane@example.com"],
    ["user-agent", "bot (jane@example.com)"],
  ] as const;
  expect(places({ request: { headers } })).toEqual([]);
});
