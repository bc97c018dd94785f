// Small conversations of every protocol the wire reads, to be mutated: each path has one status of its own.
import { constants, deflateRawSync, gzipSync } from "node:zlib";
import type { Packet } from "../../../collectors/wire/packet.ts";
import { CLOSING, frame, get, post, talker, text } from "../../collectors/wire/http2/build.ts";
import { fromClient, fromServer } from "../../collectors/wire/websocket/build.ts";
import { brief, Conversation, hear } from "../packets.ts";
import { tls12, tls13 } from "./sealed-talk.ts";
import type { Turn } from "./turn.ts";

export interface Talk {
  readonly name: string;
  readonly turns: readonly Turn[];
  readonly port: number;
  readonly keylog: string;
  /** What is heard when nothing is mutated, as `brief` says it. */
  readonly truth: readonly string[];
}

const turn = (side: 0 | 1, ...parts: readonly (string | Uint8Array)[]): Turn => ({
  side,
  bytes: Buffer.concat(parts.map((part) => (typeof part === "string" ? text(part) : part))),
});
const ask = (path: string, method = "GET", rest = "\r\n"): string =>
  `${method} ${path} HTTP/1.1\r\nHost: shop.test\r\n${rest}`;
const sized = (body: string): string =>
  `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const answer = (status: number, rest: string): string => `HTTP/1.1 ${status} X\r\n${rest}`;

const keepAlive = (): Turn[] => [
  turn(0, ask("/ka/1?x=1")),
  turn(1, answer(200, sized('{"id":1}'))),
  turn(0, ask("/ka/2", "POST", sized('{"email":"a@b.test"}'))),
  turn(1, answer(201, sized('{"id":2,"list":[1,2,3]}'))),
  turn(0, ask("/ka/3", "HEAD")),
  turn(1, answer(203, "Content-Length: 99\r\n\r\n")),
  turn(0, ask("/ka/4"), ask("/ka/5"), ask("/ka/6", "DELETE")),
  turn(1, answer(404, sized("{}")), answer(304, "\r\n"), answer(204, "\r\n")),
];
const chunked = (): Turn[] => [
  turn(0, ask("/ch/1", "PUT", "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n")),
  turn(1, "HTTP/1.1 100 Continue\r\n\r\n"),
  turn(0, "5\r\nhello\r\n3;x=y\r\nyou\r\n0\r\n\r\n"),
  turn(
    1,
    answer(202, "Transfer-Encoding: chunked\r\nTrailer: t\r\n\r\n1a\r\n"),
    "abcdefghijklmnopqrstuvwxyz\r\n0\r\nt: 1\r\n\r\n",
  ),
  turn(0, ask("/ch/2")),
  turn(
    1,
    answer(206, "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"),
    "b\r\ndata: {}\n\n\n\r\n",
  ),
  turn(1, "a\r\ndata: 1\n\n \r\n0\r\n\r\n"),
];
const packed = gzipSync(Buffer.from('{"note":"again and again and again and again"}'.repeat(20)));
const flushed = gzipSync(Buffer.from("data: one\n\ndata: two\n\n"), { finishFlush: constants.Z_SYNC_FLUSH });
const gzip = (): Turn[] => [
  turn(0, ask("/gz/1")),
  turn(1, answer(200, `Content-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`), packed),
  turn(0, ask("/gz/2")),
  turn(
    1,
    answer(203, "Content-Encoding: deflate, gzip\r\nTransfer-Encoding: chunked\r\n\r\n"),
    `${packed.length.toString(16)}\r\n`,
  ),
  turn(1, packed, "\r\n0\r\n\r\n"),
  turn(0, ask("/gz/4")),
  turn(
    1,
    answer(
      207,
      "Content-Type: text/event-stream\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
    ),
    `${flushed.length.toString(16)}\r\n`,
    flushed.subarray(0, 20),
  ),
  turn(1, flushed.subarray(20), "\r\n0\r\n\r\n"),
  turn(0, "GET /gz/3 HTTP/1.0\r\n\r\n"),
  turn(1, "HTTP/1.0 410 Gone\r\n\r\nuntil the end"),
];

/** `upgraded`: stream 1 was asked before, in HTTP/1. */
function http2(prefix: string, upgraded = false): Turn[] {
  const client = talker();
  const server = talker();
  const grpc = [...post(`${prefix}/shop.Cart/Add`), ["content-type", "application/grpc"] as const];
  const big = server.encoder.encode([
    [":status", "207"],
    ["x-long", "v".repeat(60)],
    ["content-type", "application/json"],
  ]);
  return [
    turn(
      0,
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      client.settings(),
      upgraded ? "" : client.headers(1, get(`${prefix}/1`), CLOSING),
    ),
    turn(
      1,
      server.settings(),
      server.settings(1),
      server.headers(1, [
        [":status", "200"],
        ["server", "x"],
      ]),
      server.data(1, "{}", 1),
    ),
    turn(
      0,
      client.settings(1),
      client.headers(3, post(`${prefix}/3`)),
      client.data(3, '{"a":1}', 1),
      client.headers(5, get(`${prefix}/5`), CLOSING),
    ),
    turn(
      1,
      frame(1, 0, 5, big.subarray(0, 9)),
      frame(9, 4, 5, big.subarray(9)),
      frame(0, 9, 5, Buffer.from([2, 123, 125, 0, 0])),
    ),
    turn(
      1,
      server.headers(3, [
        [":status", "201"],
        ["server", "x"],
      ]),
      server.data(3, '{"b":2}', 1),
      frame(8, 0, 0, Buffer.from([0, 0, 1, 0])),
    ),
    turn(0, client.headers(7, grpc), frame(0, 1, 7, Buffer.from([0, 0, 0, 0, 4, 10, 2, 104, 105]))),
    turn(
      1,
      server.headers(7, [
        [":status", "202"],
        ["content-type", "application/grpc"],
      ]),
      frame(0, 0, 7, Buffer.from([0, 0, 0, 0, 2, 8, 1])),
    ),
    turn(
      1,
      server.headers(7, [["grpc-status", "0"]], CLOSING),
      frame(3, 0, 9, Buffer.alloc(4)),
      frame(7, 0, 0, Buffer.alloc(8)),
    ),
  ];
}

const webSocket = (): Turn[] => [
  turn(
    0,
    ask(
      "/ws/1",
      "GET",
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
    ),
  ),
  turn(
    1,
    answer(
      101,
      "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
    ),
    fromServer('{"hello":1}'),
  ),
  turn(0, fromClient('{"jsonrpc":"2.0","id":1,"method":"list"}'), fromClient("", { opcode: 9 })),
  turn(
    1,
    fromServer("", { opcode: 10 }),
    fromServer("x".repeat(200), { fin: false }),
    fromServer("rest", { opcode: 0 }),
  ),
  turn(1, fromServer(deflateRawSync("again ".repeat(50)).toString("latin1"), { opcode: 2, reserved: 4 })),
  turn(0, fromClient("\u0003\u00e8", { opcode: 8 })),
];
const tunnel = (): Turn[] => [
  turn(0, "CONNECT shop.test:443 HTTP/1.1\r\nHost: shop.test:443\r\n\r\n"),
  turn(1, "HTTP/1.1 200 Connected\r\n\r\n"),
  ...keepAlive(),
];
const h2c = (): Turn[] => [
  turn(
    0,
    ask(
      "/h2c/0",
      "GET",
      "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
    ),
  ),
  turn(1, answer(101, "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n")),
  ...http2("/h2c", true),
];

const plain = (name: string, turns: readonly Turn[], port = 80) => ({ name, turns, port, keylog: "" });
const sealedTalks = [
  { name: "TLS 1.3, HTTP/1", port: 443, ...tls13(keepAlive(), "http/1.1") },
  { name: "TLS 1.3, HTTP/2", port: 443, ...tls13(http2("/h2"), "h2") },
  { name: "TLS 1.2 GCM", port: 443, ...tls12(keepAlive(), "gcm") },
  { name: "TLS 1.2 CBC", port: 443, ...tls12(chunked(), "cbc") },
];

/** One packet per turn, or cut into segments. */
export function spoken(
  talk: Pick<Talk, "turns" | "port">,
  cut: () => number = () => Number.POSITIVE_INFINITY,
): Packet[] {
  const conversation = new Conversation({ ports: [40_000, talk.port] });
  for (const { side, bytes } of talk.turns) {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + cut());
      if (side === 0) conversation.client(part);
      else conversation.server(part);
      at += part.length;
    }
  }
  return conversation.close().packets;
}

export const TALKS: readonly Talk[] = [
  plain("HTTP/1 keep-alive", keepAlive()),
  plain("HTTP/1 chunked", chunked()),
  plain("HTTP/1 gzip", gzip()),
  plain("HTTP/2", http2("/h2"), 8080),
  plain("h2c upgrade", h2c()),
  plain("WebSocket", webSocket()),
  plain("CONNECT tunnel", tunnel(), 3128),
  ...sealedTalks,
  { ...sealedTalks[0]!, name: "TLS without keys", keylog: "" },
].map((talk) => ({ ...talk, truth: hear(spoken(talk), { keylog: talk.keylog }).exchanges.map(brief) }));
