// Messages of one WebSocket direction: joined, counted, kept as far as they are text.
import { expect, test } from "vitest";
import { MessageDirection } from "../../../../collectors/wire/websocket/messages.ts";
import { recorder } from "../http2/tap.ts";
import { frameFacts } from "../stream/frames.ts";
import { fromClient, KEY, wsFrame } from "./build.ts";

function listen(...frames: readonly Uint8Array[]) {
  const sink = recorder();
  const direction = new MessageDirection(sink, true, null);
  frames.forEach((frame, at) => direction.reader.push(frame, at * 100));
  return { direction, sink, text: Buffer.from(direction.takeText()).toString() };
}

test("texts are joined by line feeds, binary is counted", () => {
  const { direction, text } = listen(
    fromClient('{"a":1}'),
    wsFrame({ opcode: 2, payload: "\0\x01", key: KEY }),
    fromClient('{"b":2}'),
  );
  expect(text).toBe('{"a":1}\n{"b":2}');
  expect(direction.whole).toBe(true);
  expect(direction.counts).toEqual({ messages: 3, bytes: 16 });
  expect(direction.tap.take()).toEqual(frameFacts([7, 2, 7], [100, 100]));
});

test("fragments are one message, with a ping between them", () => {
  const { direction, text, sink } = listen(
    fromClient("Hel", { fin: false }),
    wsFrame({ opcode: 9, payload: "?", key: KEY }),
    fromClient("lo", { opcode: 0 }),
  );
  expect(text).toBe("Hello");
  expect(direction.counts).toEqual({ messages: 1, bytes: 5 });
  expect(sink.weirds).toEqual([]);
});

test("beyond 64 KiB text is only counted", () => {
  const { direction, text } = listen(
    fromClient("x".repeat(60_000)),
    fromClient("y".repeat(60_000)),
    fromClient("z"),
  );
  expect(text).toBe(`${"x".repeat(60_000)}\n${"y".repeat(5535)}`);
  expect(direction).toMatchObject({ whole: false, counts: { messages: 3, bytes: 120_001 } });
});

test.each([
  [
    "an unmasked frame",
    [wsFrame({ opcode: 1, payload: "a" }), wsFrame({ opcode: 1, payload: "b" })],
    "websocket.mask",
    "a\nb",
  ],
  ["a continuation of nothing", [fromClient("a", { opcode: 0 }), fromClient("b")], "websocket.fragment", "b"],
  [
    "a message inside another",
    [fromClient("a", { fin: false }), fromClient("b")],
    "websocket.fragment",
    "a\nb",
  ],
  [
    "a reserved bit nobody agreed on",
    [fromClient("a", { reserved: 4 }), fromClient("b")],
    "websocket.reserved",
    "b",
  ],
  ["a reserved opcode", [fromClient("a", { opcode: 3 }), fromClient("b")], "websocket.opcode", ""],
  [
    "a control frame in parts",
    [fromClient("a", { opcode: 9, fin: false }), fromClient("b")],
    "websocket.control",
    "",
  ],
])("%s is named once", (_, frames, name, kept) => {
  const { sink, text } = listen(...frames);
  expect(sink.weirds).toEqual([name]);
  expect(text).toBe(kept);
});
