// Streams that go on after they were told are followed to their end, within bounds.
import { describe, expect, test } from "vitest";
import { sortFields } from "../../../../collectors/wire/http2/message.ts";
import { BodyBudget } from "../../../../collectors/wire/http2/kept-body.ts";
import type { Stream } from "../../../../collectors/wire/http2/stream.ts";
import { openStream } from "../../../../collectors/wire/http2/stream.ts";
import { Taps } from "../../../../collectors/wire/http2/taps.ts";
import type { Exchange } from "../../../../src/model/exchange.ts";
import type { StreamUpdate } from "../../../../src/model/stream-facts.ts";
import { anExchange } from "../../../src/digest/an-exchange.ts";
import { frame } from "../../../src/digest/grpc/encode.ts";
import { frameFacts } from "../stream/frames.ts";

function open() {
  const updates: StreamUpdate[] = [];
  const taps = new Taps({
    exchange() {},
    weird() {},
    count() {},
    stream: (update) => void updates.push(update),
  });
  return { taps, updates };
}

function aStream(id: number, type: string, taps: Taps): Stream {
  const stream = openStream(id, new BodyBudget());
  for (const [from, half] of [stream.request, stream.response].entries()) {
    half.head = sortFields([{ name: "content-type", value: type }]);
    taps.open(half, from === 0 ? 0 : 1);
  }
  return stream;
}

const EVENT = Buffer.from("data: 1\n\n");
const told = (exchange: Exchange | null) => exchange?.stream;

test("both directions of a gRPC call are one stream", () => {
  const { taps } = open();
  const stream = aStream(1, "application/grpc", taps);
  taps.data(stream.request, frame(new Uint8Array(2)), 1);
  taps.data(stream.response, frame(new Uint8Array(3)), 5);
  taps.data(stream.response, frame(new Uint8Array(4)), 9);
  expect(told(taps.tell(stream, anExchange()))).toEqual({
    kinds: { grpc: 1 },
    sent: frameFacts([2], []),
    received: frameFacts([3, 4], [4]),
  });
  expect(taps.weight).toBe(0);
});

test("what is no stream costs nothing and says nothing", () => {
  const { taps } = open();
  const stream = aStream(1, "text/html", taps);
  taps.data(stream.response, EVENT, 1);
  const exchange = anExchange();
  expect(taps.tell(stream, exchange)).toBe(exchange);
  expect(taps.weight).toBe(0);
});

test("a body with pauses is judged by how it began, once", () => {
  const { taps } = open();
  const stream = aStream(1, "application/json", taps);
  const say = (text: string, at: number) => {
    taps.data(stream.response, Buffer.from(text), at);
    stream.response.endedAt = at;
  };
  say('[{"a":1}', 0);
  say(",", 5);
  expect(stream.response.tap).toBe(null);
  say('{"b":2}', 50);
  expect(told(taps.tell(stream, anExchange()))).toEqual({
    kinds: { items: 1 },
    received: frameFacts([7, 7], [45]),
  });
});

describe("followed", () => {
  const endless = (id: number, taps: Taps) => {
    const stream = aStream(id, "text/event-stream", taps);
    stream.continued = true;
    taps.data(stream.response, EVENT, 0);
    return taps.tell(stream, anExchange());
  };

  test("until the end", () => {
    const { taps, updates } = open();
    const of = told(endless(1, taps));
    expect(taps.follows(1)).toBe(true);
    taps.followed(1, 1, EVENT, 6000);
    taps.followed(1, 1, null, 6100);
    taps.followed(1, 1, EVENT, 6200);
    taps.end(1);
    expect(updates).toEqual([{ of, at: 6200, more: { kinds: {}, received: frameFacts([1, 1], [6000]) } }]);
    expect([taps.follows(1), taps.weight]).toEqual([false, 0]);
  });

  test("as many as are followed at a time; the others are told when the next comes", () => {
    const { taps, updates } = open();
    for (let id = 1; id <= 100; id++) {
      endless(id, taps);
      taps.followed(id, 1, EVENT, 6000);
    }
    expect(updates).toHaveLength(36);
    taps.endAll();
    expect([updates.length, taps.weight]).toEqual([100, 0]);
  });
});
