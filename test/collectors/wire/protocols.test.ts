import { describe, expect, test } from "vitest";
import { brief, Conversation, hear } from "../../support/packets.ts";

const UPGRADE = (token: string): string =>
  `GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: ${token}\r\n\r\n`;
const AGREED = (token: string): string =>
  `HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: ${token}\r\n\r\n`;
const heard = (talk: Conversation): string[] =>
  hear(talk.close().packets).exchanges.map((exchange) => `${exchange.protocol} ${brief(exchange)}`);

describe("who takes over when HTTP/1 is left", () => {
  test("WebSocket tells its handshake once", () => {
    const talk = new Conversation().client(UPGRADE("websocket")).server(AGREED("websocket"));
    expect(heard(talk.client(Buffer.from("818200000000", "hex")))).toEqual(["websocket GET /x 101"]);
  });

  test("an upgrade nobody reads is told by HTTP/1", () => {
    const talk = new Conversation().client(UPGRADE("tcp")).server(AGREED("tcp")).client("raw").server("raw");
    expect(heard(talk)).toEqual(["http/1.1 GET /x 101"]);
  });

  test("a tunnel carries HTTP again", () => {
    const talk = new Conversation().client("CONNECT b:80 HTTP/1.1\r\n\r\n").server("HTTP/1.1 200 OK\r\n\r\n");
    talk.client("GET /in HTTP/1.1\r\nHost: b\r\n\r\n").server("HTTP/1.1 204 No\r\n\r\n");
    expect(heard(talk)).toEqual(["http/1.1 CONNECT b:80 200", "http/1.1 GET /in 204"]);
  });
});

test("HTTP/2 with its preface is HTTP/2", () => {
  const preface = Buffer.concat([
    Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    Buffer.from("000000040000000000", "hex"),
  ]);
  // HEADERS on stream 1: GET, http, "/" from the static table, and authority "a".
  const asked = Buffer.from("000006010500000001828684410161", "hex");
  const answered = Buffer.from("00000101050000000188", "hex");
  const settings = Buffer.from("000000040000000000", "hex");
  const talk = new Conversation().client(preface).server(settings).client(asked).server(answered);
  expect(heard(talk)).toEqual(["h2 GET / 200"]);
});

test("TLS without keys is counted, not guessed", () => {
  const talk = new Conversation()
    .client("\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00")
    .server("\x17\x03\x03\x00\x02ab");
  const { exchanges, counters } = hear(talk.close().packets);
  expect([exchanges, counters["flows.tls"]]).toEqual([[], 1]);
});
