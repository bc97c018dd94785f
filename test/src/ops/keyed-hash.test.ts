// The hash must be the published one, or sketches of two installs of different versions would not join.
import { describe, expect, test } from "vitest";
import { createHash32, halfSipHash, secretTag } from "../../../src/ops/keyed-hash.ts";

// HalfSipHash-2-4-32 with key 00..07 and input 00..n-1, n = 0..63: the published vectors, little endian.
const VECTORS = `
  a9359f5b 27475ab8 fa62a603 8afee704 2a6e4689 c5fab669 5863fc23 8bcf63c5 d0b8848f f806e779 94b07934 08083050 57f0872f
  77e663ff d6fff87c 74fe2b97 d9b5ac84 c474645b 465b8d9b 7befe387 e34d1045 613f62b3 70f367fe e6adb8bd 27400c63 26787875
  4f567b5f 3ab0e669 b0644000 ff670fb4 509e338b 5d589f1a fee72112 33753259 6a434f8c fe28b729 e75cc6ec 697e8d54 63688b0f
  650b62b4 b6bc1840 5d074505 2442fd2e 7bb7863a 7705d548 d75208b1 b6d499c8 0892202e 69e12ce3 8db580e5 369764c6 016e0204
  3b85f3d4 fedb66be 1e692a3a c68984c0 a5c5b940 9be9e88c 7dbc8140 7c078ec5 d4e76c73 428fcbb9 bd83997a 59ea4a74
`;

test("every published vector", () => {
  const input = Uint8Array.from({ length: 64 }, (_, index) => index);
  const published = VECTORS.trim()
    .split(/\s+/)
    .map((hex) => Buffer.from(hex, "hex").readUInt32LE(0));
  expect(published).toHaveLength(64);
  expect(published.map((_, length) => halfSipHash(0x03020100, 0x07060504, input, length))).toEqual(published);
});

describe("createHash32", () => {
  const secret = new Uint8Array(32).fill(7);

  test("same secret, same number; other secret, other number", () => {
    expect(createHash32(secret)("GET /orders")).toBe(createHash32(secret)("GET /orders"));
    expect(createHash32(new Uint8Array(32))("GET /orders")).not.toBe(createHash32(secret)("GET /orders"));
  });

  test("long and non-ASCII texts hash by their UTF-8 bytes, whatever was hashed before", () => {
    const hash = createHash32(secret);
    const texts = ["", "é€𝄞", "a".repeat(1365), "a".repeat(1366), "𝄞".repeat(3000)];
    const alone = texts.map((text) => createHash32(secret)(text));
    expect(texts.map(hash)).toEqual(alone);
    expect(new Set(alone).size).toBe(texts.length);
  });

  test("spreads evenly enough for a sketch", () => {
    const hash = createHash32(secret);
    const low = Array.from({ length: 10_000 }, (_, index) => hash(`10.0.0.${index}`)).filter(
      (h) => h < 2 ** 31,
    );
    expect(low.length).toBeGreaterThan(4_800);
    expect(low.length).toBeLessThan(5_200);
  });
});

test("a tag is 128 bits of HMAC-SHA256 (RFC 4231, case 2)", () => {
  expect(secretTag(Buffer.from("Jefe"), "what do ya want for nothing?")).toBe(
    Buffer.from("5bdcc146bf60754e6a042426089575c7", "hex").toString("base64url"),
  );
});
