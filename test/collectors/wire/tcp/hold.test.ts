import fc from "fast-check";
import { expect, test } from "vitest";
import { Half } from "../../../../collectors/wire/tcp/flow.ts";
import { TcpHeader } from "../../../../collectors/wire/tcp/header.ts";
import { HELD_OVERHEAD, hold, release } from "../../../../collectors/wire/tcp/hold.ts";

const segment = (seq: number, text: string, fields: Partial<TcpHeader> = {}): TcpHeader =>
  Object.assign(new TcpHeader(), { seq, length: text.length, bytes: Buffer.from(text) }, fields);
const held = (half: Half): string[] =>
  half.held.map(({ seq, bytes, isFin }) => `${seq}:${bytes}${isFin ? "FIN" : ""}`);

test("sorted, and the first copy of every byte wins", () => {
  const half = new Half();
  hold(half, segment(10, "klm"));
  hold(half, segment(4, "ef"));
  const { conflict } = hold(half, segment(3, "-ef---kXlm"));
  expect([held(half), conflict]).toEqual([["3:-", "4:ef", "6:---k", "10:klm"], true]);
});

test("the same bytes again are no conflict", () => {
  const half = new Half();
  hold(half, segment(4, "efgh"));
  expect(hold(half, segment(2, "cdefghij"))).toEqual({ added: 4 + 2 * HELD_OVERHEAD, conflict: false });
});

test("FIN is held once, behind everything", () => {
  const half = new Half();
  for (let again = 0; again < 3; again++) hold(half, segment(4, "ef", { isFin: true }));
  expect(held(half)).toEqual(["4:ef", "6:FIN"]);
});

test("whatever comes in whatever order, every byte is there once and accounts are even", () => {
  const text = "abcdefghijklmnopqrstuvwxyz";
  const piece = fc.tuple(fc.nat(25), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.integer(), (pieces, base) => {
      const half = new Half();
      const expected = new Set<number>();
      for (const [start, length] of pieces) {
        const part = text.slice(start, start + length);
        expect(hold(half, segment((base + start) | 0, part)).conflict).toBe(false);
        for (let at = start; at < start + part.length; at++) expected.add(at);
      }
      const found: number[] = [];
      for (let first = release(half); first !== undefined; first = release(half)) {
        const start = (first.seq - base) | 0;
        expect(first.bytes.toString()).toBe(text.slice(start, start + first.length));
        for (let at = start; at < start + first.length; at++) found.push(at);
      }
      expect([found, half.heldBytes]).toEqual([[...expected].toSorted((a, b) => a - b), 0]);
    }),
  );
});
