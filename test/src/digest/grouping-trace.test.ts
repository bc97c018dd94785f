// What leaves an exchange for grouping: hashes of what stood in the path and of identifiers that were given away.
import { describe, expect, test } from "vitest";
import type { Traced } from "../../../src/digest/grouping-trace.ts";
import {
  createReturnedGatherer,
  createSegmentHasher,
  groupingTrace,
} from "../../../src/digest/grouping-trace.ts";

/** Enough to tell texts apart in a test. */
const hash = (text: string): number =>
  [...text].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) >>> 0;
const silent = { scan: () => {}, wantsNumber: () => false };

function returnedBy(leaves: readonly (readonly [name: string, value: string])[]) {
  const gatherer = createReturnedGatherer(hash);
  const scanner = gatherer.wrap(silent);
  for (const [name, value] of leaves) scanner.scan(value, name, () => name);
  return gatherer.returned()?.kept;
}

describe("identifiers", () => {
  test("values under names of identifiers are kept as hashes", () => {
    const kept = returnedBy([
      ["login", "anna"],
      ["userId", "u-1"],
      ["comment", "anna"],
    ]);
    expect(kept).toEqual({ login: [hash("anna")], userId: [hash("u-1")] });
    expect(JSON.stringify(kept)).not.toContain("anna");
  });

  test("texts and numbers that leave paths anyway are not", () => {
    expect(
      returnedBy([
        ["id", "1234567"],
        ["id", "x".repeat(65)],
        ["comment", "a"],
      ]),
    ).toBeUndefined();
  });

  test("a list of many rows says enough with its first", () => {
    const rows = Array.from({ length: 2000 }, (_, n) => ["slug", `s${n % 1000}`] as const);
    expect(returnedBy(rows)?.["slug"]?.length).toBeLessThanOrEqual(128);
  });
});

test("segments are hashed where their text stays", () => {
  const segments = createSegmentHasher(hash);
  expect(segments("/users/anna%20b/{uuid}/x")).toEqual([hash("users"), hash("anna b"), null, hash("x")]);
});

describe("a trace", () => {
  const traced: Traced = {
    at: 5,
    status: "200",
    callers: [1],
    media: "text/html",
    size: 900,
    segments: [null],
    returned: { kept: { id: [1] }, tau: null, rest: null },
  };

  test("success is good evidence, pages by their size", () => {
    const { good, bad, pages, returned, segments } = groupingTrace(traced);
    expect(good).toEqual({ first: 5, last: 5, callers: [1] });
    expect(Object.values(pages ?? {})).toEqual([1]);
    expect([bad, segments, returned?.kept]).toEqual([undefined, undefined, { id: [1] }]);
  });

  test("what was not found proves nothing and returns nothing", () => {
    expect(groupingTrace({ ...traced, status: "404" })).toEqual({ bad: { first: 5, last: 5, callers: [1] } });
  });
});
