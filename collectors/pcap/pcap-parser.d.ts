// The part of pcap-parser 0.2.1 that the guard around it touches; the package ships no types.
declare module "pcap-parser" {
  import type { EventEmitter } from "node:events";

  export interface GlobalHeader {
    readonly snapshotLength: number;
    /** 32 bits as read; the upper half may carry FCS flags. */
    readonly linkLayerType: number;
  }

  export interface PacketHeader {
    readonly timestampSeconds: number;
    readonly timestampMicroseconds: number;
    readonly capturedLength: number;
    readonly originalLength: number;
  }

  export interface Parser extends EventEmitter {
    /** Unread bytes; null before the first chunk. */
    buffer: Buffer | null;
    errored?: boolean;
    /** One step of the reader; false = wait for more. */
    state: () => boolean;
  }

  export function parse(stream: EventEmitter): Parser;
}
