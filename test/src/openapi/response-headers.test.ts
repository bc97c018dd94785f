// Which headers an exported answer has.
import { expect, test } from "vitest";
import { boundedOf } from "../../../src/model/bounded.ts";
import { boundsOf, FACT_CAPS } from "../../../src/model/facts.ts";
import { responseHeaders } from "../../../src/openapi/response-headers.ts";

function headersOf(count: number, held: Readonly<Record<string, number>>) {
  const headers = boundedOf(Object.entries(held), boundsOf(FACT_CAPS).headers);
  return responseHeaders({ count, bodies: {}, headers });
}

test("those of the API, not those of the way there", () => {
  const held = { location: 1, "x-total-count": 2, date: 2, "access-control-allow-origin": 2, "cf-ray": 2 };
  expect(Object.keys(headersOf(2, held))).toEqual(["location", "x-total-count"]);
});

test("one that was always there is required, once there is enough to say so", () => {
  expect(headersOf(20, { etag: 20, link: 19 })).toEqual({
    etag: { required: true, schema: { type: "string" } },
    link: { schema: { type: "string" } },
  });
  expect(headersOf(19, { etag: 19 })).toEqual({ etag: { schema: { type: "string" } } });
});

test("what is no name becomes none", () => {
  expect(headersOf(1, { "{text}": 1, "a b": 1, ["x".repeat(65)]: 1 })).toEqual({});
});
