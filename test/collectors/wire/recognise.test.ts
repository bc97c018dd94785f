import fc from "fast-check";
import { expect, test } from "vitest";
import { recognise } from "../../../collectors/wire/recognise.ts";

test.each([
  ["GET / HTTP/1.1\r\n", "http1-request"],
  ["\r\nGET /x", "http1-request"],
  ["PATCHp /x HTTP/1.1\r\n", "http1-request"],
  ["get /x HTTP/1.1\r\n", "http1-request"],
  ["PATCHp /x", "more"],
  ["EHLO example.com\r\n", "unknown"],
  ["SSH-2.0-OpenSSH_9.2\r\n", "unknown"],
  ["GE", "more"],
  ["HTTP/1.1 200 OK\r\n", "http1-response"],
  ["http/1.0 200 OK\r\n", "http1-response"],
  ["HTT", "more"],
  ["HTTP/x", "unknown"],
  ["PRI * HT", "more"],
  ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "http2-preface"],
  ["\x16\x03\x01\x02\x00\x01", "tls-client"],
  ["\x16\x03\x03\x00\x50\x02", "tls-server"],
  ["\x17\x03\x03\x00\x50\x00", "tls-record"],
  ["\x16", "more"],
  ["\x16\x04\x00\x00\x50\x02", "unknown"],
  ['{"a":1}', "unknown"],
  ["", "more"],
])("%j is %s", (text, found) => {
  expect(recognise(Buffer.from(text, "latin1"), false)).toBe(found);
});

test("frames are looked for in the middle of a connection only", () => {
  const ping = Buffer.from("000008060000000000aaaaaaaaaaaaaaaa", "hex");
  const frames = Buffer.concat([ping, ping, ping, Buffer.from("00")]);
  expect([recognise(frames, true), recognise(frames, false), recognise(ping.subarray(0, 12), true)]).toEqual([
    "http2-frames",
    "unknown",
    "unknown",
  ]);
});

test("any bytes are judged", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.boolean(), (bytes, isMidstream) => {
      expect(typeof recognise(Buffer.from(bytes), isMidstream)).toBe("string");
    }),
  );
});
