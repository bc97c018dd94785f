// Content codings undone within bounds: a body is never larger in memory than one mebibyte.
import { Decompress } from "fzstd";
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

/** Inflated bytes kept per body. */
const MAX_OUTPUT = 1_048_576;
/** Text packs 10:1, sometimes 50:1; more is a bomb. Small bodies may swell freely up to the floor. */
const MAX_RATIO = 100;
const FREE_OUTPUT = 65_536;
/** More layers than any honest sender applies. */
const MAX_LAYERS = 2;
/** Input that stays below 1 MiB even at deflate's best ratio of 1,032:1. */
const SAFE_INPUT = 1_000;
/** RFC 9659: content coded with zstd needs no larger window. */
const MAX_WINDOW = 8 * 1_048_576;

export interface Content {
  readonly bytes: Buffer;
  /** "error": the bytes are as sent; "limit": the bytes are a beginning. */
  readonly trouble: "none" | "error" | "limit";
}

type Inflate = (bytes: Buffer, limit: number) => Uint8Array;

const inflaters: Readonly<Record<string, Inflate>> = {
  gzip: (bytes, maxOutputLength) =>
    gunzipSync(bytes, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH }),
  deflate: (bytes, maxOutputLength) => {
    const options = { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH };
    // "deflate" means zlib format, but some senders leave its header out.
    return (bytes[0]! & 0x0f) === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
  },
  br: (bytes, maxOutputLength) =>
    brotliDecompressSync(bytes, { maxOutputLength, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  zstd: unzstd,
};
const aliases: Readonly<Record<string, string>> = { "x-gzip": "gzip" };

/** Undoes the codings named by Content-Encoding, last applied first. */
export function decodeContent(bytes: Buffer, encoding: string): Content {
  const codings = encoding
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  if (codings.length === 0 || bytes.length === 0) return { bytes, trouble: "none" };
  if (codings.length > MAX_LAYERS) return { bytes, trouble: "limit" };
  let content: Content = { bytes, trouble: "none" };
  for (const name of codings.reverse()) {
    const inflate = inflaters[aliases[name] ?? name];
    if (inflate === undefined) return { bytes: content.bytes, trouble: "error" };
    content = undo(inflate, content.bytes, content.trouble);
    if (content.trouble === "error") return content;
  }
  return content;
}

function undo(inflate: Inflate, bytes: Buffer, before: Content["trouble"]): Content {
  const limit = Math.min(MAX_OUTPUT, Math.max(FREE_OUTPUT, bytes.length * MAX_RATIO));
  try {
    return { bytes: Buffer.from(inflate(bytes, limit)), trouble: before };
  } catch (error) {
    return isTooLarge(error) ? beginning(inflate, bytes) : { bytes, trouble: "error" };
  }
}

/** zlib gives nothing when the output is too large, so a beginning of the input is inflated instead. */
function beginning(inflate: Inflate, bytes: Buffer): Content {
  try {
    return { bytes: Buffer.from(inflate(bytes.subarray(0, SAFE_INPUT), MAX_OUTPUT)), trouble: "limit" };
  } catch {
    return { bytes: Buffer.alloc(0), trouble: "limit" };
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError;
}

/*
  Zstandard frame (RFC 8878, section 3.1.1): magic 32, descriptor 8 (content size flag 2, single segment 1, …),
  window descriptor 8 unless single segment (exponent 5, mantissa 3), dictionary id, content size
*/
function unzstd(bytes: Buffer, limit: number): Uint8Array {
  const descriptor = bytes[4] ?? 0;
  const isSingle = (descriptor & 0x20) !== 0;
  const window = bytes[5] ?? 0;
  const size = isSingle ? contentSize(bytes, descriptor) : 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8);
  if (size > (isSingle ? limit : MAX_WINDOW)) throw new RangeError("zstd window");
  // Block by block, so that a bomb is stopped at the limit and a cut body still gives its beginning.
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Decompress((part) => {
    length += part.length;
    if (length > limit) throw new RangeError("zstd output");
    parts.push(part);
  });
  stream.push(bytes);
  return Buffer.concat(parts);
}

function contentSize(bytes: Buffer, descriptor: number): number {
  const at = 5 + [0, 1, 2, 4][descriptor & 3]!;
  if (bytes.length < at + 8) return 0;
  const kind = descriptor >> 6;
  if (kind === 0) return bytes[at]!;
  if (kind === 1) return bytes.readUInt16LE(at) + 256;
  return kind === 2 ? bytes.readUInt32LE(at) : Number(bytes.readBigUInt64LE(at));
}
