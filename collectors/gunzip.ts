// Unpacks gzip as it comes and gives what was before a cut or a flaw: rotated logs and captures are packed, and copies get cut.
import { constants, createGunzip, gunzipSync } from "node:zlib";

// RFC 1952: the two magic bytes and the only method there is.
const MAGIC = [0x1f, 0x8b, 0x08] as const;
// deflate packs 1,032 to 1 at most: what is fed at once cannot become more than 16 MiB of waiting output.
const STEP = 16_384;
// Enough packed bytes to see several records of any format, and by the same ratio at most 8 MiB of them.
const HEAD = 8_192;
// A bound on the ratio begins here, so that small files of zeros get through.
const FREE_BYTES = 64 * 1_048_576;

/** Why unpacking ended early. */
export type GzipTrouble = "broken" | "bomb";

export function isGzip(head: Uint8Array): boolean {
  return MAGIC.every((byte, index) => head[index] === byte);
}

/** The beginning of what `head` holds packed, empty when it is none after all; `head` itself when it is not gzip. */
export function gunzipHead(head: Uint8Array): Uint8Array {
  if (!isGzip(head)) return head;
  try {
    return gunzipSync(head.subarray(0, HEAD), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array();
  }
}

export interface UnpackLimits {
  /** What is packed again inside counts as packed up to here; 1 when absent. */
  readonly layers?: number;
  /** Unpacked bytes for a packed one; unlimited when absent. */
  readonly maxRatio?: number;
}

/** `bytes`, unpacked where they are gzip. */
export async function* unpacked(
  bytes: AsyncIterable<Uint8Array>,
  told: (trouble: GzipTrouble) => void,
  { layers = 1, maxRatio = Number.POSITIVE_INFINITY }: UnpackLimits = {},
): AsyncGenerator<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]();
  try {
    const head = await firstBytes(source);
    const all = chain(head, source);
    if (layers === 0 || !isGzip(head)) yield* all;
    else yield* unpacked(gunzip(all, told, maxRatio), told, { layers: layers - 1, maxRatio });
  } finally {
    await source.return?.();
  }
}

async function firstBytes(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array();
  while (head.length < MAGIC.length) {
    const next = await source.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return head;
}

async function* chain(head: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
}

/** Ends early where the packed data is cut or damaged, or swells beyond `maxRatio`, and tells so. */
async function* gunzip(
  packed: AsyncIterable<Uint8Array>,
  told: (trouble: GzipTrouble) => void,
  maxRatio: number,
): AsyncGenerator<Uint8Array> {
  const inflater = new Inflater();
  let taken = 0;
  let given = 0;
  for await (const chunk of packed) {
    for (let from = 0; from < chunk.length && !inflater.broken; from += STEP) {
      const piece = chunk.subarray(from, from + STEP);
      taken += piece.length;
      for (const output of await inflater.push(piece)) {
        given += output.length;
        if (given > FREE_BYTES + taken * maxRatio) return told("bomb");
        yield output;
      }
    }
    if (inflater.broken) break;
  }
  yield* await inflater.end();
  if (inflater.broken) told("broken");
}

/** node:zlib's stream, driven one piece at a time so that output before an error is not lost with it. */
class Inflater {
  broken = false;
  readonly #gunzip = createGunzip();
  #output: Uint8Array[] = [];
  #settle: () => void = () => undefined;

  constructor() {
    this.#gunzip.on("data", (chunk: Uint8Array) => this.#output.push(chunk));
    this.#gunzip.on("end", () => this.#settle());
    this.#gunzip.on("error", () => {
      this.broken = true;
      this.#settle();
    });
  }

  push(piece: Uint8Array): Promise<readonly Uint8Array[]> {
    return this.#after((done) => this.#gunzip.write(piece, done));
  }

  end(): Promise<readonly Uint8Array[]> {
    return this.#after(() => this.#gunzip.end());
  }

  async #after(feed: (done: () => void) => void): Promise<readonly Uint8Array[]> {
    if (this.broken) return [];
    await new Promise<void>((resolve) => {
      this.#settle = resolve;
      feed(() => resolve());
    });
    const output = this.#output;
    this.#output = [];
    return output;
  }
}
