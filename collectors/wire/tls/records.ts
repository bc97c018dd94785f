// Cuts one direction of TLS into records.
import { u16 } from "../bytes.ts";
import { ByteBuffer } from "../http2/byte-buffer.ts";

/*
  Record (RFC 8446, section 5.1)
    type     8: 20 change_cipher_spec, 21 alert, 22 handshake, 23 application_data, 24 heartbeat
    version 16: 3.0 to 3.4
    length  16, of the payload
*/
export interface TlsRecord {
  readonly type: number;
  /** The five bytes as sent: some modes authenticate them. */
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
  /** When its last byte came. */
  readonly at: number;
}

export const CHANGE_CIPHER_SPEC = 20;
export const HANDSHAKE = 22;
export const APPLICATION_DATA = 23;

export const HEADER_BYTES = 5;

// RFC 5246, section 6.2.3: 2^14 and 2,048 of expansion.
const MAX_PAYLOAD = 18_432;

const NOTHING = new Uint8Array(0);

/** Encrypted application data with the version that TLS 1.2 and 1.3 both write. */
function isLikely(bytes: Uint8Array): boolean {
  return bytes[0] === APPLICATION_DATA && u16(bytes, 1) === 0x0303 && u16(bytes, 3) > 16;
}

function isVersion(version: number): boolean {
  return version >= 0x0300 && version <= 0x0304;
}

export interface RecordEvents {
  /** `payload` is valid during the call only. */
  record(record: TlsRecord): void;
  /** The payload of one record is missing; the next record is where it should be. */
  lostRecord(type: number, length: number, at: number): void;
  /** Records were missed, or what came is no TLS. True: look for the next record. */
  lost(why: "gap" | "garbage"): boolean;
  /** This looks like a record behind a gap; true when it is one, and read. `lost`: bytes of records before it. */
  probe(record: TlsRecord, lost: number): boolean;
}

export class RecordReader {
  private readonly events: RecordEvents;
  private readonly held = new ByteBuffer();
  /** Bytes of the current record that are still to come although part of it is missing. */
  private skipping = 0;
  private damagedType = 0;
  private damagedLength = 0;
  private stopped = false;
  private searching = false;
  /** Bytes between the last record read and what is held. */
  private lostBytes = 0;

  constructor(events: RecordEvents) {
    this.events = events;
  }

  /** Memory that a begun record takes. */
  get size(): number {
    return this.held.size;
  }

  push(bytes: Uint8Array, at: number): void {
    for (let rest = bytes; rest.length > 0 && !this.stopped;) rest = this.step(rest, at);
  }

  gap(length: number, at: number): void {
    if (this.stopped) return;
    if (!this.searching && this.skipping === 0 && this.held.length >= HEADER_BYTES) this.damage();
    const within = Math.min(length, this.skipping);
    if (within > 0) this.advance(within, at);
    if (within < length) this.lose(length - within);
  }

  /** The owner reads no more. */
  close(): void {
    this.stopped = true;
    this.held.clear();
  }

  private step(bytes: Uint8Array, at: number): Uint8Array {
    if (this.skipping > 0) return this.skip(bytes, at);
    if (!this.searching) return this.read(bytes, at);
    this.held.append(bytes);
    return this.search(at);
  }

  private read(bytes: Uint8Array, at: number): Uint8Array {
    // Whole records are read where they lie; only what is cut is copied.
    if (this.held.length === 0 && bytes.length >= HEADER_BYTES) {
      const end = this.endOf(bytes);
      if (end === 0) return this.stop("garbage");
      if (end <= bytes.length) return this.emit(bytes, end, at);
    }
    const wanted = this.held.length < HEADER_BYTES ? HEADER_BYTES : this.endOf(this.held.view());
    const taken = bytes.subarray(0, wanted - this.held.length);
    this.held.append(taken);
    this.finishHeld(at);
    return bytes.subarray(taken.length);
  }

  private finishHeld(at: number): void {
    if (this.held.length < HEADER_BYTES) return;
    const end = this.endOf(this.held.view());
    if (end === 0) this.stop("garbage");
    else if (this.held.length === end) {
      this.emit(this.held.view(), end, at);
      this.held.clear();
    }
  }

  private emit(bytes: Uint8Array, end: number, at: number): Uint8Array {
    const header = bytes.subarray(0, HEADER_BYTES);
    this.events.record({ type: header[0] ?? 0, header, payload: bytes.subarray(HEADER_BYTES, end), at });
    return bytes.subarray(end);
  }

  /** Length of the record that starts here, header included; 0 when none does. */
  private endOf(bytes: Uint8Array): number {
    const type = bytes[0] ?? 0;
    const length = u16(bytes, 3);
    const lawful = type >= 20 && type <= 24 && isVersion(u16(bytes, 1)) && length <= MAX_PAYLOAD;
    return lawful ? HEADER_BYTES + length : 0;
  }

  private damage(): void {
    const bytes = this.held.view();
    const end = this.endOf(bytes);
    this.damagedType = bytes[0] ?? 0;
    this.damagedLength = end - HEADER_BYTES;
    this.skipping = end - bytes.length;
    this.held.clear();
  }

  private skip(bytes: Uint8Array, at: number): Uint8Array {
    const taken = Math.min(bytes.length, this.skipping);
    this.advance(taken, at);
    return bytes.subarray(taken);
  }

  private advance(count: number, at: number): void {
    this.skipping -= count;
    if (this.skipping === 0) this.events.lostRecord(this.damagedType, this.damagedLength, at);
  }

  private lose(length: number): void {
    this.lostBytes += this.held.length + length;
    this.held.clear();
    if (this.searching) return;
    this.searching = this.events.lost("gap");
    if (!this.searching) this.close();
  }

  /** Returns what stands behind the record that was found. */
  private search(at: number): Uint8Array {
    while (this.held.length >= HEADER_BYTES) {
      const bytes = this.held.view();
      const end = isLikely(bytes) ? this.endOf(bytes) : 0;
      if (end > bytes.length) break;
      const record = {
        type: APPLICATION_DATA,
        header: bytes.subarray(0, HEADER_BYTES),
        payload: bytes.subarray(HEADER_BYTES, end),
        at,
      };
      if (end > 0 && this.events.probe(record, this.lostBytes)) {
        this.searching = false;
        this.lostBytes = 0;
        this.held.clear();
        return bytes.subarray(end);
      }
      this.lostBytes++;
      this.held.drop(1);
    }
    return NOTHING;
  }

  private stop(why: "garbage"): Uint8Array {
    this.close();
    this.events.lost(why);
    return NOTHING;
  }
}
