// WebSockets over HTTP/2, between Node's client and server: read as on TCP, beside the other streams of the connection.
import * as http2 from "node:http2";
import { describe, expect, test } from "vitest";
import { createHttp2Decoder } from "../../../../collectors/wire/http2/decoder.ts";
import * as frames from "../../../../collectors/wire/http2/frames.ts";
import type { Exchange } from "../../../../src/model/exchange.ts";
import { fromClient, fromServer } from "../websocket/build.ts";
import { CLOSING, frame, get, talker } from "./build.ts";
import { ENDS, feed, lines, recorder, tappedPair } from "./tap.ts";
import type { Heard } from "./tap.ts";

/** A socket on which the client says `up` and is answered `down`, and a plain request beside it. */
async function conversation(up: readonly string[], down: readonly string[]): Promise<Heard[]> {
  const { ends, heard } = tappedPair();
  const server = http2.performServerHandshake(ends[1], { settings: { enableConnectProtocol: true } });
  server.on("stream", (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => {
    stream.respond({ ":status": 200 });
    if (headers[":protocol"] !== "websocket") return void stream.end("plain");
    for (const message of down) stream.write(fromServer(message));
    stream.on("end", () => stream.end()).resume();
  });
  const client = http2.connect("http://shop.test", { createConnection: () => ends[0] });
  await new Promise((resolve) => client.once("remoteSettings", resolve));
  const socket = client.request(
    {
      ":method": "CONNECT",
      ":protocol": "websocket",
      ":path": "/chat?room=1",
      "sec-websocket-version": "13",
    },
    { endStream: false },
  );
  await new Promise((resolve) => socket.once("response", resolve));
  for (const message of up) socket.write(fromClient(message));
  const plain = client.request({ ":path": "/plain" });
  plain.resume();
  await new Promise((resolve) => plain.once("close", resolve));
  socket.end();
  socket.resume();
  await new Promise((resolve) => socket.once("close", resolve));
  client.close();
  server.close();
  return heard;
}

function textOf({ request, outcome }: Exchange): readonly [string, string] {
  const bodies = [request.body, outcome.kind === "answered" ? outcome.response.body : undefined];
  const [asked = "", told = ""] = bodies.map((body) =>
    body?.kind === "recorded" ? Buffer.from(body.bytes).toString("latin1") : "",
  );
  return [asked, told];
}

const UP = ['{"say":"hello"}', '{"say":"again"}'];
const DOWN = ['{"heard":1}'];

describe("between Node's client and server", () => {
  test.each([0, 1, 7])("the messages are its bodies, cut every %d bytes", async (cut) => {
    const sink = recorder();
    feed(createHttp2Decoder(ENDS, sink), await conversation(UP, DOWN), cut);
    expect(lines(sink.exchanges).sort()).toEqual([
      "h2 GET shop.test /plain 200",
      "websocket CONNECT shop.test /chat?room=1 200 upgraded",
    ]);
    const chat = sink.exchanges.find(({ protocol }) => protocol === "websocket");
    expect(textOf(chat!)).toEqual([UP.join("\n"), DOWN.join("\n")]);
    expect(sink.counts["websocket.messages"]).toBe(3);
    expect(sink.weirds).toEqual([]);
  });
});

const CHAT = [
  [":method", "CONNECT"],
  [":protocol", "websocket"],
  [":scheme", "http"],
  [":path", "/chat"],
  [":authority", "shop.test"],
] as const;
const data = (stream: number, payload: Uint8Array, flags = 0) => frame(frames.DATA, flags, stream, payload);

/** Speaks by hand, so that time and order are ours. */
function byHand(patienceMs = Number.POSITIVE_INFINITY) {
  const sink = recorder();
  const decoder = createHttp2Decoder(ENDS, sink, { patienceMs });
  const offsets: [number, number] = [0, 0];
  const says = (side: 0 | 1, bytes: Uint8Array, at = 1_000): void => {
    decoder.data({ side, bytes, at, offset: offsets[side], acked: -1 });
    offsets[side] += bytes.length;
  };
  const [up, down] = [talker(), talker()];
  says(0, Buffer.concat([frames.PREFACE, up.settings()]));
  says(1, down.settings());
  return { sink, decoder, says, up, down, ok: (id: number) => down.headers(id, [[":status", "200"]]) };
}

test("one that goes on is told once, when patience ends; its messages are counted to the end", () => {
  const { sink, says, up, ok } = byHand(5_000);
  says(0, up.headers(1, CHAT), 1_000);
  says(1, ok(1), 1_010);
  says(0, data(1, fromClient("one")), 1_020);
  says(1, data(1, fromServer("two")), 7_000);
  expect(lines(sink.exchanges)).toEqual(["websocket CONNECT shop.test /chat 200 upgraded continued"]);
  expect(textOf(sink.exchanges[0]!)).toEqual(["one", ""]);
  says(1, data(1, fromServer("three"), frames.END_STREAM), 8_000);
  says(0, data(1, fromClient("four"), frames.END_STREAM), 8_000);
  expect(sink.exchanges).toHaveLength(1);
  expect(sink.counts["websocket.messages"]).toBe(4);
});

test("what the client says before the answer is heard belongs to it", () => {
  const { sink, says, up, ok } = byHand();
  says(0, Buffer.concat([up.headers(1, CHAT), data(1, fromClient("early"), frames.END_STREAM)]));
  says(1, Buffer.concat([ok(1), data(1, fromServer("late"), frames.END_STREAM)]));
  expect(sink.exchanges.map(textOf)).toEqual([["early", "late"]]);
});

test("a refused one stays a request like any other", () => {
  const { sink, says, up, down } = byHand();
  says(0, up.headers(1, CHAT, CLOSING));
  says(1, down.headers(1, [[":status", "403"]], CLOSING));
  expect(lines(sink.exchanges)).toEqual(["h2 CONNECT shop.test /chat 403 upgraded"]);
});

test("a reset ends it", () => {
  const { sink, says, up, ok } = byHand();
  says(0, Buffer.concat([up.headers(1, CHAT)]));
  says(1, ok(1));
  says(0, data(1, fromClient("one")));
  says(1, frame(frames.RST_STREAM, 0, 1, Buffer.alloc(4)));
  expect(lines(sink.exchanges)).toEqual(["websocket CONNECT shop.test /chat 200 upgraded"]);
});

test("lost frames are a gap, and what follows them is not read as messages", () => {
  const { sink, decoder, says, up, ok } = byHand();
  says(0, up.headers(1, CHAT));
  says(1, ok(1));
  says(0, data(1, fromClient("one")));
  decoder.gap(0, 0, 40, 1_000);
  says(0, Buffer.concat([data(1, fromClient("two")), up.headers(3, get("/a"), CLOSING), up.settings()]));
  decoder.end(0, 1_000, "fin");
  decoder.end(1, 1_000, "fin");
  const chat = sink.exchanges.find(({ protocol }) => protocol === "websocket");
  expect(chat?.flags).toEqual(["upgraded", "gap"]);
  expect(textOf(chat!)).toEqual(["one", ""]);
  const body = chat?.request.body;
  expect(body?.kind === "recorded" && body.complete).toBe(false);
});

test("more at once than are followed are told as streams", () => {
  const { sink, decoder, says, up, ok } = byHand();
  for (let at = 0; at < 70; at++) {
    says(0, up.headers(1 + 2 * at, CHAT));
    says(1, ok(1 + 2 * at));
  }
  decoder.end(0, 1_000, "fin");
  decoder.end(1, 1_000, "fin");
  expect(sink.exchanges.filter(({ protocol }) => protocol === "websocket")).toHaveLength(64);
  expect(sink.exchanges.filter(({ protocol }) => protocol === "h2")).toHaveLength(6);
  expect(sink.weirds).toEqual(Array(6).fill("h2.streams-limit"));
});
