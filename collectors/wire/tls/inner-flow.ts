// Hands the opened content of a TLS connection to the decoder of what it carries, as if it had come over TCP.
import type { FlowDecoder, Side } from "../flow.ts";

// 0-RTT data waits for the server's word; RFC 8446 suggests servers allow 2^14 bytes of it.
const MAX_EARLY = 65_536;

type End = Parameters<FlowDecoder["end"]>;

export class InnerFlow {
  private decoder: FlowDecoder | null = null;
  private readonly make: () => FlowDecoder;
  private readonly offsets: [number, number] = [0, 0];
  /** null once the server accepted or refused 0-RTT data, or it is too late for that. */
  private held: { readonly bytes: Uint8Array; readonly at: number }[] | null = [];
  private heldBytes = 0;
  private ends: End[] = [];

  constructor(make: () => FlowDecoder) {
    this.make = make;
  }

  /** Content was handed on. */
  get isOpen(): boolean {
    return this.decoder !== null;
  }

  /** Memory that the decoder takes, and data that waits for it. */
  get weight(): number {
    return this.heldBytes + (this.decoder?.weight ?? 0);
  }

  data(
    side: Side,
    { bytes, early }: { readonly bytes: Uint8Array; readonly early: boolean },
    at: number,
  ): void {
    if (!early) this.deliver(side, bytes, at);
    else if (this.held !== null && this.heldBytes + bytes.length <= MAX_EARLY) {
      this.heldBytes += bytes.length;
      this.held.push({ bytes, at });
    }
  }

  /** What the server said to 0-RTT data. Refused, the client sends it again later. */
  early(accepted: boolean): void {
    const held = this.held ?? [];
    this.held = null;
    this.heldBytes = 0;
    if (accepted) for (const { bytes, at } of held) this.deliver(0, bytes, at);
  }

  gap(side: Side, length: number, at: number): void {
    this.decoder?.gap(side, this.offsets[side], length, at);
    this.offsets[side] += length;
  }

  /** `wait`: content may still turn up, so the end of this side has to be told later. */
  end(side: Side, at: number, how: End[2], wait: boolean): void {
    this.ends.push([side, at, how]);
    if (wait) return;
    for (const end of this.ends) this.decoder?.end(...end);
    this.ends = [];
  }

  private deliver(side: Side, bytes: Uint8Array, at: number): void {
    if (bytes.length === 0) return;
    this.decoder ??= this.make();
    this.decoder.data({ side, bytes, at, offset: this.offsets[side], acked: -1 });
    this.offsets[side] += bytes.length;
  }
}
