import fc from "fast-check";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeContent } from "../../../src/digest/content-coding.ts";

const TEXT = Buffer.from("Shop, ".repeat(200));
/** `printf 'Shop, Shop, Shop, ' | zstd`, one frame with a checksum. */
const ZSTD = Buffer.from("28b52ffd0458650000305368 6f702c200100bd0d4d0ea9e1bd52".replaceAll(" ", ""), "hex");

describe("codings", () => {
  test.each([
    ["gzip", gzipSync(TEXT)],
    ["x-gzip", gzipSync(TEXT)],
    ["GZIP", gzipSync(TEXT)],
    ["deflate", deflateSync(TEXT)],
    ["deflate", deflateRawSync(TEXT)],
    ["br", brotliCompressSync(TEXT)],
    ["identity", TEXT],
    ["gzip, identity", gzipSync(TEXT)],
    ["gzip, br", brotliCompressSync(gzipSync(TEXT))],
  ])("%s", (coding, bytes) => {
    expect(decodeContent(bytes, coding)).toEqual({ bytes: TEXT, trouble: "none" });
  });

  test("a body cut off gives its beginning", () => {
    const random = Buffer.from(Array.from({ length: 3_000 }, (_byte, index) => (index * index * 7) % 251));
    const { bytes, trouble } = decodeContent(gzipSync(random).subarray(0, 600), "gzip");
    expect([trouble, bytes.length > 100, bytes.equals(random.subarray(0, bytes.length))]).toEqual([
      "none",
      true,
      true,
    ]);
  });
});

describe("trouble", () => {
  test.each([
    ["not what it says", Buffer.from("plain text"), "gzip"],
    ["an unknown coding", Buffer.from("x"), "rot13"],
    ["zstd that is none", Buffer.from("plain text, long enough"), "zstd"],
  ])("%s leaves the bytes as sent", (_name, bytes, coding) => {
    expect(decodeContent(bytes, coding)).toEqual({ bytes, trouble: "error" });
  });

  test("more than two layers are not undone", () => {
    expect(decodeContent(gzipSync(gzipSync(gzipSync(TEXT))), "gzip, gzip, gzip").trouble).toBe("limit");
  });

  test.each([
    ["gzip", gzipSync(Buffer.alloc(50_000_000))],
    ["br", brotliCompressSync(Buffer.alloc(50_000_000))],
  ])("a %s bomb stops at a beginning", (coding, bytes) => {
    const content = decodeContent(bytes, coding);
    expect([content.trouble, content.bytes.length <= 1_048_576]).toEqual(["limit", true]);
  });

  test("a zstd bomb stops as well", () => {
    // Frame header with a 1 MiB window, then run-length blocks of 128 KiB each.
    const header = Buffer.from("28b52ffd0050", "hex");
    const block = Buffer.from([0x02, 0x00, 0x10, 0x41]);
    const { trouble, bytes } = decodeContent(Buffer.concat([header, ...Array(1_000).fill(block)]), "zstd");
    expect([trouble, bytes.length <= 1_048_576]).toEqual(["limit", true]);
  });

  test("a zstd window larger than the web allows is refused", () => {
    expect(decodeContent(Buffer.from("28b52ffd00f8", "hex"), "zstd").trouble).toBe("limit");
  });
});

test("any bytes are survived, within the limit", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom("gzip", "deflate", "br", "zstd"),
      (noise, coding) => {
        const { bytes } = decodeContent(
          Buffer.concat([coding === "zstd" ? ZSTD.subarray(0, 4) : Buffer.alloc(0), noise]),
          coding,
        );
        expect(bytes.length).toBeLessThanOrEqual(1_048_576);
      },
    ),
  );
});
