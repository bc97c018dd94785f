// Capture files: recognised by magic, classic or pcapng, plain or gzip'd, turned into exchanges.
import type { WeirdName } from "../../src/model/parsed.ts";
import { type ExchangeSink, type InputReader, type ReadOptions, UnreadableInput } from "../input.ts";
import { gunzipHead, unpacked } from "../gunzip.ts";
import { asBuffer } from "../wire/bytes.ts";
import { type Counter, countersOf } from "../wire/counters.ts";
import { PcapngReader } from "../wire/pcapng.ts";
import { type Wire, createWire } from "../wire/wire.ts";
import { ClassicReader, isClassic } from "./classic.ts";
import { createLiveWire, type LiveWire } from "./live-wire.ts";
import { pumpSecrets } from "./secrets.ts";

/** Enough to tell the kind of file. */
const MAGIC_BYTES = 4;

/** What both file readers share. */
interface FileReader {
  readonly started: boolean;
  readonly broken: boolean;
  readonly lost: number;
  push(chunk: Buffer): void;
  end(): void;
}

export const capture: InputReader = {
  id: "capture",
  title: "Packet capture (pcap, pcapng, also gzip'd)",
  recognise(head) {
    return isCapture(gunzipHead(head)) ? 1 : 0;
  },
  async read(bytes, sink, options) {
    await readCapture(bytes, sink, options);
  },
};

async function readCapture(
  bytes: AsyncIterable<Uint8Array>,
  sink: ExchangeSink,
  options: ReadOptions,
): Promise<void> {
  const tap = openTap(sink, options);
  const { keylog } = options;
  const letGo = await pumpSecrets(typeof keylog === "string" ? undefined : keylog, tap.keylog);
  const weird = (name: WeirdName): void => sink.weird({ name });
  const count = countersOf(sink);
  let reader: FileReader | undefined;
  try {
    const limits = { layers: MAX_LAYERS, maxRatio: MAX_RATIO };
    for await (const chunk of peeked(unpacked(bytes, (what) => weird(`capture.gzip-${what}`), limits))) {
      reader ??= readerFor(chunk, tap, { weird, count });
      reader.push(chunk);
      tap.pace();
      const full = sink.ready();
      if (full !== undefined) await full;
      if (reader.broken) break;
    }
  } finally {
    letGo();
  }
  if (reader === undefined) throw new UnreadableInput("the capture is empty");
  finish(reader, tap, count);
}

/** The decoders behind a file that is complete, or behind one that grows. */
interface Tap extends Pick<Wire, "packet" | "keylog" | "end"> {
  /** Called after each chunk. */
  readonly pace: () => void;
}

function openTap(sink: ExchangeSink, { keylog, following }: ReadOptions): Tap {
  const secrets = typeof keylog === "string" ? { keylog } : { keysGrow: keylog !== undefined };
  const options = { source: "capture", ...secrets } as const;
  if (following === undefined) return { ...bound(createWire(sink, options)), pace: () => {} };
  const wire = createLiveWire(sink, following.now, options);
  return { ...bound(wire), pace: () => wire.tick() };
}

function bound(wire: Wire | LiveWire): Pick<Wire, "packet" | "keylog" | "end"> {
  return { packet: wire.packet, keylog: wire.keylog, end: () => wire.end() };
}

/** Packed twice happens; a file that unpacks to itself exists as well. */
const MAX_LAYERS = 2;
// Deflate stops at 1,032:1. Captures of real traffic pack 2:1 to 20:1.
const MAX_RATIO = 200;

function finish(reader: FileReader, wire: Tap, count: Counter): void {
  reader.end();
  if (reader.lost > 0) count("capture.lost-bytes", reader.lost);
  wire.end();
  if (!reader.started) throw new UnreadableInput("the capture ends before or within its header");
}

interface Tell {
  readonly weird: (name: WeirdName) => void;
  readonly count: Counter;
}

function readerFor(head: Buffer, { packet, keylog }: Tap, { weird, count }: Tell): FileReader {
  if (isClassic(head)) return new ClassicReader({ packet, weird });
  const dropped = (packets: number): void => count("capture.dropped", packets);
  if (isCapture(head)) return new PcapngReader({ packet, keylog, weird, dropped });
  throw new UnreadableInput("neither a pcap nor a pcapng capture");
}

function isCapture(head: Uint8Array): boolean {
  const isPcapng = head[0] === 0x0a && head[1] === 0x0d && head[2] === 0x0d && head[3] === 0x0a;
  return isPcapng || isClassic(head);
}

/** The same bytes, with a first chunk long enough to tell what it is. */
async function* peeked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (head === undefined) {
      yield asBuffer(chunk);
      continue;
    }
    head = head.length === 0 ? asBuffer(chunk) : Buffer.concat([head, chunk]);
    if (head.length < MAGIC_BYTES) continue;
    yield head;
    head = undefined;
  }
  if (head !== undefined && head.length > 0) yield head;
}
