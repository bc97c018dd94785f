// `--follow`: files that are still being written, as live sources that go on until they are stopped.
import { stat } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import type { ExchangeSink, InputReader } from "../../collectors/input.ts";
import { UnreadableInput } from "../../collectors/input.ts";
import type { LiveSource } from "../../collectors/pcap/live-source.ts";
import { requireSettings } from "../ops/config.ts";
import type { Log } from "../ops/log.ts";
import { pause } from "../ops/retry.ts";
import type { Stream } from "../stream/stream.ts";
import type { RoleContext } from "./backends.ts";
import { openStream, secretOf } from "./backends.ts";
import { followFile, followText } from "./follow-file.ts";
import { readInput } from "./inputs.ts";
import type { LiveTimes } from "./live.ts";
import { runLive } from "./live.ts";
import { loadInputReaders } from "./parts.ts";

export interface FollowRequest {
  readonly files: readonly string[];
  readonly inputFormat?: string;
  /** SSLKEYLOGFILE, followed as well. */
  readonly keylogFile?: string;
}

/** Rejects with `UnreadableInput` when one of the files is not there: better at start than never. */
export async function checkFollowed({ files }: FollowRequest): Promise<void> {
  for (const name of files) {
    if (name === "-") throw new UnreadableInput("a pipe is read until it ends anyway: leave out --follow");
    const about = await stat(name).catch((error: unknown) => {
      throw new UnreadableInput(`${name}: cannot be followed (no such file)`, { cause: error });
    });
    if (!about.isFile()) throw new UnreadableInput(`${name}: cannot be followed (not a regular file)`);
  }
}

/** `umbra collect … --follow`: resolves after the shutdown. */
export async function followRole(context: RoleContext, request: FollowRequest): Promise<void> {
  requireSettings(context.settings, ["kafka", "secret"]);
  await checkFollowed(request);
  const secret = await secretOf(context);
  const { serviceHeaders } = context.settings;
  await followInto(context, { secret, serviceHeaders, stream: await openStream(context, null) }, request);
}

export interface Behind {
  readonly secret: Uint8Array;
  readonly stream: Stream;
  readonly serviceHeaders?: readonly string[];
  readonly times?: LiveTimes;
}

/** Follows all files at once until the shutdown. Rejects when one of them is of no known kind. */
export async function followInto(
  context: Pick<RoleContext, "log" | "shutdown">,
  behind: Behind,
  request: FollowRequest,
): Promise<void> {
  const readers = await loadInputReaders();
  const parts = { readers, log: context.log, now: Date.now };
  await Promise.all(
    request.files.map((file) =>
      runLive(context, {
        ...behind,
        name: `${hostname()} ${path.basename(file)}`,
        open: async (sink) => startFollowing(file, sink, { ...parts, ...request }),
      }),
    ),
  );
}

export interface FollowingParts extends Omit<FollowRequest, "files"> {
  readonly readers: readonly InputReader[];
  readonly log: Log;
  /** Wall clock in milliseconds since the epoch. */
  readonly now: () => number;
  readonly pollMs?: number;
}

// What a reader that waits for full stages may delay the stop of the rest.
const STOP_MS = 500;

/** Reads `file` as it grows. `ended` rejects with `UnreadableInput` when what it holds first is of no known kind. */
export function startFollowing(file: string, sink: ExchangeSink, parts: FollowingParts): LiveSource {
  const stopping = new AbortController();
  const ended = readOnAndOn(file, sink, parts, stopping.signal);
  return {
    // Looking at the file is the tick: the reader lets time pass when nothing came.
    tick: () => {},
    refresh: async () => {},
    stop: async () => {
      stopping.abort();
      await Promise.race([ended.catch(() => {}), pause(STOP_MS)]);
    },
    ended,
  };
}

async function readOnAndOn(
  file: string,
  sink: ExchangeSink,
  parts: FollowingParts,
  signal: AbortSignal,
): Promise<void> {
  const pollMs = parts.pollMs === undefined ? {} : { pollMs: parts.pollMs };
  let isFirst = true;
  for await (const content of followFile(file, { signal, ...pollMs })) {
    const over = new AbortController();
    const chunks = content[Symbol.asyncIterator]();
    try {
      await readOne(file, unending(chunks), sink, {
        ...parts,
        signal: AbortSignal.any([signal, over.signal]),
      });
    } catch (error) {
      if (!(error instanceof UnreadableInput) || (isFirst && !signal.aborted)) throw error;
      // Rotated into something else: that is passed over, up to the next rotation.
      sink.weird({ name: "follow.unreadable" });
      parts.log.warn(
        { reason: error.message },
        "a followed file cannot be read any more; waiting for the next",
      );
    } finally {
      over.abort();
    }
    while ((await chunks.next()).done !== true);
    isFirst = false;
  }
}

/** The same chunks; a reader that gives up does not close them. */
function unending(chunks: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) };
}

async function readOne(
  file: string,
  bytes: AsyncIterable<Uint8Array>,
  sink: ExchangeSink,
  {
    readers,
    inputFormat,
    keylogFile,
    now,
    signal,
    pollMs,
  }: FollowingParts & { readonly signal: AbortSignal },
): Promise<void> {
  const poll = pollMs === undefined ? {} : { pollMs };
  await readInput(file, sink, {
    readers,
    following: { bytes, now },
    ...(inputFormat === undefined ? {} : { format: inputFormat }),
    ...(keylogFile === undefined ? {} : { keylog: followText(keylogFile, { signal, ...poll }) }),
  });
}
