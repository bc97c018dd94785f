import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shapeOf } from "../../../src/digest/draft.ts";
import type { OnLeaf } from "../../../src/digest/json-scan.ts";
import { createJsonReader } from "../../../src/digest/json.ts";
import { createSafeName } from "../../../src/digest/names.ts";
import { canonicalJson } from "../../../src/model/canonical.ts";
import type { Shape } from "../../../src/model/shape.ts";
import { joinShape } from "../../../src/model/shape.ts";

const safeName = createSafeName(() => false);

function read(
  text: string,
  complete = true,
  onLeaf: OnLeaf | null = null,
): { outcome: string; shape: Shape } {
  const reader = createJsonReader(safeName, onLeaf);
  const outcome = reader.read(text, complete);
  return { outcome, shape: shapeOf(reader.draft) };
}

const fields = (shape: Shape | undefined): Readonly<Record<string, Shape>> =>
  shape?.object?.fields.kept ?? {};

test("a body is described, not kept", () => {
  const { outcome, shape } = read('{"id":7,"tags":["a",null],"when":"2024-05-01","ok":true,"in":{}}');
  expect(outcome).toBe("whole");
  expect(shape.object?.count).toBe(1);
  expect(fields(shape)).toEqual({
    id: { count: 1, number: { count: 1, integer: true, fits: "int32", decimals: 0 } },
    tags: {
      count: 1,
      array: {
        count: 1,
        empty: 0,
        minLength: 2,
        maxLength: 2,
        items: {
          count: 2,
          nulls: 1,
          string: { count: 1, empty: 0, formats: 0, minLength: 1, maxLength: 1 },
        },
      },
    },
    when: { count: 1, string: { count: 1, empty: 0, formats: 4, minLength: 8, maxLength: 16 } },
    ok: { count: 1, booleans: 1 },
    in: { count: 1, object: { count: 1, fields: { kept: {}, tau: null, rest: null } } },
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("agrees with JSON.parse on what is JSON", () => {
  const text = fc.oneof(
    fc.json(),
    fc.string(),
    fc.stringMatching(/^[[\]{}",:0-9.eE+\-\\ntfalsru ]*$/),
    fc.tuple(fc.json(), fc.nat(50)).map(([text, at]) => text.slice(0, at)),
  );
  fc.assert(
    fc.property(text, (text) => {
      const { outcome } = read(text);
      // Raw control characters and bad escapes inside strings are tolerated, nothing else.
      const isTolerated = outcome === "whole" && /["\\]/.test(text);
      expect(isTolerated ? true : outcome === "whole").toBe(isTolerated || isJson(text));
      expect(["whole", "bad"]).toContain(outcome);
    }),
    { numRuns: 500 },
  );
});

test("cut anywhere: never bad, never counted as absence", () => {
  fc.assert(
    fc.property(fc.object(), fc.nat(1000), (value, at) => {
      const text = JSON.stringify(value);
      const cut = read(text.slice(0, at % text.length), false);
      expect(cut.outcome).toBe("cut");
      const whole = read(text);
      const joined = joinShape(whole.shape, cut.shape);
      expect(joined.object?.count).toBe(1);
      // Presence is told by whole objects alone, so whatever was always there still is.
      for (const [name, field] of Object.entries(fields(whole.shape))) {
        expect(fields(joined)[name]?.count).toBe(field.count);
      }
    }),
  );
});

test("a key said twice is one field; keys that are values are one class", () => {
  const { shape } = read(
    '{"a":1,"a":"x","550e8400-e29b-41d4-a716-446655440000":1,"550e8400-e29b-41d4-a716-446655440001":2}',
  );
  expect(Object.entries(fields(shape)).map(([name, { count }]) => [name, count])).toEqual([
    ["a", 1],
    ["{uuid}", 2],
  ]);
});

describe("numbers by their lexeme", () => {
  test.each([
    ["2147483647", "int32"],
    ["2147483648", "int53"],
    ["-9007199254740991", "int53"],
    ["9007199254740992", "int64"],
    ["9223372036854775807", "int64"],
    ["9223372036854775808", "big"],
    ["1".repeat(100_000), "big"],
  ])("%s fits %s", (text, fits) => {
    expect(read(text).shape.number?.fits).toBe(fits);
  });

  test("1.0 and 1e3 are no integers", () => {
    expect(read("1.0").shape.number).toMatchObject({ integer: false, decimals: 1 });
    expect(read("1e3").shape.number).toMatchObject({ integer: false, decimals: 0 });
  });
});

describe("hostile bodies", () => {
  test("64 KiB of brackets, closed, open or cut", () => {
    expect(read("[".repeat(65_536)).outcome).toBe("bad");
    expect(read("[".repeat(65_536), false).outcome).toBe("cut");
    expect(read("[".repeat(32_768) + "]".repeat(32_768)).outcome).toBe("whole");
    expect(read('{"a":'.repeat(10_000), false).outcome).toBe("cut");
  });

  test("below the sixteenth level anything may be", () => {
    let shape: Shape | undefined = read("[".repeat(20) + "]".repeat(20)).shape;
    let depth = 0;
    for (; shape?.array !== undefined; depth += 1) shape = shape.array.items;
    expect([depth, shape?.any]).toEqual([16, true]);
  });

  test("a 10 MB string and 100,000 keys stay small", () => {
    expect(JSON.stringify(read(JSON.stringify("x".repeat(10_000_000))).shape).length).toBeLessThan(200);
    const keys = Array.from(
      { length: 100_000 },
      (_, n) => `"k${"abcdefghij"[n % 10] ?? ""}${n.toString(26)}":1`,
    );
    const { outcome, shape } = read(`{${keys.join(",")}}`);
    expect(outcome).toBe("whole");
    expect(shape.any).toBe(true);
    expect(Object.keys(fields(shape)).length).toBeLessThanOrEqual(256);
  });

  test("byte order mark, lone surrogates, NUL and __proto__", () => {
    const { outcome, shape } = read('\u{FEFF}{"\ud800":"\ud800","__proto__":{"polluted":1},"\\u0000":1}');
    expect(outcome).toBe("whole");
    expect(JSON.stringify(shape)).not.toMatch(/\\ud800|\\u0000/);
    expect(Object.keys(fields(shape))).toContain("__proto__");
    expect({}).not.toHaveProperty("polluted");
  });
});

test("leaves are told with their name and path", () => {
  const seen: string[] = [];
  read('{"user":{"emails":["a@b.example"]},"n":12345}', true, (text, name, path) =>
    seen.push(`${path()} ${name} ${text}`),
  );
  expect(seen).toEqual(["user.emails[] emails a@b.example", "n n 12345"]);
});

test("one reader reads many texts into one shape", () => {
  fc.assert(
    fc.property(fc.array(fc.json({ maxDepth: 2 }), { minLength: 1, maxLength: 5 }), (texts) => {
      const reader = createJsonReader(safeName, null);
      for (const text of texts) reader.read(text, true);
      const apart = texts.map((text) => read(text).shape).reduce((a, b) => joinShape(a, b));
      expect(canonicalJson(shapeOf(reader.draft))).toBe(canonicalJson(apart));
    }),
  );
});

test("strings at the root name calls; nested ones do not", () => {
  const roots = (text: string): unknown => {
    const reader = createJsonReader(safeName, null);
    reader.read(text, true);
    return reader.roots.map((root) => Object.fromEntries(root));
  };
  expect(roots('{"jsonrpc":"2.0","method":"a/b","params":{"method":"no"}}')).toEqual([
    { jsonrpc: "2.0", method: "a/b" },
  ]);
  expect(roots('[{"method":"a"},{"method":"b"}]')).toEqual([{ method: "a" }, { method: "b" }]);
  expect(roots('{"query":{"match":"x"}}')).toEqual([{}]);
});
