// The contract of ways in that go on until they are stopped, and what they count beyond the wire decoders.

/** Traffic as it happens. Exchanges, weirds and counters go to the sink it was started with. */
export interface LiveSource {
  /** Called about once a second: lets time pass where no traffic does. */
  tick(): void;
  /** Called before each health report: asks the kernel what it dropped. Answers may be counted a moment later. */
  refresh(): Promise<void>;
  /** Stops listening, reports what is still open, and lets go of everything. Never rejects, never waits for long. */
  stop(): Promise<void>;
  /** Rejects when the source cannot go on by itself; resolves after `stop`. */
  readonly ended: Promise<void>;
}

/** Name to meaning: the fixed set of counters of live sources. All are additive. */
export const LIVE_COUNTERS = {
  "kernel.received": "packets the kernel took for us, by tcpdump's filter",
  "kernel.dropped": "packets the kernel dropped because we were too slow",
  "interface.dropped": "packets the network interface or its driver dropped",
  "capture.restarts": "times tcpdump ended and was started again",
  "mirror.datagrams": "tunnel datagrams received",
  "mirror.bytes": "bytes of those datagrams, tunnel header included",
  "mirror.dropped": "datagrams dropped because too many waited for the stages behind",
  "mirror.malformed": "datagrams that are no tunnel packets",
  "mirror.other-protocol": "tunnel packets that carry neither Ethernet nor IP",
} as const;

export type LiveCounterName = keyof typeof LIVE_COUNTERS;

/** Adds to one of these counters. */
export type LiveCounter = (name: LiveCounterName, by?: number) => void;
