// TCP headers, read into one reused object.
import { i32, NO_BYTES, u16 } from "../bytes.ts";
import type { Cursor } from "../link/cursor.ts";

const FIN = 1;
const SYN = 2;
const RST = 4;
const ACK = 16;

/*
  TCP (RFC 9293): source 16, destination 16, sequence 32, acknowledgment 32, header words 4, reserved 4,
  flags 8 (CWR ECE URG ACK PSH RST SYN FIN), window 16, checksum 16, urgent 16, options
  Class because of the hot path: one instance per wire.
*/
export class TcpHeader {
  srcPort = 0;
  dstPort = 0;
  /** Sequence number of the first payload byte (behind a SYN), as a signed 32-bit integer. */
  seq = 0;
  ack = 0;
  isFin = false;
  isSyn = false;
  isRst = false;
  isAck = false;
  checksum = 0;
  ipId = 0;
  /** Payload bytes on the wire; more than `bytes` when the capture cut the packet. */
  length = 0;
  bytes: Buffer = NO_BYTES;
  at = 0;

  /** False when the header is not all there. */
  read(cursor: Cursor, at: number): boolean {
    const { bytes, pos } = cursor;
    if (!cursor.has(20)) return false;
    const size = (bytes[pos + 12]! >> 4) * 4;
    if (size < 20) return false;
    this.srcPort = u16(bytes, pos);
    this.dstPort = u16(bytes, pos + 2);
    this.ack = i32(bytes, pos + 8);
    this.checksum = u16(bytes, pos + 16);
    this.ipId = cursor.ipId;
    this.at = at;
    this.#flags(bytes[pos + 13]!);
    this.seq = (i32(bytes, pos + 4) + (this.isSyn ? 1 : 0)) | 0;
    this.length = Math.max(0, cursor.wireEnd - pos - size);
    const start = Math.min(pos + size, cursor.end);
    this.bytes = this.length === 0 ? NO_BYTES : bytes.subarray(start, cursor.end);
    return true;
  }

  #flags(flags: number): void {
    this.isFin = (flags & FIN) !== 0;
    this.isSyn = (flags & SYN) !== 0;
    this.isRst = (flags & RST) !== 0;
    this.isAck = (flags & ACK) !== 0;
  }
}
