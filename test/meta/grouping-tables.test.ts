// The tables that grouping and enum words rest on say where they come from, and hold what their readers expect.
import { expect, test } from "vitest";
import { EXCLUDED_PROVIDER } from "../../scripts/fit-grouping/excluded.ts";
import { read } from "./repository.ts";

const table = (file: string) => JSON.parse(read(file)) as Record<string, unknown>;
const GROUPING = "src/classify/grouping/data";

test.each([`${GROUPING}/route-words.json`, `${GROUPING}/trigrams.json`, "src/digest/data/enum-words.json"])(
  "%s names the descriptions it was counted from",
  (file) => {
    const { source } = table(file);
    expect(source).toMatchObject({
      licence: expect.stringContaining("MIT"),
      corpus: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      providers: expect.any(Number),
    });
  },
);

test("route words are sorted, in lower case, and two providers or more have each", () => {
  const rows = String(table(`${GROUPING}/route-words.json`)["words"]).split(";");
  const words = rows.map((row) => row.split(" ")[0]);
  expect(words).toEqual([...new Set(words)].sort());
  expect(rows.filter((row) => !/^[^A-Z ]+(?: \d+){4}$/.test(row))).toEqual([]);
  expect(rows.filter((row) => Number(row.split(" ")[1]) < 2)).toEqual([]);
});

test("enum words have no digits, are sorted and unique", () => {
  const words = String(table("src/digest/data/enum-words.json")["words"]).split(" ");
  expect(words).toEqual([...new Set(words)].sort());
  expect(words.filter((word) => !/^[a-z]+(?:_[a-z]+)*$/.test(word))).toEqual([]);
});

test("every row of the spelling model has one level for each letter", () => {
  const { alphabet, table: rows } = table(`${GROUPING}/trigrams.json`) as {
    alphabet: string;
    table: Record<string, string>;
  };
  const odd = Object.entries(rows).filter(
    ([context, row]) => context.length !== 2 || row.length !== alphabet.length || !/^[0-9a-z]+$/.test(row),
  );
  expect(odd).toEqual([]);
});

test("every tree is whole, and asks about features that the table names", () => {
  const { features, trees, bias, threshold } = table(`${GROUPING}/weights.json`) as {
    features: readonly string[];
    trees: readonly string[];
    bias: number;
    threshold: number;
  };
  expect([bias, threshold].every(Number.isFinite)).toBe(true);
  expect(features).toEqual([...new Set(features)].sort());
  const odd = trees.filter((tree) => {
    const words = tree.split(" ");
    const questions = words.filter((word) => /^\d+>-?[\d.]+:-?[\d.e-]+$/.test(word));
    const leaves = words.filter((word) => /^:-?[\d.e-]+$/.test(word));
    const known = questions.every((word) => Number.parseInt(word, 10) < features.length);
    return (
      !known || leaves.length !== questions.length + 1 || leaves.length + questions.length !== words.length
    );
  });
  expect(odd).toEqual([]);
});

test.each(["github.com", "api.stripe.com", "compute.googleapis.com", "box.com", "zoom.us", "jira.local"])(
  "nothing is learned from %s, which serves as a yardstick",
  (provider) => {
    expect(EXCLUDED_PROVIDER.test(provider)).toBe(true);
  },
);
