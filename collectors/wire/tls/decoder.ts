// One TLS connection: what its hellos tell, and its content when the secrets are logged.
import { countersOf } from "../counters.ts";
import type { FlowDecoder, FlowEnds, Segment, Side, WireSink } from "../flow.ts";
import {
  CERTIFICATE,
  CLIENT_HELLO,
  ENCRYPTED_EXTENSIONS,
  HandshakeAssembler,
  SERVER_HELLO,
} from "./handshake.ts";
import type { HandshakeMessage } from "./handshake.ts";
import { readClientHello, readEncryptedExtensions, readServerHello, TLS_1_3 } from "./hello.ts";
import type { ClientHello, ServerHello } from "./hello.ts";
import { helloFacts } from "./flow-facts.ts";
import type { TlsFlowFacts } from "./flow-facts.ts";
import { InnerFlow } from "./inner-flow.ts";
import type { KeyLog } from "./key-log.ts";
import { CHANGE_CIPHER_SPEC, HANDSHAKE, RecordReader, APPLICATION_DATA } from "./records.ts";
import type { TlsRecord } from "./records.ts";
import { Unlocking } from "./unlocking.ts";

export { createKeyLog } from "./key-log.ts";
export type { KeyLog } from "./key-log.ts";
export type { TlsFlowFacts } from "./flow-facts.ts";

export interface TlsOptions {
  /** Secrets; without them the content stays closed. */
  readonly keys?: KeyLog;
  /** Makes the decoder of the content once there is some; `alpn` is what was chosen, or the only one offered. */
  readonly inner: (ends: FlowEnds, alpn: string | null) => FlowDecoder;
  /** Called when the client shows a certificate, in clear or opened: in TLS 1.3 the server may have spoken before. */
  readonly onCertificate?: () => void;
  /**
   * Called when both directions ended; before that, too, for connections that stay closed: first after `patienceMs` of
   * capture time, then now and then while something passes.
   */
  readonly onFlow?: (facts: TlsFlowFacts) => void;
  /** Infinity when absent: connections are told when they end. */
  readonly patienceMs?: number;
}

/** Between two reports on a connection that runs on: nobody looks at the inventory of a service more often. */
const REPORT_MS = 60_000;

// What a connection costs once its hello was read, measured.
const OWN_BYTES = 3_600;

interface Lane {
  readonly side: Side;
  readonly reader: RecordReader;
  readonly handshake: HandshakeAssembler;
  /** ChangeCipherSpec was seen. */
  changed: boolean;
  bytes: number;
  ended: boolean;
}

/** Secrets of the connection leave the key log when it ends. Content reaches `inner` as segments with offsets of their own. */
export function createTlsDecoder(ends: FlowEnds, sink: WireSink, options: TlsOptions): FlowDecoder {
  return new Connection(ends, sink, options);
}

class Connection implements FlowDecoder {
  private readonly ends: FlowEnds;
  private readonly sink: WireSink;
  private readonly options: TlsOptions;
  private readonly lanes: readonly [Lane, Lane];
  private readonly content: InnerFlow;
  private readonly unlocking: Unlocking;
  private hello: ClientHello | null = null;
  private server: ServerHello | null = null;
  /** undefined while not known. */
  private alpn: string | null | undefined;
  private clientCertificate = false;
  private startedAt: number | null = null;
  private endedAt: number | null = null;
  /** Told before it ended. */
  private isTold = false;

  constructor(ends: FlowEnds, sink: WireSink, options: TlsOptions) {
    this.ends = ends;
    this.sink = sink;
    this.options = options;
    this.content = new InnerFlow(() => options.inner(ends, this.chosen()));
    this.unlocking = new Unlocking(options.keys ?? null, sink, {
      content: (side, opened, at) => this.content.data(side, opened, at),
      missing: (side, length, at) => this.content.gap(side, length, at),
      message: (side, message) => this.message(side, message),
    });
    this.lanes = [this.open(0), this.open(1)];
  }

  get weight(): number {
    const [up, down] = this.lanes;
    const begun = up.reader.size + up.handshake.size + down.reader.size + down.handshake.size;
    return OWN_BYTES + begun + this.unlocking.weight + this.content.weight;
  }

  data({ side, bytes, at }: Segment): void {
    this.startedAt ??= at;
    this.endedAt = at;
    const lane = this.lanes[side];
    lane.bytes += bytes.length;
    this.unlocking.refresh(at);
    lane.reader.push(bytes, at);
    const wait = this.isTold ? REPORT_MS : (this.options.patienceMs ?? Number.POSITIVE_INFINITY);
    if (at - this.startedAt >= wait) this.report();
  }

  /** What is opened is told by its content, and what may be opened yet will be. */
  private report(): void {
    if (this.content.isOpen || this.unlocking.isWaiting || this.options.onFlow === undefined) return;
    this.options.onFlow(this.facts());
    this.isTold = true;
    this.startedAt = this.endedAt;
    for (const lane of this.lanes) lane.bytes = 0;
  }

  gap(side: Side, _offset: number, length: number, at: number): void {
    this.lanes[side].reader.gap(length, at);
  }

  end(side: Side, at: number, how: Parameters<FlowDecoder["end"]>[2]): void {
    const lane = this.lanes[side];
    if (lane.ended) return;
    lane.ended = true;
    const over = this.lanes[0].ended && this.lanes[1].ended;
    if (over) this.unlocking.finish();
    this.content.end(side, at, how, this.unlocking.isWaiting);
    if (over) this.finish();
  }

  private open(side: Side): Lane {
    const handshake = new HandshakeAssembler(
      (message) => this.message(side, message),
      () => this.sink.weird({ name: "tls.hello-limit" }),
    );
    const reader = new RecordReader({
      record: (record) => this.record(this.lanes[side], record),
      lostRecord: (type, length, at) => this.lostRecord(this.lanes[side], type, length, at),
      lost: (why) => this.lost(side, why),
      probe: (record, lost) => this.unlocking.probe(side, record, lost),
    });
    return { side, reader, handshake, changed: false, bytes: 0, ended: false };
  }

  private record(lane: Lane, record: TlsRecord): void {
    if (this.isSealed(lane, record.type)) this.unlocking.record(lane.side, record);
    else if (record.type === HANDSHAKE) lane.handshake.push(record.payload);
    else if (record.type === CHANGE_CIPHER_SPEC) lane.changed = true;
  }

  /** TLS 1.3 says it by the type; before, everything behind ChangeCipherSpec is encrypted. */
  private isSealed(lane: Lane, type: number): boolean {
    if (this.server !== null && this.server.version >= TLS_1_3) return type === APPLICATION_DATA;
    return lane.changed || type === APPLICATION_DATA;
  }

  private lostRecord(lane: Lane, type: number, length: number, at: number): void {
    if (this.isSealed(lane, type)) this.unlocking.lostRecord(lane.side, length, at);
    else lane.handshake.reset();
  }

  private lost(side: Side, why: "gap" | "garbage"): boolean {
    if (why === "gap") return this.unlocking.lost(side);
    this.sink.weird({ name: "tls.record" });
    this.unlocking.close(side);
    return false;
  }

  private message(side: Side, { type, length, body }: HandshakeMessage): void {
    if (type === CLIENT_HELLO && side === 0) this.clientHello(body);
    else if (type === SERVER_HELLO && side === 1) this.serverHello(body);
    else if (type === ENCRYPTED_EXTENSIONS && side === 1) this.encryptedExtensions(body);
    // An empty list of certificates takes 3 bytes in TLS 1.2 and 4 in TLS 1.3.
    else if (type === CERTIFICATE && side === 0 && length > 4) this.certified();
  }

  private certified(): void {
    this.clientCertificate = true;
    this.options.onCertificate?.();
  }

  private clientHello(body: Uint8Array): void {
    // The second one, after a retry, differs in key shares only.
    if (this.hello !== null || body.length === 0) return;
    const hello = readClientHello(body);
    if (!hello.ok) return this.sink.weird(hello.weird);
    this.hello = hello.value;
    this.unlock();
  }

  private serverHello(body: Uint8Array): void {
    if (body.length === 0 || (this.server !== null && !this.server.retry)) return;
    const server = readServerHello(body);
    if (!server.ok) return this.sink.weird(server.weird);
    this.server = server.value;
    if (server.value.version < TLS_1_3) this.alpn = server.value.alpn;
    this.unlock();
  }

  private unlock(): void {
    if (this.hello !== null && this.server !== null && !this.server.retry) {
      this.unlocking.agreed(this.hello, this.server);
    }
  }

  private encryptedExtensions(body: Uint8Array): void {
    const { alpn, earlyData } = readEncryptedExtensions(body);
    this.alpn = alpn;
    this.content.early(earlyData);
  }

  private chosen(): string | null {
    const [first = null, second] = this.hello?.alpn ?? [];
    return this.alpn === undefined && second === undefined ? first : (this.alpn ?? null);
  }

  private finish(): void {
    const { hello } = this;
    countersOf(this.sink)(this.content.isOpen ? "tls.opened-flows" : "tls.closed-flows");
    if (hello !== null) this.options.keys?.drop(hello.random);
    this.options.onFlow?.(this.facts());
  }

  private facts(): TlsFlowFacts {
    const { hello, server, lanes } = this;
    return {
      client: this.ends.client,
      server: this.ends.server,
      startedAt: this.startedAt,
      endedAt: this.endedAt,
      ...helloFacts(hello),
      alpn: this.alpn ?? null,
      version: server?.version ?? null,
      cipherSuite: server?.cipherSuite ?? null,
      clientCertificate: this.clientCertificate,
      bytes: [lanes[0].bytes, lanes[1].bytes],
      opened: this.content.isOpen,
      isFurther: this.isTold,
    };
  }
}
