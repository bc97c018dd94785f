import { expect, test } from "vitest";
import type { DataClass } from "../../../src/digest/data-class.ts";
import { createDataClassMatcher, fieldWords } from "../../../src/digest/leaves.ts";
import type { DataClassFacts } from "../../../src/model/sighting.ts";

function aClass(unit: Partial<DataClass>): DataClass {
  return {
    id: "x",
    title: "X",
    reference: "https://example.com",
    sensitivity: "credential",
    hint: /secret-/,
    find: () => true,
    examples: [],
    rejects: [],
    ...unit,
  };
}

function found(
  units: readonly DataClass[],
  leaves: readonly (readonly [text: string, name: string])[],
): readonly string[] {
  const hits = new Map<string, DataClassFacts>();
  const scanner = createDataClassMatcher(units).scanner("request.body", hits);
  for (const [text, name] of leaves) scanner.scan(text, name, () => name);
  return [...hits.values()].map(({ dataClass, field }) => `${dataClass} ${field}`);
}

test("a class is found by its form, in any field", () => {
  expect(
    found(
      [aClass({})],
      [
        ["secret-1", "a"],
        ["nothing", "b"],
      ],
    ),
  ).toEqual(["x a"]);
});

test("a class that needs a name is looked for under that name only", () => {
  const named = aClass({ id: "n", fields: /^date_of_birth$/, hint: /\d/ });
  const leaves = [
    ["1980", "dateOfBirth"],
    ["1980", "Date-Of-Birth"],
    ["1980", "created"],
  ] as const;
  expect(found([named], leaves)).toEqual(["n dateOfBirth", "n Date-Of-Birth"]);
});

test("units are asked only when their hint says so, with the words of the name and 8 KiB at most", () => {
  const asked: unknown[] = [];
  const find = (text: string, field: string): boolean => asked.push([text.length, field]) === 0;
  found(
    [aClass({ find }), aClass({ id: "y", hint: /other-/i, find })],
    [[`secret-${"x".repeat(10_000)}`, "someName"]],
  );
  expect(asked).toEqual([[8192, "some_name"]]);
});

test("a body's values are looked at up to 64 KiB", () => {
  const filler = Array.from({ length: 9 }, () => ["y".repeat(8192), "f"] as const);
  expect(found([aClass({})], [...filler, ["secret-1", "late"]])).toEqual([]);
});

test("deep paths are not kept in full", () => {
  expect(found([aClass({})], [["secret-1", "a".repeat(300)]])).toEqual(["x {text}"]);
});

test("short words without a digit are no class by their form", () => {
  expect(
    found(
      [aClass({})],
      [
        ["secret-a", "a"],
        ["secret-and-some-more-words", "b"],
      ],
    ),
  ).toEqual(["x b"]);
});

test("only credentials known by their form are secrets", () => {
  const { isSecret } = createDataClassMatcher([
    aClass({}),
    aClass({ id: "p", sensitivity: "personal", hint: /person-/ }),
    aClass({ id: "n", fields: /key/, hint: /named-/ }),
  ]);
  expect(["secret-1", "person-1", "named-1", "short"].map(isSecret)).toEqual([true, false, false, false]);
});

test("numbers are asked for where they may be of a class", () => {
  const { scanner } = createDataClassMatcher([
    aClass({ needs: ["0123456789"], shortest: 13 }),
    aClass({ id: "w", needs: ["@"] }),
    aClass({ id: "n", fields: /^year$/ }),
  ]);
  const { wantsNumber } = scanner("request.body", new Map());
  expect([wantsNumber("a", 12), wantsNumber("a", 13), wantsNumber("year", 1)]).toEqual([false, true, true]);
});

test("a uuid is only of classes that its name tells", () => {
  const uuid = "550e8400-e29b-41d4-a716-446655440000";
  const units = [aClass({ hint: /\d/ }), aClass({ id: "n", fields: /^named$/, hint: /\d/ })];
  expect(
    found(units, [
      [uuid, "id"],
      [uuid, "named"],
      [`${uuid}1`, "id"],
    ]),
  ).toEqual(["n named", "x id"]);
});

test("words of a name", () => {
  expect(["dateOfBirth", "X-Api-Key", "user[email]", "données", ""].map(fieldWords)).toEqual([
    "date_of_birth",
    "x_api_key",
    "user_email",
    "données",
    "",
  ]);
});
