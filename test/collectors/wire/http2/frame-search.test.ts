// Finding frames again: only proof counts, times survive, and what is held is bounded.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FrameSearch } from "../../../../collectors/wire/http2/frame-search.ts";
import { talker, text } from "./build.ts";

const up = talker();
const three = [up.data(1, "abc"), up.data(1, "defg"), up.settings()];
const joinedText = (chunks: readonly { bytes: Uint8Array }[]) =>
  Buffer.concat(chunks.map(({ bytes }) => bytes)).toString("hex");

test("three headers in a row are proof, what came before is given up", () => {
  const search = new FrameSearch();
  search.push(text("rest of a body"), 1);
  expect(search.find()).toEqual({ chunks: [], skipped: expect.any(Number) });
  three.forEach((frame, at) => search.push(frame, 2 + at));
  const { chunks } = search.find();
  expect(chunks.map(({ at }) => at)).toEqual([2, 3, 4]);
  expect(joinedText(chunks)).toBe(Buffer.concat(three).toString("hex"));
  expect(search.length).toBe(0);
});

test("two are not, until nothing follows", () => {
  const search = new FrameSearch();
  search.push(Buffer.concat(three.slice(0, 2)), 1);
  expect(search.find()).toEqual({ chunks: [], skipped: 0 });
  expect(search.finish().chunks).toHaveLength(1);
});

test("one alone counts only where bytes began to come, and only when it fits", () => {
  const first = three[0] ?? new Uint8Array(0);
  const cases = [first, Buffer.concat([text("x"), first]), first.subarray(0, -1)];
  const found = cases.map((bytes) => {
    const search = new FrameSearch();
    search.push(bytes, 1);
    return search.finish().chunks.length;
  });
  expect(found).toEqual([1, 0, 0]);
});

test("a stream without frames is given up as it comes", () => {
  const search = new FrameSearch();
  let skipped = 0;
  for (let at = 0; at < 200; at++) {
    search.push(Buffer.alloc(1000, 0xff), at);
    skipped += search.find().skipped;
    expect(search.length).toBeLessThan(1000);
  }
  expect(skipped).toBeGreaterThan(199_000);
});

test("times stay with their bytes, however much was given up before", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 40, maxLength: 80 }), (cuts) => {
      const bytes = Buffer.concat([Buffer.alloc(30, 0xff), ...three]);
      const search = new FrameSearch();
      const times: number[] = [];
      let found: readonly { readonly bytes: Uint8Array; readonly at: number }[] = [];
      for (let from = 0, at = 1; from < bytes.length && found.length === 0; at++) {
        const piece = bytes.subarray(from, from + (cuts[at % cuts.length] ?? 1));
        times.push(...Array.from(piece, () => at));
        search.push(piece, at);
        found = search.find().chunks;
        from += piece.length;
      }
      const told = found.flatMap(({ bytes, at }) => Array.from(bytes, () => at));
      expect(told).toEqual(times.slice(30));
      expect(told.length).toBeGreaterThan(0);
    }),
  );
});
