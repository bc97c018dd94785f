// Reads files of any log format: unpack, cut into records, parse each, hand on; one reader a format.
import type { ExchangeSink, InputReader, ReadOptions } from "../input.ts";
import { UnreadableInput } from "../input.ts";
import type { Framing, LogFormat } from "../log-format.ts";
import type { Unwrapped } from "./container.ts";
import { unwrapLine } from "./container.ts";
import { withShipper } from "./declared.ts";
import type { RecordSplitter } from "./framing.ts";
import { gunzipHead, unpacked } from "../gunzip.ts";
import { HarSplitter } from "./har-entries.ts";
import { LineSplitter } from "./lines.ts";

// What InputReader.recognise is given at most: a head of this size may end within a record.
const FULL_HEAD = 65_536;
// Enough for a majority that a few odd lines cannot turn, few enough to try every format on.
const SAMPLE = 32;

/** One reader for each format, with the format's id: what `--input-format` takes. */
export function createLogReaders(formats: Iterable<LogFormat>): InputReader[] {
  return [...formats].map((format) => ({
    id: format.id,
    title: format.title,
    recognise: FRAMINGS[format.framing].recognise(format),
    read: (bytes, sink, options) => readLog({ format, bytes, sink, options }),
  }));
}

interface FramingWays {
  readonly splitter: () => RecordSplitter;
  /** The record within what transports put around it. */
  readonly unwrap: (record: string) => Unwrapped;
  readonly recognise: (format: LogFormat) => (head: Uint8Array) => number;
}

const FRAMINGS: Readonly<Record<Framing, FramingWays>> = {
  lines: { splitter: () => new LineSplitter(), unwrap: unwrapLine, recognise: recogniseLines },
  "har-entries": {
    splitter: () => new HarSplitter(),
    unwrap: (record) => ({ record }),
    recognise: recogniseDocument,
  },
};

/** How sure the format is of the lines it knows among the first; 0 unless those are more than half. */
function recogniseLines(format: LogFormat): (head: Uint8Array) => number {
  return (head) => {
    const lines = firstLines(gunzipHead(head), head.length < FULL_HEAD);
    const scores = lines.map((line) => format.recognise(unwrapLine(line).record));
    const sure = scores.filter((score) => score > 0);
    return sure.length * 2 <= scores.length ? 0 : sure.reduce((sum, score) => sum + score, 0) / sure.length;
  };
}

function firstLines(text: Uint8Array, whole: boolean): readonly string[] {
  const splitter = new LineSplitter();
  const complete = splitter.push(text);
  const records = whole || complete.length === 0 ? [...complete, ...splitter.end()] : complete;
  const lines = records.flatMap((record) => (record.ok && !isComment(record.value) ? [record.value] : []));
  return lines.slice(0, SAMPLE);
}

/** A HAR is told by its skeleton, and by its first entry where the head reaches that far. */
function recogniseDocument(format: LogFormat): (head: Uint8Array) => number {
  return (head) => {
    const splitter = new HarSplitter();
    const text = gunzipHead(head);
    const first = splitter.push(text).find((record) => record.ok);
    if (first?.ok === true) return format.recognise(first.value);
    if (splitter.found === "entries") return 0.9;
    const named = /"(?:version|creator|browser|pages)"/.test(Buffer.from(text).toString("latin1"));
    return splitter.found === "log" && named ? 0.8 : 0;
  };
}

function isComment(line: string): boolean {
  return line.startsWith("#");
}

interface Reading {
  readonly format: LogFormat;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly sink: ExchangeSink;
  readonly options: ReadOptions;
}

/** Counter: `records`. Weirds: the framing's and the format's. */
async function readLog({ format, bytes, sink, options }: Reading): Promise<void> {
  const { splitter: open, unwrap } = FRAMINGS[format.framing];
  const splitter = open();
  const tally = { records: 0, understood: false };
  const take = async (records: ReturnType<RecordSplitter["push"]>): Promise<void> => {
    const before = tally.records;
    for (const record of records) {
      if (record.ok) takeRecord({ format, sink, tally }, unwrap(record.value));
      else sink.weird(record.weird);
      const full = sink.ready();
      if (full !== undefined) await full;
    }
    if (tally.records > before) sink.count("records", tally.records - before);
  };
  const plain = unpacked(bytes, () => sink.weird({ name: "gzip.broken" }));
  for await (const chunk of plain) await take(splitter.push(chunk));
  await take(splitter.end());
  const missing = splitter instanceof HarSplitter && splitter.found !== "entries";
  if (missing || (tally.records > 0 && !tally.understood)) {
    throw new UnreadableInput(`${options.name}: nothing in it reads as ${format.title}`);
  }
}

interface Taking {
  readonly format: LogFormat;
  readonly sink: ExchangeSink;
  readonly tally: { records: number; understood: boolean };
}

function takeRecord({ format, sink, tally }: Taking, { record, envelope }: Unwrapped): void {
  if (format.framing === "lines" && isComment(record)) return;
  tally.records++;
  const result = format.parse(record);
  if (result.ok) sink.exchange(envelope === undefined ? result.value : withShipper(result.value, envelope));
  else sink.weird(result.weird);
  if (!tally.understood) tally.understood = result.ok || format.recognise(record) > 0;
}
