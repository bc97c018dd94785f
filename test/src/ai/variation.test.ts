// Hashes alone tell generated answers from looked-up ones.
import { expect, test } from "vitest";
import { repetition, vocabulary } from "../../../src/ai/variation.ts";
import { emptyText } from "../../../src/model/text-facts.ts";

const pairs = (kept: Record<string, { count: number; outs: number[] }>) => ({ kept, tau: null, rest: null });

test("repeated inputs", () => {
  const text = {
    ...emptyText(),
    pairs: pairs({ a: { count: 3, outs: [1, 2] }, b: { count: 4, outs: [3] } }),
  };
  expect(repetition(text)).toEqual({ varied: 1, settled: 3 });
});

test("templates have the words of one answer", () => {
  const answers = pairs({
    a: { count: 1, outs: [1] },
    b: { count: 1, outs: [2] },
    c: { count: 1, outs: [3] },
  });
  const base = { ...emptyText(), ins: [1, 2, 3], wordCount: 60, pairs: answers };
  const words = (count: number) => Array.from({ length: count }, (_, n) => n);
  expect(vocabulary({ ...base, words: words(22) })).toBe("narrow");
  expect(vocabulary({ ...base, words: words(33) })).toBe("unknown");
  expect(vocabulary({ ...base, words: words(48) })).toBe("wide");
  expect(vocabulary({ ...base, ins: [1], words: words(22) })).toBe("unknown");
});
