// Hellos: what they say, what they leave out, and lies about lengths.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  readClientHello,
  readEncryptedExtensions,
  readServerHello,
} from "../../../../collectors/wire/tls/hello.ts";
import {
  algorithms,
  alpn,
  clientHello,
  empty,
  serverHello,
  sni,
  text,
  vector16,
  vector8,
  versions,
} from "./hello-bytes.ts";

describe("client hello", () => {
  test("all that is read of it", () => {
    const bytes = clientHello(
      [0x1301, 0xc02f],
      [
        sni("API.Shop.test"),
        alpn("h2", "http/1.1"),
        versions(0x0304, 0x0303),
        algorithms(0x0403),
        ...empty(42, 0xfe0d),
      ],
    );
    expect(readClientHello(bytes)).toEqual({
      ok: true,
      value: {
        random: "07".repeat(32),
        legacyVersion: 0x0303,
        cipherSuites: [0x1301, 0xc02f],
        extensions: [0, 16, 43, 13, 42, 0xfe0d],
        sni: "api.shop.test",
        alpn: ["h2", "http/1.1"],
        versions: [0x0304, 0x0303],
        signatureAlgorithms: [0x0403],
        ech: true,
        earlyData: true,
      },
    });
  });

  test("one of before extensions", () => {
    const bytes = clientHello([0x002f], []).subarray(0, -2);
    expect(readClientHello(bytes)).toMatchObject({
      ok: true,
      value: { sni: null, alpn: [], versions: [], extensions: [] },
    });
  });

  test.each(["", "a b", "<script>", "a..b", `${"a".repeat(64)}.test`, `${"a.".repeat(130)}test`])(
    "%j is no host name",
    (name) => {
      expect(readClientHello(clientHello([], [sni(name)]))).toMatchObject({ ok: true, value: { sni: null } });
    },
  );

  test("any cut is a weird or a shorter truth, any bytes never throw", () => {
    const bytes = clientHello([0x1301], [sni("shop.test"), alpn("h2")]);
    for (let length = 0; length < bytes.length; length++) {
      const read = readClientHello(bytes.subarray(0, length));
      expect(["tls.client-hello", null, "shop.test"]).toContain(read.ok ? read.value.sni : read.weird.name);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (any) => {
        expect(() => [
          readClientHello(any),
          readServerHello(any),
          readEncryptedExtensions(any),
        ]).not.toThrow();
      }),
    );
  });
});

describe("server hello", () => {
  test("TLS 1.2 tells the protocol, TLS 1.3 the version in an extension", () => {
    expect(readServerHello(serverHello(0xc02f, [alpn("h2"), ...empty(22)]))).toMatchObject({
      ok: true,
      value: { version: 0x0303, cipherSuite: 0xc02f, alpn: "h2", encryptThenMac: true, retry: false },
    });
    expect(readServerHello(serverHello(0x1301, [[43, [3, 4]]]))).toMatchObject({
      ok: true,
      value: { version: 0x0304, alpn: null },
    });
  });

  test("a retry is told by its random", () => {
    const bytes = serverHello(0x1301, [[43, [3, 4]]]);
    bytes.set(Buffer.from("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c", "hex"), 2);
    expect(readServerHello(bytes)).toMatchObject({ ok: true, value: { retry: true } });
  });
});

test("encrypted extensions", () => {
  const block = vector16([0, 16, ...vector16(vector16(vector8(text("h2")))), 0, 42, 0, 0]);
  expect(readEncryptedExtensions(Uint8Array.from(block))).toEqual({ alpn: "h2", earlyData: true });
  expect(readEncryptedExtensions(Uint8Array.from([0, 0]))).toEqual({ alpn: null, earlyData: false });
});
