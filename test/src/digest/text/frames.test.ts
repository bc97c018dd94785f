// Streams of every kind come apart into frames, and their ends are noticed.
import fc from "fast-check";
import { expect, test } from "vitest";
import { amazonFrames, arrayFrames, lineFrames, sseFrames } from "../../../../src/digest/text/frames.ts";

test("server-sent events", () => {
  expect(sseFrames('event: x\r\ndata: {"a":1}\r\n\r\n: note\ndata: b\ndata: c\n\ndata: [DONE]\n\n')).toEqual({
    texts: ['{"a":1}', "b\nc"],
    ended: true,
  });
  expect(sseFrames("event: end\ndata: {}\n\n").ended).toBe(true);
  expect(sseFrames("data: cut").texts).toEqual(["cut"]);
});

test("lines and arrays", () => {
  expect(lineFrames('{"d":"a"}\n\n{"fin":1}\n')).toEqual({ texts: ['{"d":"a"}', '{"fin":1}'], ended: true });
  expect(arrayFrames([{ a: 1 }, { b: 2 }]).texts).toEqual(['{"a":1}', '{"b":2}']);
});

/** Lengths and payload as AWS writes them; checksums are not looked at. */
function amazon(payload: string): Uint8Array {
  const body = new TextEncoder().encode(payload);
  const bytes = new Uint8Array(16 + body.length);
  new DataView(bytes.buffer).setUint32(0, bytes.length);
  bytes.set(body, 12);
  return bytes;
}

test("AWS event streams, bytes within included", () => {
  const inner = Buffer.from('{"text":"hi"}').toString("base64");
  expect(amazonFrames(amazon(`{"bytes":"${inner}"}`)).texts).toEqual(['{"text":"hi"}']);
});

test("any bytes are bearable", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, text) => {
      expect(amazonFrames(bytes).texts.length).toBeLessThan(30);
      expect(sseFrames(text).texts.length).toBeLessThanOrEqual(1000);
    }),
  );
});
