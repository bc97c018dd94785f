import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientKeys, openInitials } from "../../../../collectors/wire/quic/initial.ts";
import { crypto, initial, V1, V2 } from "./seal.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const texts = (datagram: Buffer): [number, string][] =>
  openInitials(datagram).map(({ offset, bytes }) => [offset, Buffer.from(bytes).toString()]);

/** RFC 9001, appendix A.1, and RFC 9369, appendix A.1. */
test.each([
  [V1, "1f369613dd76d5467730efcbe3b1a22d", "fa044b2f42a3fd3b46fb255c", "9f50449e04a0e810283a1e9933adedd2"],
  [V2, "8b1a0bc121284290a29e0971b5cd045d", "91f73e2351d8fa91660e909f", "45b95e15235d6f45a6b19cbcb0294ba9"],
])("keys of version %i", (version, ...keys) => {
  const { key, iv, hp } = clientKeys(version, Buffer.from("8394c8f03e515708", "hex"))!;
  expect([hex(key), hex(iv), hex(hp)]).toEqual(keys);
});

test("a version that is not known has none", () => {
  expect(clientKeys(0xff00001d, Buffer.alloc(8))).toBeNull();
});

describe("opens", () => {
  test.each([
    ["version 1", { version: V1 }],
    ["version 2", { version: V2 }],
    ["a token", { token: "0102030405" }],
    ["any packet number", { number: 0x01020304 }],
    ["an id of 20 bytes", { destination: "00".repeat(20) }],
    ["no id", { destination: "" }],
  ])("%s", (_name, sealing) => {
    expect(texts(initial(crypto(0, Buffer.from("hello")), sealing))).toEqual([[0, "hello"]]);
  });

  test("several packets in a datagram, and what stands between their frames", () => {
    const ack = Buffer.from("02050001010102", "hex");
    const ecn = Buffer.from("0305000001010203", "hex");
    const frames = Buffer.concat([Buffer.of(1), ack, ecn, crypto(5, Buffer.from("b")), Buffer.alloc(9)]);
    const second = initial(Buffer.concat([frames, crypto(9, Buffer.from("c"))]), { size: 100 });
    const both = Buffer.concat([initial(crypto(0, Buffer.from("a")), { size: 300 }), second]);
    expect(texts(both)).toEqual([
      [0, "a"],
      [5, "b"],
      [9, "c"],
    ]);
  });
});

describe("gives nothing of", () => {
  const good = initial(crypto(0, Buffer.from("hello")));
  const changed = (at: number): Buffer => {
    const bytes = Buffer.from(good);
    bytes[at]! ^= 1;
    return bytes;
  };
  test.each([
    ["another version", changed(4)],
    ["another id", changed(8)],
    ["a broken seal", changed(good.length - 1)],
    ["a cut packet", good.subarray(0, good.length - 1)],
    ["a short header", Buffer.concat([Buffer.of(0x40), good.subarray(1)])],
    ["nothing", Buffer.alloc(0)],
  ])("%s", (_name, datagram) => {
    expect(openInitials(datagram)).toEqual([]);
  });

  test("an unknown frame and what follows it", () => {
    expect(
      texts(
        initial(Buffer.concat([crypto(0, Buffer.from("a")), Buffer.of(0x1c), crypto(1, Buffer.from("b"))])),
      ),
    ).toEqual([[0, "a"]]);
  });
});

test("any bytes are survived", () => {
  const beginning = fc.constantFrom(
    Buffer.from("c300000001", "hex"),
    Buffer.from("d36b3343cf", "hex"),
    Buffer.alloc(0),
  );
  fc.assert(
    fc.property(beginning, fc.uint8Array({ maxLength: 100 }), (begin, rest) => {
      expect(openInitials(Buffer.concat([begin, rest]))).toEqual([]);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (frames) => {
      expect(openInitials(initial(frames)).length).toBeLessThanOrEqual(frames.length);
    }),
  );
});
