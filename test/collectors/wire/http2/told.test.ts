// The latest are remembered, the oldest forgotten in time.
import { expect, test } from "vitest";
import { ToldStreams } from "../../../../collectors/wire/http2/told.ts";

test("at least as many as asked for, at most twice that", () => {
  const told = new ToldStreams(10);
  for (let id = 1; id <= 100; id++) told.add(id);
  for (let id = 91; id <= 100; id++) expect(told.has(id)).toBe(true);
  const known = Array.from({ length: 101 }, (_, id) => id).filter((id) => told.has(id));
  expect(known.length).toBeLessThanOrEqual(20);
  expect(told.weight).toBe(known.length * 40);
});
