// One fuzz run: a conversation is built, mutated, read, and what the wire made of it is judged.
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { exchangeLine } from "../../../collectors/exchange-line.ts";
import { UnreadableInput } from "../../../collectors/input.ts";
import { capture } from "../../../collectors/pcap/capture-reader.ts";
import { ClassicReader } from "../../../collectors/pcap/classic.ts";
import { PcapngReader } from "../../../collectors/wire/pcapng.ts";
import type { Packet } from "../../../collectors/wire/packet.ts";
import { createWire } from "../../../collectors/wire/wire.ts";
import type { Body, Exchange } from "../../../src/model/exchange.ts";
import type { StreamFacts, StreamUpdate } from "../../../src/model/stream-facts.ts";
import { brief, chunks, pcapFile } from "../packets.ts";
import { WRAPS } from "./frames.ts";
import { mutateBytes } from "./mutate-bytes.ts";
import { attacked, lossy, reordered, repeated } from "./mutate-packets.ts";
import { mutateTurns } from "./mutate-turns.ts";
import { pcapngFile } from "./pcapng.ts";
import { Random } from "./random.ts";
import { spoken, TALKS, type Talk } from "./talks.ts";

/** What was done to the traffic, and so what may be asked of the result. */
export type Kind = "harmless" | "lossy" | "talk" | "packets" | "file";

export interface Run {
  readonly kind: Kind;
  readonly talk: string;
  readonly exchanges: number;
  /** Pairs that were never said. */
  readonly wrong: readonly string[];
}

/** Broken promises are thrown: the run fails. */
export class BrokenPromise extends Error {
  override readonly name = "BrokenPromise";
}

export interface FuzzOptions {
  readonly seed: number;
  /** Whatever else must survive every exchange. */
  readonly also?: (exchange: Exchange) => void;
}

const WRAP_LIST = Object.entries(WRAPS);
/** Everything told per byte of input, at most: no input makes more work than itself. */
const TOLD_PER_BYTE = 4;
const TOLD_FLOOR = 2_000;
/** Bodies are inflated to at most this (1 MiB). */
const MAX_BODY = 1_048_576;

function root(): string {
  let folder = import.meta.dirname;
  while (!isRoot(folder)) folder = path.dirname(folder);
  return folder;
}

function isRoot(folder: string): boolean {
  try {
    readFileSync(path.join(folder, "demo/README.md"));
    return true;
  } catch {
    return folder === path.dirname(folder);
  }
}

/** The beginning of the recorded sample traffic. */
function demoPackets(count: number): readonly Packet[] {
  const packets: Packet[] = [];
  const reader = new ClassicReader({
    packet: (one) => packets.length < count && packets.push({ ...one, bytes: Buffer.from(one.bytes) }),
    weird: () => {},
  });
  reader.push(readFileSync(path.join(root(), "demo/mirror.pcap")));
  return packets;
}

const DEMO = demoPackets(40);

/** Collects, and holds the wire to its promises. */
class Judge {
  readonly exchanges: Exchange[] = [];
  readonly #also: (exchange: Exchange) => void;
  #told = 0;

  constructor(also: (exchange: Exchange) => void = () => {}) {
    this.#also = also;
  }

  readonly sink = {
    exchange: (exchange: Exchange): void => {
      this.#told++;
      lawful(exchange);
      lawfulStream(exchange.stream);
      exchangeLine(exchange);
      this.#also(exchange);
      this.exchanges.push(exchange);
    },
    stream: ({ at, more }: StreamUpdate): void => {
      this.#told++;
      if (!Number.isFinite(at)) throw new BrokenPromise("a time that is none");
      lawfulStream(more);
    },
    weird: ({ name }: { readonly name: string }): void => {
      this.#told++;
      if (!/^[a-z0-9-]+\.[a-z0-9-]+$/.test(name)) throw new BrokenPromise("a weird without a lawful name");
    },
    count: (name: string, by = 1): void => {
      this.#told++;
      if (!Number.isFinite(by) || by < 0) throw new BrokenPromise(`${name} was raised by ${by}`);
    },
    ready: () => undefined,
  };

  bounded(bytes: number): void {
    const most = TOLD_FLOOR + bytes * TOLD_PER_BYTE;
    if (this.#told > most) throw new BrokenPromise(`${this.#told} things told about ${bytes} bytes`);
  }
}

function lawful({ request, outcome, startedAt, answeredAt, endedAt }: Exchange): void {
  for (const at of [startedAt, answeredAt, endedAt]) {
    if (at !== null && !Number.isFinite(at)) throw new BrokenPromise("a time that is none");
  }
  if (
    request.path !== "" &&
    request.path !== "*" &&
    !request.path.startsWith("/") &&
    request.method !== "CONNECT"
  ) {
    throw new BrokenPromise("a path that does not start with a slash");
  }
  lawfulBody(request.body);
  if (outcome.kind !== "answered") return;
  const { status, body } = outcome.response;
  if (!Number.isInteger(status) || status < 100 || status > 999) throw new BrokenPromise(`status ${status}`);
  lawfulBody(body);
}

const countIn = (histogram: Readonly<Record<string, number>>): number =>
  Object.values(histogram).reduce((sum, count) => sum + count, 0);

function lawfulStream(stream: StreamFacts | undefined): void {
  for (const side of [stream?.sent, stream?.received]) {
    if (side === undefined) continue;
    if (side.frames < 1 || countIn(side.sizes) !== side.frames || countIn(side.gaps) > side.frames)
      throw new BrokenPromise("a stream whose numbers do not fit each other");
  }
}

function lawfulBody(body: Body): void {
  if (body.kind === "none") return;
  if (body.size !== null && !(body.size >= 0)) throw new BrokenPromise(`a body of ${body.size} bytes`);
  if (body.kind === "recorded" && body.bytes.length > MAX_BODY)
    throw new BrokenPromise("a body beyond its limit");
}

const sumOf = (packets: readonly Packet[]): number =>
  packets.reduce((sum, { bytes }) => sum + bytes.length, 0);

function hearPackets(packets: readonly Packet[], keylog: string, judge: Judge): void {
  const wire = createWire(judge.sink, { source: "capture", keylog });
  for (const one of packets) wire.packet(one);
  wire.end();
  judge.bounded(sumOf(packets) + packets.length);
}

/** As `collectors/pcap` reads files, without its asynchronous shell. */
function hearFile(file: Buffer, keylog: string, { judge, random }: { judge: Judge; random: Random }): void {
  const wire = createWire(judge.sink, { source: "capture", keylog });
  const weird = (name: `${string}.${string}`): void => judge.sink.weird({ name });
  const isNg = file[0] === 0x0a;
  const events = { packet: wire.packet, keylog: wire.keylog, weird };
  const reader = isNg ? new PcapngReader(events) : new ClassicReader(events);
  const step = random.pick([file.length, 65_536, 1_000, 37]);
  for (let at = 0; at < file.length && !reader.broken; at += Math.max(4, step)) {
    reader.push(file.subarray(at, at + Math.max(4, step)));
  }
  reader.end();
  if (reader.lost > file.length) throw new BrokenPromise(`${reader.lost} of ${file.length} bytes lost`);
  wire.end();
  judge.bounded(file.length);
}

function fileOf(packets: readonly Packet[], keylog: string, random: Random): Buffer {
  if (random.chance(0.5)) return pcapngFile(packets, random.chance(0.5) ? keylog : "");
  const linkType = packets[0]?.linkType ?? 1;
  return pcapFile(packets, { linkType, big: random.chance(0.3), nano: random.chance(0.3) });
}

function segments(talk: Pick<Talk, "turns" | "port">, random: Random): Packet[] {
  const size = random.pick([1, 7, 40, 200, 200, 1_448, 1_448]);
  return spoken(talk, () => (size === 1 ? random.between(1, 60) : size));
}

function wrapped(packets: readonly Packet[], random: Random): Packet[] {
  const [, wrap] = random.chance(0.5) ? WRAP_LIST[0]! : random.pick(WRAP_LIST);
  return packets.flatMap((one) => (one.bytes.length < 54 ? [one] : wrap(one)));
}

const isAnswered = ({ outcome, request }: Exchange): boolean =>
  outcome.kind === "answered" && request.method !== "" && request.path !== "";

/** Pairs that were reported and never said. */
function wrongPairs(talk: Talk, exchanges: readonly Exchange[]): string[] {
  const true_ = new Set(talk.truth);
  return exchanges
    .filter(isAnswered)
    .map(brief)
    .filter((pair) => !true_.has(pair));
}

const KINDS: readonly Kind[] = [
  "harmless",
  "lossy",
  "talk",
  "talk",
  "talk",
  "packets",
  "packets",
  "file",
  "file",
];

/** Run `index` of a seed: the same every time. Throws what is thrown, or `BrokenPromise`. */
export function fuzzOnce(index: number, { seed, also }: FuzzOptions): Run {
  const random = new Random(seed, index);
  const talk = random.pick(TALKS);
  const kind = random.pick(KINDS);
  const judge = new Judge(also);
  const { keylog } = talk;
  const wrong: string[] = [];
  switch (kind) {
    case "harmless": {
      const disturb = random.chance(0.5) ? reordered : repeated;
      hearPackets(wrapped(disturb(segments(talk, random), random), random), keylog, judge);
      wrong.push(...wrongPairs(talk, judge.exchanges));
      const heard = new Set(judge.exchanges.map(brief));
      const missing = talk.truth.filter((pair) => !heard.has(pair));
      if (missing.length > 0)
        throw new BrokenPromise(`not heard though nothing was lost: ${missing.join(", ")}`);
      break;
    }
    case "lossy":
      hearPackets(wrapped(lossy(segments(talk, random), random), random), keylog, judge);
      wrong.push(...wrongPairs(talk, judge.exchanges));
      break;
    case "talk": {
      const turns = mutateTurns(talk.turns, random.pick(TALKS).turns, random);
      hearPackets(segments({ turns, port: talk.port }, random), keylog, judge);
      break;
    }
    case "packets": {
      const source = random.chance(0.1) ? DEMO : segments(talk, random);
      hearPackets(wrapped(attacked(source, random), random), keylog, judge);
      break;
    }
    case "file": {
      const source = random.chance(0.1) ? DEMO : wrapped(segments(talk, random), random);
      const file = mutateBytes(fileOf(source, keylog, random), random);
      if (file.length > 0) hearFile(file, keylog, { judge, random });
      break;
    }
    default:
      kind satisfies never;
  }
  return { kind, talk: talk.name, exchanges: judge.exchanges.length, wrong };
}

/** The same through the reader that files go through, packed now and then. Gives the number of exchanges heard. */
export async function fuzzReader(index: number, { seed, also }: FuzzOptions): Promise<number> {
  const random = new Random(seed, index);
  const talk = random.pick(TALKS);
  const judge = new Judge(also);
  const plain = fileOf(wrapped(segments(talk, random), random), talk.keylog, random);
  const packed = random.chance(0.3) ? gzipSync(mutateBytes(plain, random)) : plain;
  const file = mutateBytes(packed, random);
  try {
    await capture.read(chunks(file, random.pick([100, 1_000, 65_536])), judge.sink, {
      name: "fuzz",
      keylog: talk.keylog,
    });
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
  }
  judge.bounded(file.length * 20);
  return judge.exchanges.length;
}
