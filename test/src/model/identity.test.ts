// The identity of an endpoint: what counts and what does not.
import { describe, expect, test } from "vitest";
import { endpointId, identityKey, shortHash, skeletonOf } from "../../../src/model/identity.ts";

const one = { authority: "a.test", method: "GET", path: "/users/{id}", style: "rest", operation: null };

describe("endpointId", () => {
  test("is stable, short and lower case", () => {
    expect(endpointId(one)).toMatch(/^ep_[a-z2-7]{16}$/);
    expect(endpointId(one)).toBe(endpointId({ ...one }));
  });
  test.each([{ path: "/users/{userId}" }])("does not depend on variable names: %o", (other) => {
    expect(endpointId({ ...one, ...other })).toBe(endpointId(one));
  });
  test.each([
    { method: "PUT" },
    { authority: "b.test" },
    { path: "/users/{id}/x" },
    { style: "graphql" },
    { operation: "query A" },
  ])("depends on %o", (other) => {
    expect(endpointId({ ...one, ...other })).not.toBe(endpointId(one));
  });
});

test("identityKey has no two readings", () => {
  expect(identityKey({ ...one, operation: "x" })).not.toBe(identityKey({ ...one, style: "x" }));
});

test("skeletonOf empties every variable", () => {
  expect(skeletonOf("/a/{b}/c({d},{e}).json")).toBe("/a/{}/c({},{}).json");
});

test("shortHash is the first 80 bits of SHA-256 in base32", () => {
  // sha256("abc") = ba7816bf 8f01cfea 4141…
  expect(shortHash("abc")).toBe("xj4bnp4pahh6uqkb");
});
