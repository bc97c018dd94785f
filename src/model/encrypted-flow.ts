// A connection whose content stayed closed: who met whom, and how much passed between them.
import type { Peer, Source } from "./exchange.ts";

/** One TLS connection without keys, or one over QUIC, or what passed on one since it was told last. Carries no value: what was said inside was not heard. */
export interface EncryptedFlow {
  readonly source: Source;
  readonly client: Peer;
  readonly server: Peer;
  /** Server name the client asked for, lower case; null: none sent, or not heard. With `ech` it may be a cover name. */
  readonly sni: string | null;
  readonly ech: boolean;
  /** Protocol inside, where the handshake tells. */
  readonly alpn: string | null;
  /** 0x0303 is TLS 1.2, 0x0304 TLS 1.3; null when the answer was not heard. */
  readonly version: number | null;
  /** Fingerprint of the client's software (JA4); null when its hello was not heard. */
  readonly ja4: string | null;
  /** Payload of TCP or UDP, 0 = client to server. */
  readonly bytes: readonly [number, number];
  /** Milliseconds since the epoch, by the clock of the source. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** The connection was told before, while it ran: bytes and times are those since then. */
  readonly isFurther?: true;
}
