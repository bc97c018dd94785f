// The streams of a connection: told once each, forgotten late frames, waiting that ends.
import { expect, test } from "vitest";
import { DATA, END_STREAM } from "../../../../collectors/wire/http2/frames.ts";
import { Streams } from "../../../../collectors/wire/http2/streams.ts";
import { ENDS, lines, recorder } from "./tap.ts";

function open(ends = {}) {
  const sink = recorder();
  const streams = new Streams({ ...ENDS, ...ends }, sink, {});
  const say = (
    side: 0 | 1,
    stream: number,
    fields: readonly [string, string][],
    { endStream = true, at = 1 } = {},
  ) => {
    streams.heard(side, at);
    const named = fields.map(([name, value]) => ({ name, value }));
    streams.section(side, {
      stream,
      promised: null,
      endStream,
      fields: named,
      cut: false,
      startedAt: at,
      endedAt: at,
    });
  };
  return { sink, streams, say };
}

const ASK: [string, string][] = [
  [":method", "GET"],
  [":path", "/a"],
  [":authority", "shop.test"],
];
const ANSWER: [string, string][] = [[":status", "200"]];
const data = (stream: number, flags = 0) => ({ type: DATA, flags, stream, length: 3, startedAt: 1 });

test("an answer may reach us before its request", () => {
  const { sink, say } = open();
  say(1, 1, ANSWER);
  expect(sink.exchanges).toEqual([]);
  say(0, 1, ASK);
  expect(lines(sink.exchanges)).toEqual(["h2 GET shop.test /a 200"]);
});

test("frames behind the telling open nothing anew", () => {
  const { sink, streams, say } = open();
  say(0, 1, ASK);
  streams.reset(1, 1);
  say(1, 1, ANSWER, { endStream: false });
  streams.data(1, 1, new Uint8Array(3), 1);
  streams.dataEnd(1, data(1, END_STREAM), 1);
  streams.flush();
  expect(lines(sink.exchanges)).toEqual(["h2 GET shop.test /a one-way one-way aborted"]);
});

test("an early answer to an unfinished request is told when waiting ends", () => {
  const { sink, streams, say } = open();
  say(0, 1, ASK, { endStream: false });
  say(1, 1, ANSWER, { at: 100 });
  streams.sweep(5099);
  expect(sink.exchanges).toEqual([]);
  streams.sweep(5100);
  expect(lines(sink.exchanges)).toEqual(["h2 GET shop.test /a 200 request-partial"]);
});

test("an answer without a request is an orphan, a stream without both nothing but a count", () => {
  const { sink, streams, say } = open();
  say(1, 1, ANSWER);
  streams.data(0, 3, new Uint8Array(3), 1);
  streams.flush();
  expect(lines(sink.exchanges)).toEqual(["h2 - 10.0.0.2:8080  200 orphan-response"]);
  expect(sink.counts["h2.requests-unknown"]).toBe(2);
});

test("headers of live streams are bounded together", () => {
  const { sink, streams, say } = open();
  const big: [string, string][] = [...ASK, ["x-big", "v".repeat(100_000)]];
  for (let id = 1; id < 200; id += 2) say(0, id, big);
  expect(sink.exchanges).toHaveLength(100 - 41);
  expect(new Set(sink.weirds)).toEqual(new Set(["h2.headers-limit"]));
  streams.flush();
  expect(sink.exchanges).toHaveLength(100);
});

test("a promise costs like any request, and telling gives it back", () => {
  const { sink, streams } = open();
  const fields = [...ASK, ["x-big", "v".repeat(100_000)]].map(([name = "", value = ""]) => ({ name, value }));
  for (let id = 2; id < 400; id += 2) {
    streams.section(1, {
      stream: 1,
      promised: id,
      endStream: false,
      fields,
      cut: false,
      startedAt: 1,
      endedAt: 1,
    });
    streams.reset(id, 1);
  }
  expect(sink.weirds).toEqual([]);
});

test("a side of which other packets came is not one-way", () => {
  const { sink, streams, say } = open({ heard: () => true });
  say(0, 1, ASK);
  streams.flush();
  expect(lines(sink.exchanges)).toEqual(["h2 GET shop.test /a capture-end"]);
});

test("two authorities on one connection are never lent to a third request", () => {
  const { sink, streams, say } = open();
  say(0, 1, ASK);
  say(0, 3, [
    [":method", "GET"],
    [":path", "/b"],
    [":authority", "other.test"],
  ]);
  say(0, 5, [
    [":method", "GET"],
    [":path", "/c"],
  ]);
  streams.heard(1, 1);
  streams.flush();
  expect(sink.exchanges.map(({ request }) => request.authority)).toEqual([
    "shop.test",
    "other.test",
    "10.0.0.2:8080",
  ]);
});
