// Decides what becomes of encrypted records: opened, held until their secrets come, or counted as unread.
import { countersOf } from "../counters.ts";
import type { Counter } from "../counters.ts";
import type { Side, WireSink } from "../flow.ts";
import type { HandshakeMessage } from "./handshake.ts";
import { TLS_1_2, TLS_1_3 } from "./hello.ts";
import type { ClientHello, ServerHello } from "./hello.ts";
import { HeldRecords } from "./held-records.ts";
import type { KeyLog, Secrets } from "./key-log.ts";
import { isReady13, opener12, opener13 } from "./openers.ts";
import type { Agreed, Opened, Opener } from "./openers.ts";
import { APPLICATION_DATA, CHANGE_CIPHER_SPEC, HEADER_BYTES } from "./records.ts";
import type { TlsRecord } from "./records.ts";
import { suiteOf } from "./suites.ts";

export interface UnlockingEvents {
  /** Application data in the clear. */
  content(side: Side, opened: Opened, at: number): void;
  /** This many plain bytes are missing. */
  missing(side: Side, length: number, at: number): void;
  /** A handshake message from inside TLS 1.3 records. */
  message(side: Side, message: HandshakeMessage): void;
}

// Handshake records stay closed where only traffic secrets are logged; a flight of certificates has fewer than this.
const MAX_FAILURES = 64;

// A gap of 16 MiB in full records; the numbers of the records behind it are tried one by one.
const MAX_MISSED = 1024;

// Of a connection. Each try costs a decryption, and whoever sends traffic chooses how much there is to try.
const MAX_TRIES = 16_384;

type State = "no-keys" | "waiting" | "open" | "given-up";

export class Unlocking {
  private readonly keys: KeyLog | null;
  private readonly held: HeldRecords | null;
  private readonly sink: WireSink;
  private readonly count: Counter;
  private readonly events: UnlockingEvents;
  private hellos: { readonly client: ClientHello; readonly server: ServerHello } | null = null;
  private state: State;
  private readonly openers: [Opener | null, Opener | null] = [null, null];
  private readonly failures: [number, number] = [0, 0];
  private seenVersion = -1;
  private triesLeft = MAX_TRIES;

  constructor(keys: KeyLog | null, sink: WireSink, events: UnlockingEvents) {
    this.keys = keys;
    this.held = keys === null ? null : new HeldRecords(keys);
    this.sink = sink;
    this.count = countersOf(sink);
    this.events = events;
    this.state = keys === null ? "no-keys" : "waiting";
  }

  /** Content may still turn up. */
  get isWaiting(): boolean {
    return this.state === "waiting";
  }

  /** Memory that waiting records take. */
  get weight(): number {
    return this.held?.weight ?? 0;
  }

  agreed(client: ClientHello, server: ServerHello): void {
    this.hellos = { client, server };
    this.tryKeys(false);
  }

  /** Time passed, and perhaps secrets came. */
  refresh(now: number): void {
    if (this.state !== "waiting" || this.keys === null) return;
    if (this.keys.version !== this.seenVersion) this.tryKeys(false);
    if (this.state === "waiting" && this.held?.isOverdue(now) === true) this.giveUp();
  }

  record(side: Side, record: TlsRecord): void {
    if (this.state === "open") this.open(side, record);
    else if (this.state !== "waiting" || this.held === null) this.unread(record.payload.length);
    else if (!this.isWorthHolding() || !this.held.hold(side, record)) {
      if (this.isWorthHolding()) this.count("tls.held-limit");
      this.giveUp();
      this.unread(record.payload.length);
    }
  }

  /** Where no secret was ever logged, none is to be expected. */
  private isWorthHolding(): boolean {
    return this.keys !== null && (this.keys.growing || this.keys.version > 0);
  }

  lostRecord(side: Side, length: number, at: number): void {
    const opener = this.openers[side];
    // Held records cannot tell where one is missing.
    if (this.state === "waiting") return this.giveUp();
    const plain = opener?.plainLength(length) ?? null;
    if (opener === null) return;
    if (plain === null) return this.close(side);
    opener.skip();
    this.events.missing(side, plain, at);
  }

  /** Records of this side were missed. True when the next one can be told from anything else by its key. */
  lost(side: Side): boolean {
    if (this.state === "waiting") this.giveUp();
    const opener = this.openers[side];
    if (opener === null) return false;
    this.count("tls.lost-sync");
    // CBC does not tell how much is missing, and the decoder of the content has to know.
    if (opener.plainLength(0) === null) this.openers[side] = null;
    return this.openers[side] !== null;
  }

  /** What may be a record behind `lost` bytes of records that were missed. */
  probe(side: Side, record: TlsRecord, lost: number): boolean {
    const opener = this.openers[side];
    const tries = Math.min(MAX_MISSED, this.triesLeft);
    const found = opener?.seek(record, tries) ?? null;
    this.triesLeft -= found === null ? tries : found.missed;
    if (opener === null || found === null) return false;
    const { length } = record.payload;
    const overhead = HEADER_BYTES + length - (opener.plainLength(length) ?? 0);
    this.events.missing(side, Math.max(0, lost - found.missed * overhead), record.at);
    this.opened(side, found.opened, record.at);
    return true;
  }

  /** The direction makes no sense any more. */
  close(side: Side): void {
    if (this.state === "waiting") this.giveUp();
    this.openers[side] = null;
  }

  /** No more secrets will come. */
  finish(): void {
    this.tryKeys(true);
    if (this.state === "waiting") this.giveUp();
  }

  private tryKeys(last: boolean): void {
    if (this.state !== "waiting" || this.keys === null || this.hellos === null) return;
    this.seenVersion = this.keys.version;
    const { client, server } = this.hellos;
    const secrets = this.keys.find(client.random);
    if (secrets === undefined || !(last || isReady(server, secrets))) return;
    const suite = suiteOf(server.cipherSuite);
    if (suite === undefined || (server.version !== TLS_1_2 && server.version !== TLS_1_3)) {
      this.sink.weird({ name: "tls.suite" });
      return this.giveUp();
    }
    this.makeOpeners({ clientRandom: Buffer.from(client.random, "hex"), server, suite, secrets });
  }

  private makeOpeners(agreed: Agreed): void {
    const sides: readonly Side[] = [0, 1];
    for (const side of sides) {
      const from = side === 0 ? "client" : "server";
      this.openers[side] =
        agreed.server.version === TLS_1_3
          ? opener13(agreed, from, (message) => this.events.message(side, message))
          : opener12(agreed, from);
    }
    this.state = "open";
    for (const { side, record } of this.held?.take() ?? []) this.open(side, record);
  }

  private open(side: Side, record: TlsRecord): void {
    const opened = this.openers[side]?.open(record) ?? null;
    if (opened === null) return this.failed(side, record);
    this.opened(side, opened, record.at);
  }

  private opened(side: Side, opened: Opened, at: number): void {
    this.failures[side] = 0;
    if (opened.type === APPLICATION_DATA) this.events.content(side, opened, at);
    // A new handshake inside this one would change keys; nobody does that any more.
    else if (opened.type === CHANGE_CIPHER_SPEC) {
      this.sink.weird({ name: "tls.renegotiation" });
      this.openers[side] = null;
    }
  }

  private failed(side: Side, record: TlsRecord): void {
    this.unread(record.payload.length);
    if (this.openers[side] === null || ++this.failures[side] < MAX_FAILURES) return;
    this.sink.weird({ name: "tls.undecryptable" });
    this.openers[side] = null;
  }

  private giveUp(): void {
    this.state = "given-up";
    for (const { record } of this.held?.take() ?? []) this.unread(record.payload.length);
  }

  private unread(bytes: number): void {
    this.count("bytes.tls", bytes);
  }
}

function isReady({ version }: ServerHello, secrets: Secrets): boolean {
  return version === TLS_1_3 ? isReady13(secrets) : secrets.has("CLIENT_RANDOM");
}
