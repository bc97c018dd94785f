// What tests of live sources put exchanges into, and the sample capture as exchanges and as packets.
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { ExchangeSink } from "../../../collectors/input.ts";
import { capture } from "../../../collectors/pcap/capture-reader.ts";
import { ClassicReader } from "../../../collectors/pcap/classic.ts";
import type { Packet } from "../../../collectors/wire/packet.ts";
import type { Exchange } from "../../../src/model/exchange.ts";

export interface Heard {
  readonly sink: ExchangeSink;
  readonly exchanges: Exchange[];
  readonly weirds: string[];
  readonly counters: Map<string, number>;
  /** Set to make the sink full. */
  full: Promise<void> | undefined;
}

export function listener(): Heard {
  const heard: Heard = {
    exchanges: [],
    weirds: [],
    counters: new Map(),
    full: undefined,
    sink: {
      exchange: (exchange) => void heard.exchanges.push(exchange),
      weird: ({ name }) => void heard.weirds.push(name),
      count: (name, by = 1) => void heard.counters.set(name, (heard.counters.get(name) ?? 0) + by),
      ready: () => heard.full,
    },
  };
  return heard;
}

export const SAMPLE = readFileSync(path.resolve(import.meta.dirname, "../../../demo/mirror.pcap"));

/** The packets of the sample capture, in order. */
export function samplePackets(): readonly Packet[] {
  const packets: Packet[] = [];
  const reader = new ClassicReader({
    packet: (packet) => packets.push({ ...packet, bytes: Buffer.from(packet.bytes) }),
    weird: () => {},
  });
  reader.push(SAMPLE);
  reader.end();
  return packets;
}

/** What reading the sample capture as a file gives. */
export async function sampleHeard(): Promise<Heard> {
  const heard = listener();
  await capture.read(bytesOf(SAMPLE), heard.sink, { name: "mirror.pcap" });
  return heard;
}

async function* bytesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Exchanges without what differs between a file and live traffic: when, and from where. In an order of their own. */
export function facts(exchanges: readonly Exchange[]): readonly string[] {
  return exchanges
    .map(({ startedAt: _s, answeredAt: _a, endedAt: _e, source: _w, ...rest }) =>
      // Pauses between the frames of a stream are times, too.
      JSON.stringify(rest, (name, value: unknown) => (name === "gaps" ? undefined : value)),
    )
    .sort();
}

/** Waits until it holds; the test's own timeout is the limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(2);
}
