// What a TLS connection tells without being opened.
import type { Peer } from "../../../src/model/exchange.ts";
import type { ClientHello } from "./hello.ts";
import { ja4 } from "./ja4.ts";

/** What is known of a connection without opening it. */
export interface TlsFlowFacts {
  readonly client: Peer;
  readonly server: Peer;
  /** Milliseconds since the epoch, capture clock. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** null: none sent, or the hello was not heard. With `ech` it may be a cover name. */
  readonly sni: string | null;
  readonly ech: boolean;
  readonly alpnOffered: readonly string[];
  /** Chosen by the server; null when none was, or when it stands where only secrets reach. */
  readonly alpn: string | null;
  /** 0x0303 is TLS 1.2, 0x0304 TLS 1.3; null when the answer was not heard. */
  readonly version: number | null;
  readonly cipherSuite: number | null;
  readonly ja4: string | null;
  /** The client showed a certificate, as far as that can be seen. */
  readonly clientCertificate: boolean;
  /** TCP payload of both directions, 0 = client to server. */
  readonly bytes: readonly [number, number];
  /** Content was handed on. */
  readonly opened: boolean;
  /** Told before, while it ran: times and bytes are those since then. */
  readonly isFurther: boolean;
}

/** The part of the facts that the client's hello gives. */
export function helloFacts(
  hello: ClientHello | null,
  transport: "t" | "q" = "t",
): Pick<TlsFlowFacts, "sni" | "ech" | "alpnOffered" | "ja4"> {
  if (hello === null) return { sni: null, ech: false, alpnOffered: [], ja4: null };
  const { sni, ech, alpn } = hello;
  return { sni, ech, alpnOffered: alpn, ja4: ja4(hello, transport) };
}
