import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Exchange } from "../../../../src/model/exchange.ts";
import { bodyText, Conversation, hear } from "../../../support/packets.ts";

const GET = "GET /a HTTP/1.0\r\nHost: a\r\nAuthorization: x\r\n\r\n";

function exchange(talk: Conversation): Exchange {
  return hear(talk.packets).exchanges[0]!;
}

function answered(head: string, body: Buffer | string): Exchange {
  const bytes = Buffer.from(body as string);
  const response = Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\n${head}Content-Length: ${bytes.length}\r\n\r\n`),
    bytes,
  ]);
  return exchange(new Conversation().client(GET).server(response));
}

describe("bodies", () => {
  test("are told as they were meant, with their size on the wire", () => {
    const packed = gzipSync("hello hello hello hello");
    const one = answered("Content-Encoding: gzip\r\n", packed);
    expect([bodyText(one, "response"), one.flags]).toEqual(["hello hello hello hello", []]);
    expect(one.outcome).toMatchObject({ response: { body: { size: packed.length, complete: true } } });
  });

  test("as sent, and marked, when they are not what they say", () => {
    const one = answered("Content-Encoding: gzip\r\n", "plain");
    expect([bodyText(one, "response"), one.flags]).toEqual(["plain", ["encoding-error"]]);
  });

  test("as a beginning, and marked, when they swell too much", () => {
    const one = answered("Content-Encoding: gzip\r\n", gzipSync(Buffer.alloc(20_000_000)));
    expect(one.outcome).toMatchObject({ response: { body: { complete: false } } });
    expect(one.flags).toEqual(["encoding-limit"]);
  });

  test("beyond what is kept they are incomplete, but not partial", () => {
    const talk = new Conversation().client(GET).server("HTTP/1.1 200 OK\r\nContent-Length: 80000\r\n\r\n");
    const one = exchange(talk.server("x".repeat(40_000)).server("y".repeat(40_000)));
    expect([one.flags, bodyText(one, "response")?.length]).toEqual([[], 65_536]);
  });
});

test("fields keep their order and values, the version is the request's", () => {
  const one = answered("X-B: 2\r\nX-A: 1\r\nX-B: 3\r\n", "");
  expect([one.protocol, one.request.headers]).toEqual([
    "http/1.0",
    [
      ["host", "a"],
      ["authorization", "x"],
    ],
  ]);
  expect(one.outcome).toMatchObject({
    response: {
      headers: [
        ["x-b", "2"],
        ["x-a", "1"],
        ["x-b", "3"],
        ["content-length", "0"],
      ],
      body: { kind: "none" },
    },
  });
});

test("a head that was cut has no body to speak of", () => {
  const talk = new Conversation().client("POST /a HTTP/1.1\r\nHost: a\r\nContent-Le");
  expect(exchange(talk)).toMatchObject({
    flags: ["request-partial"],
    request: { method: "POST", body: { kind: "not-recorded", size: null } },
    outcome: { kind: "unknown", why: "capture-end" },
  });
});
