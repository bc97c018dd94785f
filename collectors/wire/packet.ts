// A captured packet as every way in hands it over: link type, time, bytes, and how long it was on the wire.

/** One packet. `bytes` is only valid during the call it is passed to: whoever keeps some of it copies it. */
export interface Packet {
  /** LINKTYPE_ value (https://www.tcpdump.org/linktypes.html), 16 bits. */
  readonly linkType: number;
  /** Milliseconds since the epoch, fractions kept, by the clock of the capture. */
  readonly at: number;
  readonly bytes: Uint8Array;
  /** Length on the wire; larger than `bytes` when the capture cut the packet. */
  readonly originalLength: number;
  /** Index of the interface within its file; 0 where there is only one. */
  readonly interface: number;
  /** Number of the network it belongs to, where the way in took that off already (the VNI of a tunnel); 0 when absent. */
  readonly network?: number;
}

/** Takes packets one by one. Synchronous: nothing waits per packet. */
export type PacketSink = (packet: Packet) => void;
