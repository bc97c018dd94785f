// Bodies are kept from their beginning, up to a hole or a limit, and give their memory back.
import { expect, test } from "vitest";
import { BodyBudget, KeptBody } from "../../../../collectors/wire/http2/kept-body.ts";

const bytes = (length: number) => new Uint8Array(length).fill(97);

test("64 KiB are kept, all is counted", () => {
  const body = new KeptBody(new BodyBudget());
  body.push(bytes(65_000));
  body.push(bytes(1000));
  expect([body.size, body.whole, body.take().length]).toEqual([66_000, false, 65_536]);
});

test("nothing is kept behind a hole", () => {
  const body = new KeptBody(new BodyBudget());
  body.push(bytes(3));
  body.gap(5);
  body.push(bytes(7));
  expect([body.size, body.whole, body.take().length]).toEqual([15, false, 3]);
});

test("the connection's budget is shared and comes back", () => {
  const budget = new BodyBudget();
  const bodies = Array.from({ length: 80 }, () => new KeptBody(budget));
  for (const body of bodies) body.push(bytes(65_536));
  const kept = bodies.map((body) => body.take().length);
  expect(kept.filter((length) => length === 65_536)).toHaveLength(64);
  expect(kept.at(-1)).toBe(0);
  expect(budget.left).toBe(4_194_304);
});
