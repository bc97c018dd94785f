// A buffer of pieces: appending, dropping, and memory of its own.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ByteBuffer } from "../../../../collectors/wire/http2/byte-buffer.ts";

test("behaves as the bytes joined and cut would", () => {
  const step = fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.nat(30), fc.constant("clear" as const));
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const buffer = new ByteBuffer();
      let expected: number[] = [];
      for (const step of steps) {
        if (step === "clear") {
          buffer.clear();
          expected = [];
        } else if (typeof step === "number") {
          buffer.drop(step);
          expected = expected.slice(step);
        } else {
          buffer.append(step);
          expected.push(...step);
        }
        expect([...buffer.view()]).toEqual(expected);
        expect(buffer.length).toBe(expected.length);
      }
    }),
  );
});

test("keeps nothing of what it was given", () => {
  const buffer = new ByteBuffer();
  const given = Uint8Array.from([1, 2]);
  buffer.append(given);
  given.fill(9);
  expect([...buffer.view()]).toEqual([1, 2]);
});
