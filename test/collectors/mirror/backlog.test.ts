// What waits comes out in order, and never weighs more than the bound.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Backlog } from "../../../collectors/mirror/backlog.ts";

test("first come, first served, whatever the turns", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 5_000 }), (turns) => {
      const backlog = new Backlog();
      const expected: number[] = [];
      for (const [at, isAdd] of turns.entries()) {
        const before = expected[0];
        const answer = isAdd ? backlog.add({ bytes: Buffer.alloc(1), at }) : backlog.take()?.at;
        if (isAdd) expected.push(at);
        else expected.shift();
        expect(answer).toBe(isAdd ? true : before);
        expect(backlog.isEmpty).toBe(expected.length === 0);
      }
    }),
    { numRuns: 20 },
  );
});

test("there is room for so many bytes, empty datagrams included, and room again once they are taken", () => {
  const backlog = new Backlog(10_000);
  let held = 0;
  while (backlog.add({ bytes: Buffer.alloc(0), at: held })) held += 1;
  expect(held).toBeLessThan(100);
  expect(backlog.add({ bytes: Buffer.alloc(0), at: 0 })).toBe(false);
  backlog.take();
  expect(backlog.add({ bytes: Buffer.alloc(0), at: 0 })).toBe(true);
  expect(new Backlog(10_000).add({ bytes: Buffer.alloc(10_000), at: 0 })).toBe(false);
});
