// Reads a file that is still being written, as `tail -F` does: on and on, and anew when it was replaced or emptied.
import type { FileHandle } from "node:fs/promises";
import { open, stat } from "node:fs/promises";
import { pause } from "../ops/retry.ts";

export interface FollowOptions {
  /** Ends the following. */
  readonly signal: AbortSignal;
  /** Between two looks at a file that brought nothing new, in milliseconds. */
  readonly pollMs?: number;
}

// Short beside the second in which sightings merge, long beside the cost of a stat.
const POLL_MS = 500;
const CHUNK = 65_536;
/** Says that nothing new came. */
const SILENCE = new Uint8Array(0);

/**
 * The file's content, and that of whatever takes its place: each item is one file from its first byte to the moment
 * it is replaced (rotation) or shortened. Empty chunks tell of silence. A file that is not there is waited for.
 * An item must be read to its end before the next is asked for.
 */
export async function* followFile(
  name: string,
  { signal, pollMs = POLL_MS }: FollowOptions,
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  while (!signal.aborted) {
    const file = await openWhenThere(name, signal, pollMs);
    if (file === null) return;
    try {
      yield contentOf(file, { name, signal, pollMs });
    } finally {
      await file.close();
    }
  }
}

/**
 * The same as text, for a file of lines that is only added to: first what is there already (nothing, when the file is
 * not), then what comes.
 */
export async function* followText(name: string, options: FollowOptions): AsyncGenerator<string> {
  if (await isMissing(name)) yield "";
  for await (const content of followFile(name, options)) {
    let isFirst = true;
    let text = "";
    for await (const chunk of content) {
      text += Buffer.from(chunk).toString("latin1");
      if (chunk.length > 0 || (text === "" && !isFirst)) continue;
      yield text;
      text = "";
      isFirst = false;
    }
    if (text !== "") yield text;
  }
}

async function isMissing(name: string): Promise<boolean> {
  return stat(name).then(
    () => false,
    () => true,
  );
}

async function openWhenThere(name: string, signal: AbortSignal, pollMs: number): Promise<FileHandle | null> {
  while (!signal.aborted) {
    try {
      return await open(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      await pause(pollMs, signal);
    }
  }
  return null;
}

async function* contentOf(
  file: FileHandle,
  { name, signal, pollMs }: Required<FollowOptions> & { readonly name: string },
): AsyncGenerator<Uint8Array> {
  let buffer = Buffer.allocUnsafe(CHUNK);
  let position = 0;
  let isReplaced = false;
  while (!signal.aborted) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK, position);
    if (bytesRead > 0) {
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
      // Whoever reads may keep what it got.
      buffer = Buffer.allocUnsafe(CHUNK);
      continue;
    }
    // Nothing came since it was found replaced: the writer has let go of it.
    if (isReplaced) return;
    const next = await look(name, file, position);
    if (next === "shortened") return;
    isReplaced = next === "replaced";
    yield SILENCE;
    if (!isReplaced || signal.aborted) await pause(pollMs, signal);
  }
}

/** What became of the file whose first `position` bytes were read. */
async function look(
  name: string,
  file: FileHandle,
  position: number,
): Promise<"same" | "replaced" | "shortened"> {
  const held = await file.stat();
  if (held.size < position) return "shortened";
  try {
    const named = await stat(name);
    return named.ino === held.ino && named.dev === held.dev ? "same" : "replaced";
  } catch {
    // Renamed, and the next one is not there yet: its writer may still be at it.
    return "same";
  }
}
