// Unpacks gzip on the fly and keeps what came before a cut or a flaw, because rotated logs are packed and copies get cut.
import { createGunzip, constants, gunzipSync } from "node:zlib";
import type { ExchangeSink } from "../input.ts";

// RFC 1952: the two magic bytes and the only method there is.
const MAGIC = [0x1f, 0x8b, 0x08] as const;
// deflate packs 1,032 to 1 at most: what is fed at once cannot become more than 16 MiB of waiting output.
const STEP = 16_384;
// Enough packed bytes to see several records of any format, and by the same ratio at most 8 MiB of them.
const HEAD = 8192;

export function isGzip(head: Uint8Array): boolean {
  return MAGIC.every((byte, index) => head[index] === byte);
}

/** The beginning of what `head` holds packed; `head` itself when it is not gzip. */
export function gunzipHead(head: Uint8Array): Uint8Array {
  if (!isGzip(head)) return head;
  try {
    return gunzipSync(head.subarray(0, HEAD), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array();
  }
}

/** `bytes`, unpacked when they are gzip. Weird: `gzip.broken` where packed data is cut or damaged. */
export async function* gunzipped(
  bytes: AsyncIterable<Uint8Array>,
  sink: Pick<ExchangeSink, "weird">,
): AsyncGenerator<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]();
  try {
    const head = await firstBytes(source);
    const all = chain(head, source);
    if (isGzip(head)) yield* inflate(all, sink);
    else yield* all;
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

async function* inflate(
  packed: AsyncIterable<Uint8Array>,
  sink: Pick<ExchangeSink, "weird">,
): AsyncGenerator<Uint8Array> {
  const inflater = new Inflater();
  for await (const chunk of packed) {
    for (let from = 0; from < chunk.length && !inflater.broken; from += STEP) {
      yield* await inflater.push(chunk.subarray(from, from + STEP));
    }
    if (inflater.broken) break;
  }
  yield* await inflater.end();
  if (inflater.broken) sink.weird({ name: "gzip.broken" });
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
