// Encrypted records: held, opened, or counted; whole connections are in the decoder's test.
import { expect, test } from "vitest";
import { FINISHED } from "../../../../collectors/wire/tls/handshake.ts";
import { readClientHello, readServerHello } from "../../../../collectors/wire/tls/hello.ts";
import { createKeyLog } from "../../../../collectors/wire/tls/key-log.ts";
import { Unlocking } from "../../../../collectors/wire/tls/unlocking.ts";
import { recorder } from "../http2/tap.ts";
import { clientHello, message, serverHello } from "./hello-bytes.ts";
import { asRecord, sealed } from "./seal.ts";

const RANDOM = "07".repeat(32);
const secret = (fill: number) => Buffer.alloc(32, fill);
const LOG = [
  ["CLIENT_HANDSHAKE_TRAFFIC_SECRET", 1],
  ["CLIENT_TRAFFIC_SECRET_0", 2],
  ["SERVER_TRAFFIC_SECRET_0", 3],
].map(([label, fill]) => `${label} ${RANDOM} ${secret(Number(fill)).toString("hex")}\n`);

function open(suite = 0x1301) {
  const sink = recorder();
  const told: string[] = [];
  const keys = createKeyLog({ growing: true });
  const unlocking = new Unlocking(keys, sink, {
    content: (side, { bytes }) => void told.push(`${side} ${Buffer.from(bytes)}`),
    missing: (side, length) => void told.push(`${side} missing ${length}`),
    message: (side, { type }) => void told.push(`${side} message ${type}`),
  });
  const client = readClientHello(clientHello([], []));
  const server = readServerHello(serverHello(suite, [[43, [3, 4]]]));
  const agree = () => client.ok && server.ok && unlocking.agreed(client.value, server.value);
  const say = (key: number, sequence: number, text: string) =>
    unlocking.record(0, asRecord(sealed(secret(key), sequence, { type: 23, bytes: Buffer.from(text) })));
  const finished = () =>
    unlocking.record(
      0,
      asRecord(sealed(secret(1), 0, { type: 22, bytes: message(FINISHED, new Uint8Array(0)) })),
    );
  return { unlocking, keys, sink, told, agree, say, finished };
}

test("records before the answer of the server are held too", () => {
  const { keys, told, agree, say, finished } = open();
  keys.add(LOG.join(""));
  finished();
  say(2, 0, "a");
  expect(told).toEqual([]);
  agree();
  say(2, 1, "b");
  expect(told).toEqual(["0 message 20", "0 a", "0 b"]);
});

test("half of the secrets is waited with, and used when no more come", () => {
  const { unlocking, keys, told, agree, say } = open();
  keys.add(LOG[1] ?? "");
  agree();
  say(2, 0, "a");
  expect([told, unlocking.isWaiting]).toEqual([[], true]);
  unlocking.finish();
  expect(told).toEqual(["0 a"]);
});

test("a missed record is a hole of its plain length", () => {
  const { unlocking, keys, told, agree, say, finished } = open();
  keys.add(LOG.join(""));
  agree();
  finished();
  say(2, 0, "a");
  unlocking.lostRecord(0, 10 + 1 + 16, 1);
  say(2, 2, "b");
  expect(told.slice(1)).toEqual(["0 a", "0 missing 10", "0 b"]);
});

test("a suite that cannot be opened is named only where secrets are there", () => {
  const without = open(0x0005);
  without.agree();
  without.say(2, 0, "a");
  without.unlocking.finish();
  expect(without.sink.weirds).toEqual([]);
  const having = open(0x0005);
  having.keys.add(LOG.join(""));
  having.agree();
  expect(having.sink.weirds).toEqual(["tls.suite"]);
});

test("a direction that never opens is given up, and named", () => {
  const { keys, sink, agree, say } = open();
  keys.add(LOG.join(""));
  agree();
  for (let i = 0; i < 100; i++) say(9, i, "x");
  expect(sink.weirds).toEqual(["tls.undecryptable"]);
  expect(sink.counts["bytes.tls"]).toBe(100 * 18);
});
