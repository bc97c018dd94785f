// Reads files into the stream, each file once: what was read completely is remembered by its content.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline as flow } from "node:stream/promises";
import { UnreadableInput } from "../../collectors/input.ts";
import type { CaptureHealth } from "../model/health.ts";
import type { Sighting } from "../model/sighting.ts";
import type { Stream } from "../stream/stream.ts";
import type { InputProgress } from "./inputs.ts";
import { readInput } from "./inputs.ts";
import { loadInputReaders, loadPipeline } from "./parts.ts";

export interface IngestOptions {
  readonly stream: Stream;
  readonly secret: Uint8Array;
  readonly inputs: readonly string[];
  readonly inputFormat?: string;
  readonly keylog?: string;
  readonly serviceHeaders?: readonly string[];
  /** What the inventory already holds; null when it cannot be asked (a collector that only reaches Kafka). */
  readonly known: readonly CaptureHealth[] | null;
  readonly onProgress?: (progress: InputProgress) => void;
}

export interface Ingested {
  readonly name: string;
  /** Read before, completely: left alone, so that nothing counts twice. */
  readonly already: boolean;
  readonly exchanges: number;
  readonly sightings: number;
}

/** Counter that marks an input as read to its end. */
const COMPLETE = "inputs.complete";
/** How standard input is named. */
export const PIPE = "-";
// The window in which like sightings merge.
const FLUSH_MS = 1_000;

/** Rejects with `UnreadableInput` at the first input that cannot be read. */
export async function ingest(options: IngestOptions): Promise<readonly Ingested[]> {
  const readers = await loadInputReaders();
  const done: Ingested[] = [];
  for (const input of options.inputs) {
    const collector = await collectorName(input);
    const isKnown =
      input !== PIPE && options.known?.some((one) => one.collector === collector && isComplete(one));
    if (isKnown === true) {
      done.push({ name: input, already: true, exchanges: 0, sightings: 0 });
      continue;
    }
    done.push(await ingestOne(input, collector, readers, options));
  }
  return done;
}

async function ingestOne(
  input: string,
  collector: string,
  readers: Awaited<ReturnType<typeof loadInputReaders>>,
  { stream, secret, inputFormat, keylog, serviceHeaders = [], onProgress }: IngestOptions,
): Promise<Ingested> {
  const pipeline = await loadPipeline({
    name: collector,
    secret,
    serviceHeaders,
    deliver: (portion) => stream.publish("umbra.sightings.v1", messagesOf(portion)),
    windowMs: Infinity,
  });
  // A pipe may go on for days: what it said is handed over every second, not when it ends.
  const handover =
    input === PIPE ? setInterval(() => void pipeline.flush().catch(() => {}), FLUSH_MS) : undefined;
  await readInput(input, pipeline.sink, {
    readers,
    ...(inputFormat === undefined ? {} : { format: inputFormat }),
    ...(keylog === undefined ? {} : { keylog }),
    ...(onProgress === undefined ? {} : { onProgress }),
  }).finally(() => clearInterval(handover));
  // A handover that failed fails again here.
  await pipeline.flush();
  const health = pipeline.takeHealth();
  // First everything it said, then that it was read: a crash in between reads it again rather than losing it.
  await stream.flush();
  await stream.publish("umbra.collector-health.v1", [
    { key: collector, value: { ...health, counters: { ...health.counters, [COMPLETE]: 1 } } },
  ]);
  const { exchanges = 0, sightings = 0 } = health.counters;
  return { name: input, already: false, exchanges, sightings };
}

function isComplete({ counters }: CaptureHealth): boolean {
  return (counters[COMPLETE] ?? 0) > 0;
}

/** Sightings travel by authority, so that one consumer owns a service. */
export function messagesOf(portion: readonly Sighting[]) {
  return portion.map((value) => ({ key: value.key.authority, value }));
}

/** The file's name and the beginning of its SHA-256, so that the same content is known again wherever it lies. */
async function collectorName(input: string): Promise<string> {
  if (input === PIPE) return "stdin";
  const hash = createHash("sha256");
  try {
    await flow(createReadStream(input), hash);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      { ENOENT: "no such file", EISDIR: "is a directory; name the files in it" }[code ?? ""] ?? code;
    throw new UnreadableInput(`${input}: cannot be opened (${why})`, { cause: error });
  }
  return `${path.basename(input)} ${hash.digest("hex").slice(0, 12)}`;
}
