// A new mix of content is told with its date; chance, weekends and one long conversation are not.
import { describe, expect, test } from "vitest";
import { contentShifts } from "../../../src/inventory/ai-content-shift.ts";
import type { ContentFacts } from "../../../src/model/content-facts.ts";
import { contentOn, growContent } from "../../../src/model/content-facts.ts";

const DAY = 86_400_000;
const FIRST = 20_000;

function heard(days: readonly Readonly<Record<string, number>>[]): ContentFacts {
  const [first, ...others] = days.map((counts, day) => contentOn(FIRST + day, counts));
  return others.reduce<ContentFacts>(growContent, first as ContentFacts);
}

function repeated<T>(count: number, make: (at: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

const usual = { "prompt hr": 20, "prompt other": 30, "answer hr": 25, "answer other": 25 };
const coded = { "prompt code": 25, "prompt hr": 10, "prompt other": 15, "answer other": 25, "answer hr": 25 };

test("an assistant for personnel that receives source code", () => {
  expect(contentShifts(heard([...repeated(14, () => usual), ...repeated(4, () => coded)]))).toMatchObject([
    {
      direction: "prompt",
      since: (FIRST + 14) * DAY,
      text: "prompts: source code in 50 % of 200 exchanges, in 0 % of 700 before (distance 0.56)",
    },
  ]);
});

test("what never came before is told within two days", () => {
  const days = [
    ...repeated(14, () => usual),
    ...repeated(2, () => ({ "prompt code": 60, "prompt other": 40 })),
  ];
  expect(contentShifts(heard(days))).toHaveLength(1);
});

test("a mix that changes at weekends is usual", () => {
  const week = (at: number) =>
    at % 7 < 5 ? { "prompt code": 5, "prompt other": 95 } : { "prompt code": 60, "prompt other": 40 };
  for (let length = 8; length < 40; length++)
    expect(contentShifts(heard(repeated(length, week)))).toEqual([]);
});

describe("none", () => {
  test("while it is being learned", () => {
    expect(contentShifts(heard([...repeated(6, () => usual), ...repeated(4, () => coded)]))).toEqual([]);
    const few = repeated(12, () => ({ "prompt other": 5 }));
    expect(contentShifts(heard([...few, ...repeated(3, () => coded)]))).toEqual([]);
  });

  test("from one conversation with a hundred turns", () => {
    const days = [...repeated(14, () => usual), { ...usual, "prompt code": 45 }];
    expect(contentShifts(heard(days))).toEqual([]);
  });

  test("where nothing was said", () => {
    expect(contentShifts(undefined)).toEqual([]);
  });
});

/** Repeatable: mulberry32. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test("stationary traffic of conversations gives no alarm, over 300 endpoints and 25 days each", () => {
  const classes = ["code", "hr", "legal", "other", "table"];
  let alarms = 0;
  for (let seed = 0; seed < 300; seed++) {
    const roll = dice(seed);
    const weights = classes.map(() => roll() ** 3);
    const sum = weights.reduce((a, b) => a + b, 0);
    const pick = () => {
      let at = roll() * sum;
      return classes[weights.findIndex((weight) => (at -= weight) < 0)] ?? "other";
    };
    const days: Record<string, number>[] = [];
    for (let day = 0; day < 25; day++) {
      const counts: Record<string, number> = {};
      const conversations = Math.floor(roll() * 12);
      for (let one = 0; one < conversations; one++) {
        const key = `prompt ${pick()}`;
        counts[key] = (counts[key] ?? 0) + 1 + Math.floor(roll() * 12);
      }
      days.push(counts);
      if (contentShifts(heard(days)).length > 0) {
        alarms += 1;
        break;
      }
    }
  }
  expect(alarms).toBe(0);
});
