// Encrypted records that wait for their secrets, in the order they came, within bounds.
import type { Side } from "../flow.ts";
import type { KeyLog } from "./key-log.ts";
import type { TlsRecord } from "./records.ts";

// A log that grows beside the capture is read within a second; this is ten times the window of most connections.
const MAX_PER_SIDE = 262_144;

// After that nobody logs the secrets any more.
const MAX_WAIT_MS = 30_000;

// What a held record costs beyond its bytes.
const RECORD_BYTES = 400;

export interface HeldRecord {
  readonly side: Side;
  readonly record: TlsRecord;
}

export class HeldRecords {
  private readonly keys: KeyLog;
  private list: HeldRecord[] = [];
  private readonly bytes: [number, number] = [0, 0];

  constructor(keys: KeyLog) {
    this.keys = keys;
  }

  /** Memory that they take. */
  get weight(): number {
    return this.bytes[0] + this.bytes[1] + this.list.length * RECORD_BYTES;
  }

  /** Copies the record; false when there is no room for it. */
  hold(side: Side, { type, header, payload, at }: TlsRecord): boolean {
    const size = header.length + payload.length;
    if (this.bytes[side] + size > MAX_PER_SIDE || !this.keys.reserve(size)) return false;
    this.bytes[side] += size;
    const record = { type, header: Uint8Array.from(header), payload: Uint8Array.from(payload), at };
    this.list.push({ side, record });
    return true;
  }

  isOverdue(now: number): boolean {
    const [oldest] = this.list;
    return oldest !== undefined && now - oldest.record.at > MAX_WAIT_MS;
  }

  /** All of them, and gives their room back. */
  take(): readonly HeldRecord[] {
    const { list } = this;
    this.list = [];
    this.keys.release(this.bytes[0] + this.bytes[1]);
    this.bytes[0] = this.bytes[1] = 0;
    return list;
  }
}
