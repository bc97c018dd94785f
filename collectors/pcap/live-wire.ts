// The wire decoders on traffic as it happens: time passes for them in silence too, and endless answers are told in between.
import type { WireSink } from "../wire/flow.ts";
import type { Packet } from "../wire/packet.ts";
import { createWire, type WireOptions } from "../wire/wire.ts";

// An event stream may last for hours; after this long its endpoint should be known.
const PATIENCE_MS = 5_000;
// tcpdump hands packets over up to a second after they passed (libpcap's read timeout): silence counts after that.
const LATENESS_MS = 1_000;

export interface LiveWire {
  readonly packet: (packet: Packet) => void;
  /** More SSLKEYLOGFILE text. */
  readonly keylog: (text: string) => void;
  /** Reports counters, and lets the time pass that went by since the last packet. */
  tick(): void;
  end(): void;
}

/** `now` is the wall clock in milliseconds since the epoch; packets may carry another clock's time. */
export function createLiveWire(
  sink: WireSink,
  now: () => number,
  options: Partial<WireOptions> = {},
): LiveWire {
  const wire = createWire(sink, { source: "mirror", patienceMs: PATIENCE_MS, ...options });
  let last: { readonly at: number; readonly seen: number } | null = null;
  return {
    packet(packet) {
      wire.packet(packet);
      last = { at: packet.at, seen: now() };
    },
    keylog: wire.keylog,
    tick() {
      wire.report();
      if (last === null) return;
      const silence = now() - last.seen - LATENESS_MS;
      // Added to the packets' own time, so that neither a wrong clock nor a backlog makes connections look idle.
      if (silence > 0) wire.tick(last.at + silence);
    },
    end: () => wire.end(),
  };
}
