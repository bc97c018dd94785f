// Frame headers: reading them, telling lawful from impossible ones, and recognising HTTP/2.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as frames from "../../../../collectors/wire/http2/frames.ts";
import { frame, get, talker, text } from "./build.ts";

test("a header is read as RFC 9113 draws it, the reserved bit left out", () => {
  expect(frames.frameHeaderAt(Uint8Array.from([0, 1, 2, 4, 5, 0x80, 0, 1, 3]), 0)).toEqual({
    length: 258,
    type: 4,
    flags: 5,
    stream: 259,
  });
});

describe("lawful or not", () => {
  test.each([
    ["DATA", { type: frames.DATA, length: 0, flags: 0, stream: 1 }, true],
    ["DATA of no stream", { type: frames.DATA, length: 0, flags: 0, stream: 0 }, false],
    [
      "padded DATA without a pad length",
      { type: frames.DATA, length: 0, flags: frames.PADDED, stream: 1 },
      false,
    ],
    [
      "HEADERS with priority, too short",
      { type: frames.HEADERS, length: 4, flags: frames.PRIORITISED, stream: 1 },
      false,
    ],
    ["PRIORITY", { type: frames.PRIORITY, length: 5, flags: 0, stream: 3 }, true],
    ["SETTINGS of a stream", { type: frames.SETTINGS, length: 6, flags: 0, stream: 1 }, false],
    ["SETTINGS of a broken length", { type: frames.SETTINGS, length: 7, flags: 0, stream: 0 }, false],
    [
      "an acknowledgement with content",
      { type: frames.SETTINGS, length: 6, flags: frames.ACK, stream: 0 },
      false,
    ],
    ["PING", { type: frames.PING, length: 8, flags: 0, stream: 0 }, true],
    ["GOAWAY, too short", { type: frames.GOAWAY, length: 7, flags: 0, stream: 0 }, false],
    ["WINDOW_UPDATE of the connection", { type: frames.WINDOW_UPDATE, length: 4, flags: 0, stream: 0 }, true],
    ["an extension", { type: 0x10, length: 99, flags: 255, stream: 0 }, true],
  ])("%s", (_, header, lawful) => {
    expect(frames.isLawful(header)).toBe(lawful);
  });
});

describe("begins with frames", () => {
  const up = talker();
  const headers = up.headers(1, get("/a"));
  test.each<[string, Uint8Array, boolean]>([
    [
      "three frames and a rest",
      Buffer.concat([headers, up.data(1, "abc"), up.settings(), text("rest")]),
      true,
    ],
    ["one frame that fits", headers, true],
    ["one frame and part of the next", Buffer.concat([headers, up.data(1, "abc").subarray(0, 10)]), true],
    ["one frame and a rest that is none", Buffer.concat([headers, text("some other bytes")]), false],
    ["a frame that goes on", headers.subarray(0, 20), false],
    ["HTTP/1", text("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), false],
    ["a TLS record", Uint8Array.from([22, 3, 1, 0, 10, 1, 0, 0, 6, 3, 3, 0, 0, 0, 0]), false],
    ["zeros", new Uint8Array(100), false],
    ["nothing", new Uint8Array(0), false],
  ])("%s", (_, bytes, expected) => {
    expect(frames.beginsWithFrames(bytes)).toBe(expected);
  });

  test("bytes of other kinds seldom do", () => {
    let seldom = 0;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 200 }), (bytes) => {
        if (frames.beginsWithFrames(bytes)) seldom++;
      }),
      { numRuns: 2000 },
    );
    expect(seldom).toBeLessThan(3);
  });
});

test("an undefined flag, a set reserved bit or an unusual length break a chain", () => {
  const odd = [
    frame(frames.DATA, 0x40, 1),
    Uint8Array.from([0, 0, 0, 0, 0, 0x80, 0, 0, 1]),
    Uint8Array.from([1, 0, 0, 0, 0, 0, 0, 0, 1]),
  ];
  for (const bytes of odd) expect(frames.chainAt(bytes, 0)).toEqual({ headers: 0, ends: "broken" });
});
