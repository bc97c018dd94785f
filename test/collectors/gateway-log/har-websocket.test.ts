// WebSocket messages become one body a direction, a line a message.
import { expect, test } from "vitest";
import { isWebSocket, webSocketTalk } from "../../../collectors/gateway-log/har-websocket.ts";

const text = (type: string, data: unknown, time?: unknown): object => ({ type, opcode: 1, data, time });

test("both directions, text only, binary counted", () => {
  const talk = webSocketTalk({
    _webSocketMessages: [
      text("send", "a", 10),
      text("receive", "b", 12.5),
      { type: "send", opcode: 2, data: "AAAA", time: 11 },
      text("send", "c"),
      { type: "close", data: "x" },
      null,
    ],
  });
  expect(talk).toEqual({
    sent: { kind: "recorded", bytes: Buffer.from("a\nc"), size: 6, complete: true },
    received: { kind: "recorded", bytes: Buffer.from("b"), size: 1, complete: true },
    lastAt: 12_500,
  });
});

test("silence and binary are told apart", () => {
  const talk = webSocketTalk({ _webSocketMessages: [{ type: "send", opcode: 2, data: "AAAA" }] });
  expect(talk).toEqual({ sent: { kind: "not-recorded", size: 3 }, received: { kind: "none" }, lastAt: null });
});

test.each([{}, { _webSocketMessages: [] }, { _webSocketMessages: "x" }, { _webSocketMessages: [1] }])(
  "%j is no talk",
  (entry) => {
    expect(webSocketTalk(entry)).toBeUndefined();
  },
);

test("a handshake that was refused is no WebSocket", () => {
  const entry = { request: { url: "wss://chat.test/" } };
  expect([101, 200, 403, null].map((status) => isWebSocket(entry, status))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(isWebSocket({ _resourceType: "websocket" }, 101)).toBe(true);
  expect(isWebSocket({ request: { url: "https://chat.test/" } }, 101)).toBe(false);
});
