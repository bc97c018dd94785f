// Backoff is judged by the waits it asks for, not by a clock.
import { expect, test } from "vitest";
import * as fc from "fast-check";
import { backoffMs, pause, retry } from "../../../src/ops/retry.ts";

test("waits double, jitter takes up to half, the cap holds", () => {
  const backoff = { firstMs: 100, maxMs: 1000 };
  expect([1, 2, 3, 4, 5, 500].map((attempt) => backoffMs(backoff, attempt, () => 0.999_999))).toEqual([
    100, 200, 400, 800, 1000, 1000,
  ]);
  expect([1, 2, 5].map((attempt) => backoffMs(backoff, attempt, () => 0))).toEqual([50, 100, 500]);
});

test("a wait never exceeds the cap", () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 0.999_999, noNaN: true }), (attempt, jitter) => {
      const wait = backoffMs({ firstMs: 7, maxMs: 90 }, attempt + 1, () => jitter);
      expect(wait).toBeGreaterThanOrEqual(4);
      expect(wait).toBeLessThanOrEqual(90);
    }),
  );
});

test("tries until it works and tells each wait", async () => {
  const waits: unknown[] = [];
  const result = await retry(
    async (attempt) => (attempt < 3 ? Promise.reject(new Error(`no ${attempt}`)) : attempt),
    {
      backoff: { firstMs: 1, maxMs: 2 },
      random: () => 0.999_999,
      onRetry: (failure, attempt, waitMs) => waits.push([(failure as Error).message, attempt, waitMs]),
    },
  );
  expect(result).toBe(3);
  expect(waits).toEqual([
    ["no 1", 1, 1],
    ["no 2", 2, 2],
  ]);
});

test("an abort ends the wait and gives the last failure", async () => {
  const controller = new AbortController();
  const trying = retry(() => Promise.reject(new Error("still away")), {
    backoff: { firstMs: 3_600_000, maxMs: 3_600_000 },
    signal: controller.signal,
    onRetry: () => controller.abort(),
  });
  await expect(trying).rejects.toThrow("still away");
  await pause(3_600_000, controller.signal);
});
