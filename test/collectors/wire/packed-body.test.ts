// A compressed body is inflated when it is read, once, and says then what was wrong with it.
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { PackedBody, lookInto } from "../../../collectors/wire/packed-body.ts";
import type { ExchangeFlag } from "../../../src/model/exchange.ts";

function packed(bytes: Buffer, { encoding = "gzip", complete = true } = {}) {
  const flags: ExchangeFlag[] = ["midstream"];
  return { flags, body: new PackedBody({ bytes, encoding, size: bytes.length, complete, flags }) };
}

test("it gives what was packed, the same object each time, and its size on the wire", () => {
  const bytes = gzipSync("again and again ".repeat(100));
  const { body, flags } = packed(bytes);
  expect(body.size).toBe(bytes.length);
  expect(Buffer.from(body.bytes).toString()).toBe("again and again ".repeat(100));
  expect(body.bytes).toBe(body.bytes);
  expect(body.complete).toBe(true);
  expect(flags).toEqual(["midstream"]);
});

describe("what is wrong with it", () => {
  test("is not known before it is read, and told once", () => {
    const { body, flags } = packed(Buffer.from("no gzip at all"));
    expect(flags).toEqual(["midstream"]);
    expect(body.complete).toBe(false);
    expect(Buffer.from(body.bytes).toString()).toBe("no gzip at all");
    expect(flags).toEqual(["midstream", "encoding-error"]);
  });

  test("is told once for both messages of an exchange", () => {
    const flags: ExchangeFlag[] = [];
    const bad = { bytes: Buffer.from("no gzip"), encoding: "gzip", size: 7, complete: true, flags };
    lookInto(new PackedBody(bad), new PackedBody(bad), { kind: "none" });
    expect(flags).toEqual(["encoding-error"]);
  });

  test("is no fault of the sender where something is missing", () => {
    const { body, flags } = packed(Buffer.from("no gzip at all"), { complete: false });
    lookInto(body);
    expect([body.complete, flags]).toEqual([false, ["midstream"]]);
  });

  test("a bomb is read up to its limit", () => {
    const { body, flags } = packed(gzipSync(Buffer.alloc(16 * 1_048_576)));
    expect(body.bytes.length).toBeLessThanOrEqual(1_048_576);
    expect([body.complete, flags]).toEqual([false, ["midstream", "encoding-limit"]]);
  });
});
