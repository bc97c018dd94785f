import { expect, test } from "vitest";
import { exchangeLine } from "../../collectors/exchange-line.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { Conversation, hear } from "../support/packets.ts";

function heard(): Exchange {
  const talk = new Conversation().client(
    "POST /a?b=%20c HTTP/1.1\r\nHost: Shop.test:80\r\nContent-Length: 2\r\n\r\nhi",
  );
  const [exchange] = hear(talk.server("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc").packets).exchanges;
  return exchange!;
}

test("one line, keys in order", () => {
  expect(exchangeLine(heard())).toBe(
    '{"ts":"2023-11-14T22:13:20.003Z","method":"POST","authority":"shop.test","path":"/a?b=%20c","status":200,' +
      '"protocol":"http/1.1","client":"10.0.0.1:40000","server":"10.0.0.2:80","request_bytes":2,"response_bytes":3,"flags":[]}',
  );
});

test("what is not known is null, and IPv6 stands in brackets", () => {
  const exchange: Exchange = {
    ...heard(),
    outcome: { kind: "unknown", why: "one-way" },
    client: { address: "2001:db8::1", port: 9 },
    server: { address: "shop.test", port: null },
    flags: ["one-way"],
  };
  expect(JSON.parse(exchangeLine(exchange))).toMatchObject({
    status: null,
    response_bytes: null,
    client: "[2001:db8::1]:9",
    server: "shop.test",
    flags: ["one-way"],
  });
});

test("times outside what a calendar holds do not throw", () => {
  expect(JSON.parse(exchangeLine({ ...heard(), startedAt: Number.NaN })).ts).toBe(null);
});
