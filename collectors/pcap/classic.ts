// Reads classic pcap files with the pcap-parser package, inside a guard against what the package does not check.
import { EventEmitter } from "node:events";
import { type GlobalHeader, type PacketHeader, type Parser, parse } from "pcap-parser";
import type { WeirdName } from "../../src/model/parsed.ts";
import type { PacketSink } from "../wire/packet.ts";

/*
  libpcap file (draft-ietf-opsawg-pcap): magic 32, major 16, minor 16, zone 32, accuracy 32, snap length 32, link type 32,
  then per packet: seconds 32, fraction 32, captured 32, original 32, bytes. The magic tells byte order and unit.
*/
const MICRO_BE = 0xa1b2c3d4;
const NANO_BE = 0xa1b23c4d;
const MICRO_LE = 0xd4c3b2a1;
const NANO_LE = 0x4d3cb2a1;

/** The largest snap length tcpdump writes (MAXIMUM_SNAPLEN). */
const MAX_PACKET = 262_144;
const FILE_HEADER = 24;
const RECORD_HEADER = 16;
/** The library joins an unfinished record and the next chunk by copying: larger chunks only cost copies. */
const STEP = 65_536;

export interface ClassicEvents {
  readonly packet: PacketSink;
  readonly weird: (name: WeirdName) => void;
}

/** What the library takes for a stream: we push, so pausing means nothing. */
class Feed extends EventEmitter {
  pause(): void {}
  resume(): void {}
}

export function isClassic(head: Uint8Array): boolean {
  const magic = magicOf(head);
  return magic === MICRO_BE || magic === MICRO_LE || magic === NANO_BE || magic === NANO_LE;
}

/** Push decoder; the first chunk holds at least the four bytes of the magic. */
export class ClassicReader {
  readonly #events: ClassicEvents;
  readonly #feed = new Feed();
  readonly #parser: Parser;
  #perMs = 1_000;
  #linkType = 0;
  #fed = false;
  #inRecord = false;
  /** The file header was read: the file is what it claims to be. */
  started = false;
  /** Stopped for good at a record that cannot be true. */
  broken = false;
  /** Bytes that were there and could not be read. */
  lost = 0;

  constructor(events: ClassicEvents) {
    this.#events = events;
    this.#parser = parse(this.#feed);
    this.#parser.on("error", () => this.#break("pcap.header"));
    this.#parser.on("globalHeader", (header: GlobalHeader) => this.#open(header));
    this.#parser.on("packetHeader", (header: PacketHeader) => this.#check(header));
    this.#parser.on("packet", (packet: { header: PacketHeader; data: Buffer }) =>
      this.#packet(packet.header, packet.data),
    );
  }

  push(chunk: Buffer): void {
    let rest = this.#fed ? chunk : this.#first(chunk);
    while (rest.length > 0 && !this.broken) {
      this.#feed.emit("data", rest.subarray(0, STEP));
      rest = rest.subarray(STEP);
    }
    this.lost += rest.length;
  }

  end(): void {
    if (this.broken) return;
    const left = (this.#parser.buffer?.length ?? 0) + (this.#inRecord ? RECORD_HEADER : 0);
    if (left === 0) return;
    this.lost += left;
    this.#events.weird("pcap.truncated");
  }

  /** The library knows microseconds alone: it is shown their magic, and we divide by what the file said. */
  #first(chunk: Buffer): Buffer {
    this.#fed = true;
    const magic = magicOf(chunk);
    if (magic !== NANO_BE && magic !== NANO_LE) return chunk;
    this.#perMs = 1_000_000;
    const shown = Buffer.from(chunk);
    shown.writeUInt32BE(magic === NANO_BE ? MICRO_BE : MICRO_LE, 0);
    return shown;
  }

  #open(header: GlobalHeader): void {
    this.started = true;
    this.#linkType = header.linkLayerType & 0xffff;
  }

  /** Runs before the library waits for the record's bytes, so an impossible length never buffers. */
  #check(header: PacketHeader): void {
    this.#inRecord = true;
    if (header.capturedLength > MAX_PACKET) this.#break("pcap.record-length");
  }

  #packet(header: PacketHeader, bytes: Buffer): void {
    this.#inRecord = false;
    if (this.broken) return;
    this.#events.packet({
      linkType: this.#linkType,
      at: header.timestampSeconds * 1_000 + header.timestampMicroseconds / this.#perMs,
      bytes,
      originalLength: Math.max(header.originalLength, header.capturedLength),
      interface: 0,
    });
  }

  #break(name: WeirdName): void {
    if (this.broken) return;
    this.broken = true;
    this.lost += this.#parser.buffer?.length ?? 0;
    this.#parser.errored = true;
    this.#events.weird(name);
    // The library assigns its next state after our listener returns: a setter that ignores it keeps it stopped.
    Object.defineProperty(this.#parser, "state", { get: () => () => false, set: () => {} });
  }
}

function magicOf(head: Uint8Array): number {
  if (head.length < 4) return 0;
  return ((head[0]! << 24) | (head[1]! << 16) | (head[2]! << 8) | head[3]!) >>> 0;
}

/** Bytes below which a classic capture cannot even be recognised as such. */
export const CLASSIC_HEADER_BYTES = FILE_HEADER;
