// Unpacks gzip'd captures as a stream, within a bound that no real capture reaches.
import { Readable, pipeline } from "node:stream";
import { constants, createGunzip, gunzipSync } from "node:zlib";
import type { WeirdName } from "../../src/model/parsed.ts";

// Deflate stops at 1,032:1. Captures of real traffic pack 2:1 to 20:1; the floor lets small test files through.
const MAX_RATIO = 200;
const FREE_BYTES = 64 * 1_048_576;

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The first unpacked bytes, as far as `head` tells; empty when it is not gzip after all. */
export function peekGzip(head: Uint8Array): Uint8Array {
  try {
    return gunzipSync(head.subarray(0, 1_024), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: 2 * 1_048_576,
    });
  } catch {
    return new Uint8Array(0);
  }
}

/** Ends early, with a weird, where the packed data is broken or swells beyond the bound. */
export async function* gunzip(
  packed: AsyncIterable<Uint8Array>,
  weird: (name: WeirdName) => void,
): AsyncGenerator<Uint8Array> {
  let taken = 0;
  let given = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of packed) {
      taken += chunk.length;
      yield chunk;
    }
  }
  // A cut file ends where its bytes end: the record reader says so, not zlib.
  const unpacked = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  const source = Readable.from(counted());
  let failure: unknown;
  source.once("error", (error) => (failure = error));
  pipeline(source, unpacked, () => {});
  try {
    for await (const chunk of unpacked) {
      given += (chunk as Buffer).length;
      if (given > FREE_BYTES + taken * MAX_RATIO) return weird("capture.gzip-bomb");
      yield chunk as Buffer;
    }
  } catch {
    if (failure !== undefined) throw failure;
    weird("capture.gzip-broken");
  }
}
