// Key derivation against published values.
import { expect, test } from "vitest";
import { expandLabel, keyBlockSeed, prf } from "../../../../collectors/wire/tls/key-schedule.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

test("RFC 8448, section 3: write keys of the server's handshake secret", () => {
  const secret = hex("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38");
  expect(Buffer.from(expandLabel("sha256", secret, "key", 16)).toString("hex")).toBe(
    "3fce516009c21727d0f2e4e86ee403bc",
  );
  expect(Buffer.from(expandLabel("sha256", secret, "iv", 12)).toString("hex")).toBe(
    "5d313eb2671276ee13000b30",
  );
});

test("the TLS 1.2 PRF's published SHA-256 vector", () => {
  const secret = hex("9bbe436ba940f017b17652849a71db35");
  const seed = Buffer.concat([Buffer.from("test label"), hex("a0ba9f936cda311827a6f796ffd5198c")]);
  expect(Buffer.from(prf("sha256", secret, seed, 100)).toString("hex")).toBe(
    "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66",
  );
});

test("the key block is seeded server first", () => {
  expect(Buffer.from(keyBlockSeed(Buffer.from("S"), Buffer.from("C"))).toString()).toBe("key expansionSC");
});
