import { expect, test } from "vitest";
import { createSampler } from "../../../src/digest/sampler.ts";

function taken(fully: number, exchanges: number): readonly number[] {
  const sampler = createSampler(fully);
  return Array.from({ length: exchanges }, (_, n) => n).filter(() => sampler.take("k"));
}

test("everything first, then ever less", () => {
  expect(taken(4, 40)).toEqual([0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32]);
});

test("never less than every 64th", () => {
  const all = taken(10, 10_000);
  const gaps = all.slice(1).map((at, index) => at - (all[index] as number));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(64);
  expect(all.length).toBeLessThan(300);
});

test("kinds are counted apart, and rare ones survive a flood of others", () => {
  const sampler = createSampler(2);
  sampler.take("busy");
  sampler.take("busy");
  for (let n = 0; n < 60_000; n += 1) expect(sampler.take(`flood ${n}`)).toBe(true);
  sampler.take("busy");
  expect(sampler.take("busy")).toBe(false);
});

test("each day begins afresh, and clocks that jump back begin none", () => {
  const sampler = createSampler(2);
  const days = [1, 1, 1, 1, 2, 2, 1, 1, 2, 3];
  expect(days.map((day) => sampler.take("k", day))).toEqual([
    true,
    true,
    true,
    false,
    true,
    true,
    true,
    false,
    true,
    true,
  ]);
});
