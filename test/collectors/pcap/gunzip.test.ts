import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { gunzip, isGzip, peekGzip } from "../../../collectors/pcap/gunzip.ts";
import { chunks } from "../../support/packets.ts";

async function unpacked(packed: AsyncIterable<Uint8Array>): Promise<{ bytes: Buffer; weirds: string[] }> {
  const weirds: string[] = [];
  const parts: Uint8Array[] = [];
  for await (const part of gunzip(packed, (name) => weirds.push(name))) parts.push(part);
  return { bytes: Buffer.concat(parts), weirds };
}

const NOISE = Buffer.from(Array.from({ length: 20_000 }, (_byte, index) => (index * index) % 251));

describe("gunzip", () => {
  test("gives back what was packed, in members too", async () => {
    const packed = Buffer.concat([gzipSync(NOISE), gzipSync(Buffer.from("more"))]);
    expect(await unpacked(chunks(packed, 700))).toEqual({
      bytes: Buffer.concat([NOISE, Buffer.from("more")]),
      weirds: [],
    });
  });

  test("a cut file gives its beginning", async () => {
    const { bytes, weirds } = await unpacked(chunks(gzipSync(NOISE).subarray(0, 400)));
    expect([bytes.length > 0, NOISE.subarray(0, bytes.length).equals(bytes), weirds]).toEqual([
      true,
      true,
      [],
    ]);
  });

  test("a broken file ends with a weird", async () => {
    const packed = gzipSync(NOISE);
    packed.fill(0x55, 200, 300);
    expect((await unpacked(chunks(packed))).weirds).toEqual(["capture.gzip-broken"]);
  });

  test("a bomb is stopped", async () => {
    const packed = gzipSync(Buffer.alloc(150 * 1_048_576));
    const { bytes, weirds } = await unpacked(chunks(packed, 65_536));
    expect([weirds, bytes.length < 110 * 1_048_576]).toEqual([["capture.gzip-bomb"], true]);
  });

  test("a failing source is not the file's fault", async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield gzipSync(NOISE).subarray(0, 50);
      throw new Error("disk");
    }
    await expect(unpacked(failing())).rejects.toThrow("disk");
  });
});

test("peeking shows the beginning, or nothing", () => {
  expect([...peekGzip(gzipSync(NOISE).subarray(0, 500)).subarray(0, 4)]).toEqual([...NOISE.subarray(0, 4)]);
  expect(peekGzip(Buffer.from("1f8bffffffff", "hex")).length).toBe(0);
  expect([isGzip(gzipSync(NOISE)), isGzip(Buffer.from("PK"))]).toEqual([true, false]);
});
