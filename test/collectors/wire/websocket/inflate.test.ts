// permessage-deflate: the window carries over, a lost message ends the reading, bombs are bounded.
import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { deflateAgreement, MessageInflater } from "../../../../collectors/wire/websocket/inflate.ts";
import { packed } from "./pack.ts";

const textOf = (result: ReturnType<MessageInflater["inflate"]>) =>
  "bytes" in result ? Buffer.from(result.bytes).toString() : result.failed;

test("what was agreed", () => {
  const value = "x-other, permessage-deflate; client_no_context_takeover; server_max_window_bits=10";
  expect(deflateAgreement([["sec-websocket-extensions", value]])).toEqual([
    { noContextTakeover: true },
    { noContextTakeover: false },
  ]);
  expect(deflateAgreement([["upgrade", "websocket"]])).toBe(null);
});

test("RFC 7692, 7.2.3: two messages that share a window", () => {
  const inflater = new MessageInflater({ noContextTakeover: false });
  expect(textOf(inflater.inflate(Buffer.from("f248cdc9c90700", "hex")))).toBe("Hello");
  expect(textOf(inflater.inflate(Buffer.from("f200110000", "hex")))).toBe("Hello");
});

test("a long conversation keeps its window", async () => {
  const messages = Array.from({ length: 60 }, (_, at) =>
    JSON.stringify({ at, text: "the same words again and again ".repeat(40) }),
  );
  const inflater = new MessageInflater({ noContextTakeover: false });
  expect((await packed(messages)).map((message) => textOf(inflater.inflate(message)))).toEqual(messages);
});

test("behind a lost message nothing is read, unless messages stand alone", async () => {
  const [, second = new Uint8Array(0)] = await packed(["the same words", "the same words"]);
  const sharing = new MessageInflater({ noContextTakeover: false });
  sharing.lose();
  expect(textOf(sharing.inflate(second))).toBe("websocket.inflate-skipped");
  const alone = new MessageInflater({ noContextTakeover: true });
  alone.lose();
  const [first = new Uint8Array(0)] = await packed(["the same words"]);
  expect(textOf(alone.inflate(first))).toBe("the same words");
});

test("a bomb is named, and bombs after it cost nothing", () => {
  const bomb = deflateRawSync(Buffer.alloc(50_000_000));
  const inflater = new MessageInflater({ noContextTakeover: true });
  const told = Array.from({ length: 6 }, () => textOf(inflater.inflate(bomb)));
  expect(told.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => "websocket.inflate-limit"));
  expect(told.slice(4)).toEqual(["websocket.inflate-skipped", "websocket.inflate-skipped"]);
});

test("nonsense is named", () => {
  expect(
    textOf(new MessageInflater({ noContextTakeover: true }).inflate(Uint8Array.from([0xff, 0xff, 0xff]))),
  ).toBe("websocket.deflate");
});
