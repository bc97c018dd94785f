// Opening records in order: key updates, 0-RTT, lost stages, gaps.
import { describe, expect, test } from "vitest";
import { END_OF_EARLY_DATA, FINISHED, KEY_UPDATE } from "../../../../collectors/wire/tls/handshake.ts";
import { readServerHello } from "../../../../collectors/wire/tls/hello.ts";
import { expandLabel } from "../../../../collectors/wire/tls/key-schedule.ts";
import { isReady13, opener12, opener13 } from "../../../../collectors/wire/tls/openers.ts";
import { suiteOf } from "../../../../collectors/wire/tls/suites.ts";
import { message, serverHello } from "./hello-bytes.ts";
import { asRecord, sealed } from "./seal.ts";

const secret = (fill: number) => Buffer.alloc(32, fill);
const EARLY = secret(1);
const HANDSHAKE = secret(2);
const APPLICATION = secret(3);

function opener(labels: readonly string[] = ["EARLY", "HANDSHAKE", "0"]) {
  const all: Record<string, [string, Buffer]> = {
    EARLY: ["CLIENT_EARLY_TRAFFIC_SECRET", EARLY],
    HANDSHAKE: ["CLIENT_HANDSHAKE_TRAFFIC_SECRET", HANDSHAKE],
    "0": ["CLIENT_TRAFFIC_SECRET_0", APPLICATION],
  };
  const server = readServerHello(serverHello(0x1301, [[43, [3, 4]]]));
  const suite = suiteOf(0x1301);
  if (!server.ok || suite === undefined) throw new Error("a test needs its hello");
  const secrets = new Map(
    labels
      .map((label) => all[label])
      .flatMap((pair) => (pair === undefined ? [] : [[pair[0], pair[1].toString("hex")]])),
  );
  const messages: number[] = [];
  const opened = opener13(
    { clientRandom: new Uint8Array(32), server: server.value, suite, secrets },
    "client",
    ({ type }) => void messages.push(type),
  );
  const read = (...records: readonly Uint8Array[]) =>
    records.map((bytes) => {
      const inner = opened.open(asRecord(bytes));
      return inner === null
        ? null
        : inner.type === 23
          ? `${inner.early ? "early " : ""}${Buffer.from(inner.bytes)}`
          : inner.type;
    });
  return { opened, read, messages };
}

const data = (key: Uint8Array, sequence: number, text: string, padding = 0) =>
  sealed(key, sequence, { type: 23, bytes: Buffer.from(text), padding });
const handshake = (key: Uint8Array, sequence: number, ...types: readonly number[]) =>
  sealed(key, sequence, {
    type: 22,
    bytes: Buffer.concat(types.map((type) => message(type, new Uint8Array(1)))),
  });

describe("TLS 1.3", () => {
  test("0-RTT, handshake and application data, each with its own keys and numbers", () => {
    const { read, messages } = opener();
    expect(
      read(
        data(EARLY, 0, "a"),
        data(EARLY, 1, "b"),
        handshake(EARLY, 2, END_OF_EARLY_DATA),
        handshake(HANDSHAKE, 0, FINISHED),
        data(APPLICATION, 0, "c"),
        data(APPLICATION, 1, "d", 100),
      ),
    ).toEqual(["early a", "early b", 22, 22, "c", "d"]);
    expect(messages).toEqual([END_OF_EARLY_DATA, FINISHED]);
  });

  test("a key update changes keys and starts numbers anew, any number of times", () => {
    const { read } = opener();
    const second = expandLabel("sha256", APPLICATION, "traffic upd", 32);
    const third = expandLabel("sha256", second, "traffic upd", 32);
    expect(
      read(
        handshake(HANDSHAKE, 0, FINISHED),
        data(APPLICATION, 0, "a"),
        handshake(APPLICATION, 1, KEY_UPDATE),
        data(second, 0, "b"),
        handshake(second, 1, KEY_UPDATE),
        data(third, 0, "c"),
      ),
    ).toEqual([22, "a", 22, "b", 22, "c"]);
  });

  test("without handshake secrets the first readable record tells the stage", () => {
    const { read } = opener(["0"]);
    expect(
      read(handshake(HANDSHAKE, 0, FINISHED), data(APPLICATION, 0, "a"), data(APPLICATION, 1, "b")),
    ).toEqual([null, "a", "b"]);
  });

  test("a record that was missed, or does not open, costs only itself", () => {
    const { opened, read } = opener();
    expect(read(handshake(HANDSHAKE, 0, FINISHED), data(APPLICATION, 0, "a"))).toEqual([22, "a"]);
    opened.skip();
    const broken = data(APPLICATION, 2, "x");
    broken[9] = (broken[9] ?? 0) ^ 1;
    expect(read(broken, data(APPLICATION, 3, "b"))).toEqual([null, "b"]);
  });

  test("behind a hole the number is found, within the tries given", () => {
    const { opened, read } = opener();
    read(handshake(HANDSHAKE, 0, FINISHED));
    expect(opened.seek(asRecord(data(APPLICATION, 7, "a")), 7)).toBe(null);
    expect(opened.seek(asRecord(data(APPLICATION, 7, "a")), 8)).toMatchObject({ missed: 7 });
    expect(read(data(APPLICATION, 8, "b"))).toEqual(["b"]);
    expect(opened.plainLength(1 + 16 + 5)).toBe(5);
  });
});

test("secrets are enough when both traffic secrets are there", () => {
  expect(isReady13(new Map([["CLIENT_TRAFFIC_SECRET_0", "00"]]))).toBe(false);
  expect(
    isReady13(
      new Map([
        ["CLIENT_TRAFFIC_SECRET_0", "00"],
        ["SERVER_TRAFFIC_SECRET_0", "00"],
      ]),
    ),
  ).toBe(true);
});

test("TLS 1.2 needs the master secret", () => {
  const server = readServerHello(serverHello(0xc02f, []));
  const suite = suiteOf(0xc02f);
  if (!server.ok || suite === undefined) throw new Error("a test needs its hello");
  expect(
    opener12({ clientRandom: new Uint8Array(32), server: server.value, suite, secrets: new Map() }, "client"),
  ).toBe(null);
});
