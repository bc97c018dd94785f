import { expect, test } from "vitest";
import { Cursor, LAYER } from "../../../../collectors/wire/link/cursor.ts";

test("starts anew for every packet", () => {
  const cursor = new Cursor();
  cursor.reset(Buffer.alloc(10), 50);
  cursor.tag(7);
  cursor.depth = 3;
  cursor.stop("link.short");
  cursor.skip(5, LAYER.raw);
  cursor.reset(Buffer.alloc(20), 0);
  expect(cursor).toMatchObject({ pos: 0, end: 20, wireEnd: 20, scope: 0, depth: 0, weird: null });
});

test("clipping never gives bytes that were not captured", () => {
  const cursor = new Cursor();
  cursor.reset(Buffer.alloc(10), 10);
  cursor.clip(8);
  expect([cursor.end, cursor.wireEnd, cursor.has(8), cursor.has(9)]).toEqual([8, 8, true, false]);
  cursor.clip(30);
  expect([cursor.end, cursor.wireEnd]).toEqual([8, 30]);
});

test("tags count in their order", () => {
  const folded = [[1, 2], [2, 1], [1]].map((ids) => {
    const cursor = new Cursor();
    for (const id of ids) cursor.tag(id);
    return cursor.scope;
  });
  expect(new Set(folded).size).toBe(3);
});
