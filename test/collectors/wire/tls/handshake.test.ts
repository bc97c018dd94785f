// Handshake messages joined across records, stepped over, or too long.
import { expect, test } from "vitest";
import {
  CERTIFICATE,
  CLIENT_HELLO,
  FINISHED,
  HandshakeAssembler,
} from "../../../../collectors/wire/tls/handshake.ts";
import { message } from "./hello-bytes.ts";

function read() {
  const told: string[] = [];
  const assembler = new HandshakeAssembler(
    ({ type, length, body }) => void told.push(`${type} ${length} ${body.length}`),
    () => void told.push("too long"),
  );
  return { told, assembler };
}

test("messages in any pieces; only hellos have a body", () => {
  const bytes = Buffer.concat([
    message(CLIENT_HELLO, new Uint8Array(300)),
    message(CERTIFICATE, new Uint8Array(5000)),
    message(FINISHED, new Uint8Array(0)),
    message(FINISHED, new Uint8Array(12)),
  ]);
  for (const cut of [1, 3, 4, 7, 1000, bytes.length]) {
    const { told, assembler } = read();
    for (let at = 0; at < bytes.length; at += cut) assembler.push(bytes.subarray(at, at + cut));
    expect(told).toEqual(["1 300 300", "11 5000 0", "20 0 0", "20 12 0"]);
  }
});

test("a hello of more than 64 KiB is stepped over", () => {
  const { told, assembler } = read();
  assembler.push(message(CLIENT_HELLO, new Uint8Array(70_000)));
  assembler.push(message(FINISHED, new Uint8Array(1)));
  expect(told).toEqual(["too long", "1 70000 0", "20 1 0"]);
});

test("what was begun can be forgotten", () => {
  const { told, assembler } = read();
  assembler.push(message(CLIENT_HELLO, new Uint8Array(300)).subarray(0, 50));
  assembler.reset();
  assembler.push(message(FINISHED, new Uint8Array(1)));
  expect(told).toEqual(["20 1 0"]);
});
