// Headers and cookies as parameters: those of the API, without credentials and what the way adds.
import { expect, test } from "vitest";
import { boundedOf } from "../../../src/model/bounded.ts";
import { boundsOf, FACT_CAPS } from "../../../src/model/facts.ts";
import { headParameters } from "../../../src/openapi/head-parameters.ts";
import { someFacts } from "../inventory/an-endpoint.ts";

const { headers } = boundsOf(FACT_CAPS);

function told(counts: Readonly<Record<string, number>>, { requests = 20, callers = 9, ...words } = {}) {
  const facts = someFacts({ statuses: { 200: requests }, callers, ...words });
  const kept = boundedOf(Object.entries(counts), headers);
  const both = { ...facts, requestHeaders: kept, cookies: kept };
  return headParameters(both).map(
    ({ name, in: place, required }) => `${place} ${name}${required === true ? "!" : ""}`,
  );
}

test("what was always there is required, once enough clients sent it", () => {
  expect(told({ "x-tenant": 20, "if-match": 3 })).toEqual([
    "header if-match",
    "header x-tenant!",
    "cookie if-match",
    "cookie x-tenant!",
  ]);
  expect(told({ "x-tenant": 20 }, { callers: 2 })).toContain("header x-tenant");
});

test.each([
  "host",
  "user-agent",
  "x-forwarded-for",
  "sec-fetch-mode",
  "content-type",
  "{text}",
  "traceparent",
])("%s is no parameter", (name) => {
  expect(told({ [name]: 20 }).filter((held) => held.startsWith("header"))).toEqual([]);
});

test("credentials, cookies of analytics and habits of single clients are none", () => {
  expect(told({ "x-key": 20 }, { auth: "api-key-header", authName: "X-Key" } as object)).toEqual([
    "cookie x-key!",
  ]);
  expect(told({ sid: 20 }, { auth: "session-cookie", authName: "sid" } as object)).toEqual(["header sid!"]);
  expect(told({ _ga: 20 })).toEqual(["header _ga!"]);
  expect(told({ "x-odd": 1 })).toEqual([]);
});
