// Opens files and stdin, recognises what they are by content, and reads them into an exchange sink.
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { ExchangeSink, InputReader, ReadOptions } from "../../collectors/input.ts";
import { UnreadableInput } from "../../collectors/input.ts";

// What recognisers may look at.
const HEAD_BYTES = 65_536;
// Decoding costs a quarter less than with reads of 64 KiB; more gains nothing.
const READ_BYTES = 262_144;

/** How far one input has been read. `total` is null for pipes. */
export interface InputProgress {
  readonly name: string;
  readonly read: number;
  readonly total: number | null;
}

export interface ReadInputOptions {
  readonly readers: readonly InputReader[];
  /** Reader id that overrides recognition. */
  readonly format?: string;
  readonly keylog?: ReadOptions["keylog"];
  /** The content of a file that is still being written, instead of opening it by its name. */
  readonly following?: {
    /** Empty chunks say that nothing came. */
    readonly bytes: AsyncIterable<Uint8Array>;
    readonly now: () => number;
  };
  readonly onProgress?: (progress: InputProgress) => void;
}

/**
 * Reads one input ("-" is stdin) to its end. Rejects with `UnreadableInput` (message names the input and the reason)
 * when it cannot be opened or is of no known kind.
 */
export async function readInput(name: string, sink: ExchangeSink, options: ReadInputOptions): Promise<void> {
  const label = name === "-" ? "stdin" : name;
  const { following } = options;
  const source =
    following === undefined ? await openInput(name, label) : { bytes: following.bytes, total: null };
  const chunks = source.bytes[Symbol.asyncIterator]();
  try {
    const head = await takeHead(chunks, following !== undefined);
    if (head.length === 0) {
      if (following !== undefined) return;
      throw new UnreadableInput(`${label}: is empty`);
    }
    const reader = chooseReader(label, concat(head).subarray(0, HEAD_BYTES), options);
    const bytes = withProgress(head, chunks, (read) =>
      options.onProgress?.({ name: label, read, total: source.total }),
    );
    const { keylog } = options;
    await reader.read(bytes, sink, {
      name: label,
      ...(keylog === undefined ? {} : { keylog }),
      ...(following === undefined ? {} : { following: { now: following.now } }),
    });
  } catch (error) {
    throw named(error, label);
  } finally {
    await chunks.return?.();
  }
}

interface Source {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly total: number | null;
}

async function openInput(name: string, label: string): Promise<Source> {
  if (name === "-") return { bytes: process.stdin as AsyncIterable<Uint8Array>, total: null };
  try {
    const about = await stat(name);
    if (about.isDirectory()) throw new UnreadableInput(`${label}: is a directory; name the files in it`);
    const file = await open(name);
    return {
      bytes: createReadStream(name, { fd: file, highWaterMark: READ_BYTES }),
      total: about.isFile() ? about.size : null,
    };
  } catch (error) {
    if (error instanceof UnreadableInput) throw error;
    throw new UnreadableInput(`${label}: cannot be opened (${reasonOf(error)})`, { cause: error });
  }
}

async function takeHead(
  chunks: AsyncIterator<Uint8Array>,
  isGrowing: boolean,
): Promise<readonly Uint8Array[]> {
  const head: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    const { length: added } = next.value;
    if (added > 0) head.push(next.value);
    length += added;
    // A pipe fed live may not fill the head for hours: judge by what its first writes brought.
    if (length >= 24 && added < (isGrowing ? 1 : HEAD_BYTES)) break;
  }
  return head;
}

function chooseReader(label: string, head: Uint8Array, { readers, format }: ReadInputOptions): InputReader {
  if (format !== undefined) {
    const named = readers.find((reader) => reader.id === format);
    if (named !== undefined) return named;
    throw new UnreadableInput(`there is no input format "${format}"; known: ${idsOf(readers)}`);
  }
  const best = readers
    .map((reader) => ({ reader, sure: reader.recognise(head) }))
    .reduce((a, b) => (b.sure > a.sure ? b : a));
  if (best.sure > 0) return best.reader;
  throw new UnreadableInput(
    `${label}: not recognised as any of ${idsOf(readers)}; if you know what it is, name it with --input-format`,
  );
}

function idsOf(readers: readonly InputReader[]): string {
  return readers.map((reader) => reader.id).join(", ");
}

async function* withProgress(
  head: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for (const chunk of head) {
    onRead((read += chunk.length));
    yield chunk;
  }
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    onRead((read += next.value.length));
    yield next.value;
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

function named(error: unknown, label: string): unknown {
  if (!(error instanceof UnreadableInput) || error.message.startsWith(label)) return error;
  return new UnreadableInput(`${label}: ${error.message}`, { cause: error });
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "no such file";
  if (code === "EACCES") return "permission denied";
  return error instanceof Error ? error.message : String(error);
}
