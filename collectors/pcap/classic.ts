// Reads classic pcap with the pcap-parser package, inside a guard against what it does not check, past it where it only costs.
import { EventEmitter } from "node:events";
import { type GlobalHeader, type PacketHeader, type Parser, parse } from "pcap-parser";
import type { WeirdName } from "../../src/model/parsed.ts";
import { asBuffer } from "../wire/bytes.ts";
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
  #u32: ReadU32 = littleEndian;
  #fed = false;
  #inRecord = false;
  /** Of the record the library is reading. */
  #captured = 0;
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
      if (this.#isBetween) rest = this.#walk(rest);
      const step = this.#wanted();
      if (rest.length > 0) this.#feed.emit("data", rest.subarray(0, step));
      rest = rest.subarray(step);
    }
    this.lost += rest.length;
  }

  /** The library holds nothing: the next byte begins a record. */
  get #isBetween(): boolean {
    return this.started && !this.#inRecord && this.#parser.buffer?.length === 0;
  }

  /** How much the library lacks for the header or record it is at; never more, so that it ends between records. */
  #wanted(): number {
    const held = this.#parser.buffer?.length ?? 0;
    const whole = this.#inRecord ? this.#captured : this.started ? RECORD_HEADER : FILE_HEADER;
    return whole - held;
  }

  /**
   * Records that are all in the chunk need no library: it would spend five times as long on them as reassembly does.
   * The first one that is not, or that is longer than any packet, is left to it.
   */
  #walk(chunk: Buffer): Buffer {
    const u32 = this.#u32;
    let at = 0;
    while (at + RECORD_HEADER <= chunk.length) {
      const captured = u32(chunk, at + 8);
      const end = at + RECORD_HEADER + captured;
      if (captured > MAX_PACKET || end > chunk.length) break;
      this.#events.packet({
        linkType: this.#linkType,
        at: u32(chunk, at) * 1_000 + u32(chunk, at + 4) / this.#perMs,
        bytes: chunk.subarray(at + RECORD_HEADER, end),
        originalLength: Math.max(u32(chunk, at + 12), captured),
        interface: 0,
      });
      at = end;
    }
    return chunk.subarray(at);
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
    if (magic === MICRO_BE || magic === NANO_BE) this.#u32 = bigEndian;
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
    this.#captured = header.capturedLength;
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

type ReadU32 = (bytes: Buffer, at: number) => number;

const littleEndian: ReadU32 = (bytes, at) =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
const bigEndian: ReadU32 = (bytes, at) =>
  ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;

function magicOf(head: Uint8Array): number {
  if (head.length < 4) return 0;
  return bigEndian(asBuffer(head), 0);
}
