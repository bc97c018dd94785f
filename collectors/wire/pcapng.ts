// Reads pcapng captures block by block, as they arrive: several sections, interfaces, time units, decryption secrets.
import type { WeirdName } from "../../src/model/parsed.ts";
import { asBuffer, latin1, NO_BYTES } from "./bytes.ts";
import type { PacketSink } from "./packet.ts";
import { type Endian, type Interface, dropsOf, interfaceOf, LITTLE, BIG } from "./pcapng-interface.ts";

/*
  pcapng (draft-ietf-opsawg-pcapng), every block:
    type 32 | total length 32 | body … | total length 32
  SHB 0x0a0d0d0a byte-order magic 0x1a2b3c4d, opens a section and forgets the interfaces
  IDB 1   link type 16, reserved 16, snap length 32, options
  PB  2   interface 16, drops 16, time 64 (high, low), captured 32, original 32, data   (obsolete)
  SPB 3   original 32, data
  ISB 5   interface 32, time 64, options: among them how many packets were dropped
  EPB 6   interface 32, time 64 (high, low), captured 32, original 32, data, options
  DSB 10  secrets type 32, length 32, secrets
*/
const SHB = 0x0a0d0d0a;
const IDB = 1;
const PB = 2;
const SPB = 3;
const ISB = 5;
const EPB = 6;
const DSB = 10;
const BYTE_ORDER = 0x1a2b3c4d;
const TLS_KEY_LOG = 0x544c534b;

/** Options and comments included, no writer comes near this; a larger length is a broken file. */
const MAX_BLOCK = 16 * 1_048_576;
/** The largest snap length tcpdump and Wireshark write (MAXIMUM_SNAPLEN). */
const MAX_PACKET = 262_144;
/** Wireshark itself stops making sense of files long before; bounds the table. */
const MAX_INTERFACES = 4_096;

export interface PcapngEvents {
  readonly packet: PacketSink;
  /** Text in SSLKEYLOGFILE form from a secrets block. */
  readonly keylog: (text: string) => void;
  readonly weird: (name: WeirdName) => void;
  /** So many packets more were dropped, as the writer of the capture tells. */
  readonly dropped?: (packets: number) => void;
}

/** Push decoder. After a broken block nothing more is read: `broken` is true and the rest is counted as lost. */
export class PcapngReader {
  readonly #events: PcapngEvents;
  #pending: Buffer = NO_BYTES;
  #filled = 0;
  #endian: Endian = LITTLE;
  #interfaces: Interface[] = [];
  /** What each interface told of drops. */
  #drops: number[] = [];
  /** Time of the latest packet that has one. */
  #at = 0;
  #sawSection = false;
  /** Length of a broken or cut tail, in bytes. */
  lost = 0;
  broken = false;

  constructor(events: PcapngEvents) {
    this.#events = events;
  }

  /** True once a section header was read: the file is what it claims to be. */
  get started(): boolean {
    return this.#sawSection;
  }

  push(chunk: Uint8Array): void {
    let rest = asBuffer(chunk);
    while (rest.length > 0 && !this.broken) {
      rest = this.#filled > 0 ? this.#fill(rest) : this.#walk(rest);
    }
    if (this.broken) this.lost += rest.length;
  }

  end(): void {
    if (this.#filled === 0) return;
    this.lost += this.#filled;
    this.#filled = 0;
    if (!this.broken) this.#events.weird("pcapng.truncated");
  }

  /** Reads whole blocks straight from the chunk; keeps a copy of the unfinished tail. */
  #walk(chunk: Buffer): Buffer {
    let at = 0;
    for (;;) {
      const length = this.#blockLength(chunk, at, chunk.length);
      if (this.broken) return chunk.subarray(at);
      if (length === 0 || at + length > chunk.length) break;
      this.#block(chunk.subarray(at, at + length));
      if (this.broken) return chunk.subarray(at + length);
      at += length;
    }
    this.#keep(chunk.subarray(at));
    return NO_BYTES;
  }

  /** Completes the unfinished block first, growing in steps that at least double. */
  #fill(chunk: Buffer): Buffer {
    const known = this.#blockLength(this.#pending, 0, this.#filled);
    if (this.broken) return chunk;
    const missing = (known === 0 ? 12 : known) - this.#filled;
    const taken = Math.min(missing, chunk.length);
    this.#keep(chunk.subarray(0, taken));
    const length = this.#blockLength(this.#pending, 0, this.#filled);
    if (!this.broken && length > 0 && this.#filled >= length) {
      this.#filled = 0;
      this.#block(this.#pending.subarray(0, length));
    }
    return chunk.subarray(taken);
  }

  #keep(bytes: Buffer): void {
    const needed = this.#filled + bytes.length;
    if (needed > this.#pending.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#pending.length * 2, 4_096));
      this.#pending.copy(grown, 0, 0, this.#filled);
      this.#pending = grown;
    }
    bytes.copy(this.#pending, this.#filled);
    this.#filled = needed;
  }

  /** 0 while too few bytes are here to tell. */
  #blockLength(bytes: Buffer, at: number, end: number): number {
    if (end - at < 12) return 0;
    if (bytes.readUInt32BE(at) === SHB) this.#section(bytes, at + 8);
    else if (!this.#sawSection) this.#break("pcapng.no-section");
    if (this.broken) return 0;
    const length = this.#endian.u32(bytes, at + 4);
    if (length < 12 || length % 4 !== 0 || length > MAX_BLOCK) this.#break("pcapng.block-length");
    return this.broken ? 0 : length;
  }

  #section(bytes: Buffer, at: number): void {
    if (bytes.readUInt32LE(at) === BYTE_ORDER) this.#endian = LITTLE;
    else if (bytes.readUInt32BE(at) === BYTE_ORDER) this.#endian = BIG;
    else this.#break("pcapng.byte-order");
  }

  #break(name: WeirdName): void {
    this.broken = true;
    this.lost += this.#filled;
    this.#filled = 0;
    this.#events.weird(name);
  }

  #block(block: Buffer): void {
    const { u32 } = this.#endian;
    if (u32(block, block.length - 4) !== block.length) return this.#break("pcapng.block-trailer");
    const type = u32(block, 0);
    if (type === EPB) this.#enhanced(block);
    else if (type === SHB) this.#openSection(block);
    else if (type === IDB) this.#interface(block);
    else if (type === SPB) this.#simple(block);
    else if (type === PB) this.#obsolete(block);
    else if (type === ISB) this.#statistics(block);
    else if (type === DSB) this.#secrets(block);
  }

  #openSection(block: Buffer): void {
    if (block.length < 28) return this.#break("pcapng.block-length");
    this.#sawSection = true;
    this.#interfaces = [];
    this.#drops = [];
  }

  #interface(block: Buffer): void {
    if (block.length < 20) return this.#events.weird("pcapng.short-block");
    if (this.#interfaces.length >= MAX_INTERFACES) return this.#events.weird("pcapng.too-many-interfaces");
    this.#interfaces.push(interfaceOf(block, this.#endian));
  }

  #enhanced(block: Buffer): void {
    if (block.length < 32) return this.#events.weird("pcapng.short-block");
    this.#packet(block, this.#endian.u32(block, 8), 28);
  }

  #obsolete(block: Buffer): void {
    if (block.length < 32) return this.#events.weird("pcapng.short-block");
    this.#packet(block, this.#endian.u16(block, 8), 28);
  }

  /** Enhanced and obsolete blocks share their layout from the time on. */
  #packet(block: Buffer, index: number, data: number): void {
    const { u32 } = this.#endian;
    const from = this.#interfaces[index];
    if (from === undefined) return this.#events.weird("pcapng.no-interface");
    const captured = u32(block, 20);
    if (captured > MAX_PACKET || data + captured > block.length - 4) {
      return this.#events.weird("pcapng.packet-length");
    }
    const ticks = u32(block, 12) * 0x1_0000_0000 + u32(block, 16);
    this.#at = ticks / from.ticksPerMs + from.offsetMs;
    this.#events.packet({
      linkType: from.linkType,
      at: this.#at,
      bytes: block.subarray(data, data + captured),
      originalLength: Math.max(captured, u32(block, 24)),
      interface: index,
    });
  }

  #simple(block: Buffer): void {
    const from = this.#interfaces[0];
    if (from === undefined || block.length < 16) return this.#events.weird("pcapng.no-interface");
    const original = this.#endian.u32(block, 8);
    const limit = from.snapLength === 0 ? MAX_PACKET : from.snapLength;
    const captured = Math.min(original, limit, block.length - 16);
    // A simple block carries no time: it came after the packet before it.
    this.#events.packet({
      linkType: from.linkType,
      at: this.#at,
      bytes: block.subarray(12, 12 + captured),
      originalLength: original,
      interface: 0,
    });
  }

  #statistics(block: Buffer): void {
    const index = block.length < 24 ? -1 : this.#endian.u32(block, 8);
    if (this.#interfaces[index] === undefined) return;
    const drops = dropsOf(block, this.#endian);
    const more = drops - (this.#drops[index] ?? 0);
    this.#drops[index] = drops;
    if (more > 0) this.#events.dropped?.(more);
  }

  #secrets(block: Buffer): void {
    if (block.length < 20) return this.#events.weird("pcapng.short-block");
    const { u32 } = this.#endian;
    const length = u32(block, 12);
    if (16 + length > block.length - 4) return this.#events.weird("pcapng.secrets-length");
    if (u32(block, 8) === TLS_KEY_LOG) this.#events.keylog(latin1(block, 16, 16 + length));
  }
}
