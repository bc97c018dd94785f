import { expect, test } from "vitest";
import { agentFamily, callerAddress, plainAddress } from "../../../src/digest/callers.ts";
import { createSafeName } from "../../../src/digest/names.ts";
import { anExchange } from "./an-exchange.ts";

test.each([
  ["10.0.0.1", "10.0.0.1"],
  ["10.0.0.1:8080", "10.0.0.1"],
  ["[2001:DB8::1]:443", "2001:db8::1"],
  ["fe80::1%eth0", "fe80::1"],
  ["::ffff:10.0.0.1", "10.0.0.1"],
  ["unknown", undefined],
  ["12", undefined],
  ["", undefined],
])("%s is the address %s", (text, address) => {
  expect(plainAddress(text)).toBe(address);
});

test.each([
  ["capture", "203.0.113.7", "198.51.100.1", "203.0.113.7"],
  ["capture", "10.0.0.9", "198.51.100.1, 10.0.0.3", "198.51.100.1"],
  ["har", "203.0.113.7", "198.51.100.1", "198.51.100.1"],
  ["capture", "10.0.0.9", "secret", "10.0.0.9"],
  ["access-log", "Client.Example.com", "", "client.example.com"],
  ["access-log", "no address!", "", ""],
] as const)("%s from %s forwarded for %s: %s", (source, address, forwarded, told) => {
  const exchange = anExchange({
    source,
    client: { address, port: null },
    request: { headers: [["x-forwarded-for", forwarded]] },
  });
  expect(callerAddress(exchange)).toBe(told);
});

test("RFC 7239 is understood too", () => {
  const headers = [["forwarded", 'proto=https;for="[2001:db8::7]:4711";by=x, for=10.0.0.1']] as const;
  expect(callerAddress(anExchange({ client: { address: "127.0.0.1", port: 1 }, request: { headers } }))).toBe(
    "2001:db8::7",
  );
});

const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

test.each([
  [undefined, ""],
  ["-", ""],
  ["curl/8.5.0", "curl"],
  ["python-requests/2.31.0", "python-requests"],
  ["okhttp/4.12.0", "okhttp"],
  ["Go-http-client/1.1", "Go-http-client"],
  ["Java/17.0.1", "Java"],
  ["OpenAI/Python 1.3.0", "OpenAI"],
  ["node", "node"],
  [CHROME, "Chrome"],
  [`${CHROME} Edg/126.0`, "Edge"],
  ["Mozilla/5.0 (X11; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox"],
  ["Mozilla/5.0 (compatible; Googlebot/2.1)", "bot"],
  ["Mozilla/5.0 something", "Mozilla"],
  ["550e8400-e29b-41d4-a716-446655440000/1.0", "other"],
  ["a1b2c3d4e5f6a7/1.0", "other"],
  ["(weird)", "other"],
])("%s is %s", (userAgent, family) => {
  expect(
    agentFamily(
      userAgent,
      createSafeName(() => false),
    ),
  ).toBe(family);
});
