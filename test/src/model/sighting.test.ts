import { expect, test } from "vitest";
import { AUTH_SCHEMES } from "../../../src/model/sighting.ts";

test("schemes are words that stand in addresses and policies as they are, each once", () => {
  expect(AUTH_SCHEMES.filter((scheme) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(scheme))).toEqual([]);
  expect(new Set(AUTH_SCHEMES).size).toBe(AUTH_SCHEMES.length);
});
