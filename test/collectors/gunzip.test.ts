// Packed input comes out whole, damaged input comes out as far as it goes.
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { gunzipHead, isGzip, unpacked, type UnpackLimits } from "../../collectors/gunzip.ts";

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  bytes: Uint8Array,
  size = 1000,
  limits: UnpackLimits = {},
): Promise<{ text: string; troubles: string[] }> {
  const troubles: string[] = [];
  const parts: Uint8Array[] = [];
  for await (const part of unpacked(cut(bytes, size), (trouble) => troubles.push(trouble), limits)) {
    parts.push(part);
  }
  return { text: Buffer.concat(parts).toString("latin1"), troubles };
}

// Random enough that packing leaves many blocks to damage.
const LOG = Array.from(
  { length: 20_000 },
  (_, index) => `${(index * 2_654_435_761) % 4_294_967_296} line\n`,
).join("");
const PACKED = gzipSync(LOG);

test.each([1, 7, 16_384, 10_000_000])("packed or not, in chunks of %i", async (size) => {
  const small = Buffer.from(LOG.slice(0, 2000));
  expect(await read(gzipSync(small), size)).toEqual({ text: small.toString(), troubles: [] });
  expect(await read(small, size)).toEqual({ text: small.toString(), troubles: [] });
});

test("members behind one another", async () => {
  const both = Buffer.concat([gzipSync("a\n"), gzipSync("b\n")]);
  expect(await read(both)).toEqual({ text: "a\nb\n", troubles: [] });
});

test("packed twice, as far as it is allowed", async () => {
  const twice = gzipSync(gzipSync("a"));
  expect(await read(twice, 5, { layers: 2 })).toEqual({ text: "a", troubles: [] });
  expect((await read(twice, 5)).text).toBe(gzipSync("a").toString("latin1"));
});

test("a bomb is stopped", async () => {
  const packed = gzipSync(Buffer.alloc(150 * 1_048_576));
  const { text, troubles } = await read(packed, 65_536, { maxRatio: 200 });
  expect([troubles, text.length < 110 * 1_048_576]).toEqual([["bomb"], true]);
});

test("nothing at all", async () => {
  expect(await read(Buffer.alloc(0))).toEqual({ text: "", troubles: [] });
});

test("a cut keeps what came before", async () => {
  const { text, troubles } = await read(PACKED.subarray(0, PACKED.length / 2));
  expect(troubles).toEqual(["broken"]);
  expect(text.length).toBeGreaterThan(LOG.length / 3);
  expect(LOG.startsWith(text)).toBe(true);
});

test("damage keeps what came before, and ends", async () => {
  const damaged = Buffer.from(PACKED);
  damaged.fill(0xff, damaged.length / 2, damaged.length / 2 + 4000);
  const { text, troubles } = await read(damaged);
  expect(troubles).toEqual(["broken"]);
  expect(text.slice(0, 10_000)).toBe(LOG.slice(0, 10_000));
});

test("no bytes make it throw or wait for ever", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 40 }),
      fc.integer({ min: 1, max: 50 }),
      async (noise, size) => {
        const { troubles } = await read(Buffer.concat([Uint8Array.of(0x1f, 0x8b, 8), noise]), size);
        expect(troubles).toEqual(["broken"]);
      },
    ),
  );
});

test("an error of the source is passed on, and the source is closed", async () => {
  let closed = false;
  async function* failing(): AsyncGenerator<Uint8Array> {
    try {
      yield PACKED.subarray(0, 5000);
      throw new Error("disk");
    } finally {
      closed = true;
    }
  }
  const reading = async (): Promise<void> => {
    for await (const part of unpacked(failing(), () => undefined)) expect(part.length).toBeGreaterThan(0);
  };
  await expect(reading()).rejects.toThrow("disk");
  expect(closed).toBe(true);
});

test("a head is unpacked as far as it goes", () => {
  const head = gunzipHead(PACKED.subarray(0, 3000));
  expect(head.length).toBeGreaterThan(3000);
  expect(LOG.startsWith(Buffer.from(head).toString())).toBe(true);
  expect(gunzipHead(Buffer.from("plain")).toString()).toBe("plain");
  expect(gunzipHead(Uint8Array.of(0x1f, 0x8b, 8, 255, 255))).toHaveLength(0);
  expect(isGzip(PACKED)).toBe(true);
  expect(isGzip(Uint8Array.of(0x1f))).toBe(false);
});
