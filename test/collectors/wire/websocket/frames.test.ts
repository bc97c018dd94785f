// WebSocket frames: the RFC's examples, lengths of all three sizes, gaps.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { WebSocketFrameReader } from "../../../../collectors/wire/websocket/frames.ts";
import { KEY, wsFrame } from "./build.ts";

function read() {
  const told: string[] = [];
  let body = "";
  const reader = new WebSocketFrameReader({
    frame: ({ fin, opcode, length }) => {
      told.push(`${fin ? "" : "part "}${opcode} ${length}`);
      return true;
    },
    payload: (bytes) => void (body += Buffer.from(bytes).toString("latin1")),
    missing: (length) => void told.push(`missing ${length}`),
    frameEnd: () => {
      told.push(body.slice(0, 12));
      body = "";
    },
    lost: (name) => void told.push(name),
  });
  return { told, reader };
}

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));

test.each([
  ["unmasked text", "81 05 48656c6c6f", ["1 5", "Hello"]],
  ["masked text", "81 85 37fa213d 7f9f4d5158", ["1 5", "Hello"]],
  ["fragments", "01 03 48656c 80 02 6c6f", ["part 1 3", "Hel", "0 2", "lo"]],
  ["ping and masked pong", "89 05 48656c6c6f 8a 85 37fa213d 7f9f4d5158", ["9 5", "Hello", "10 5", "Hello"]],
  ["empty", "82 00", ["2 0", ""]],
])("RFC 6455, 5.7: %s", (_, bytes, told) => {
  const one = read();
  one.reader.push(hex(bytes), 1);
  expect(one.told).toEqual(told);
});

test("lengths of 7, 16 and 64 bits, cut anywhere", () => {
  const bytes = Buffer.concat(
    [125, 126, 65_535, 65_536].map((length) =>
      wsFrame({ opcode: 2, payload: Buffer.alloc(length, 97), key: KEY }),
    ),
  );
  for (const cut of [1, 3, 7, 1000, bytes.length]) {
    const { told, reader } = read();
    for (let at = 0; at < bytes.length; at += cut) reader.push(bytes.subarray(at, at + cut), 1);
    expect(told.filter((line) => line.startsWith("2 "))).toEqual(["2 125", "2 126", "2 65535", "2 65536"]);
    expect(told.filter((line) => line === "aaaaaaaaaaaa")).toHaveLength(4);
  }
});

test("a gap inside a payload costs that payload, one behind it the direction", () => {
  const { told, reader } = read();
  const frame = wsFrame({ opcode: 1, payload: "0123456789" });
  reader.push(frame.subarray(0, 5), 1);
  reader.gap(4, 1);
  reader.push(frame.subarray(9), 1);
  reader.gap(1, 1);
  reader.push(frame, 1);
  expect(told).toEqual(["1 10", "missing 4", "012789", "websocket.lost-sync"]);
});

test("a length no number can hold ends the direction", () => {
  const { told, reader } = read();
  reader.push(hex("82 7f ff ff ff ff ff ff ff ff 00 00"), 1);
  expect(told).toEqual(["websocket.length"]);
});

test("any bytes, cut anywhere, are told the same", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 9 }), (bytes, cut) => {
      const whole = read();
      whole.reader.push(bytes, 1);
      const pieces = read();
      for (let at = 0; at < bytes.length; at += cut) pieces.reader.push(bytes.subarray(at, at + cut), 1);
      expect(pieces.told).toEqual(whole.told);
    }),
  );
});
