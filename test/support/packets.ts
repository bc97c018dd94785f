// Builds packets, conversations and capture files for the tests of the wire decoders.
import type { Exchange } from "../../src/model/exchange.ts";
import type { Packet } from "../../collectors/wire/packet.ts";
import { createWire, type WireOptions } from "../../collectors/wire/wire.ts";

const bytesOf = (text: string | Buffer): Buffer =>
  typeof text === "string" ? Buffer.from(text, "latin1") : text;

export interface TcpFields {
  readonly from?: string;
  readonly to?: string;
  readonly sport?: number;
  readonly dport?: number;
  readonly seq?: number;
  readonly ack?: number;
  /** Letters of S, A, F, R, P. */
  readonly flags?: string;
  readonly data?: string | Buffer;
  readonly id?: number;
}

const FLAGS: Readonly<Record<string, number>> = { F: 1, S: 2, R: 4, P: 8, A: 16 };

export function tcpSegment(fields: TcpFields = {}): Buffer {
  const { sport = 40_000, dport = 80, seq = 0, ack = 0, flags = "A", data = "" } = fields;
  const header = Buffer.alloc(20);
  header.writeUInt16BE(sport, 0);
  header.writeUInt16BE(dport, 2);
  header.writeUInt32BE(seq >>> 0, 4);
  header.writeUInt32BE(ack >>> 0, 8);
  header[12] = 0x50;
  header[13] = [...flags].reduce((sum, flag) => sum | (FLAGS[flag] ?? 0), 0);
  header.writeUInt16BE(64_000, 14);
  return Buffer.concat([header, bytesOf(data)]);
}

export interface Ipv4Fields {
  readonly from?: string;
  readonly to?: string;
  readonly protocol?: number;
  readonly id?: number;
  /** Offset in octets. */
  readonly offset?: number;
  readonly more?: boolean;
  readonly total?: number;
}

export function ipv4(payload: Buffer, fields: Ipv4Fields = {}): Buffer {
  const { from = "10.0.0.1", to = "10.0.0.2", protocol = 6, id = 1, offset = 0, more = false } = fields;
  const header = Buffer.alloc(20);
  header[0] = 0x45;
  header.writeUInt16BE(fields.total ?? 20 + payload.length, 2);
  header.writeUInt16BE(id, 4);
  header.writeUInt16BE((more ? 0x2000 : 0) | (offset / 8), 6);
  header[8] = 64;
  header[9] = protocol;
  from.split(".").forEach((part, index) => (header[12 + index] = Number(part)));
  to.split(".").forEach((part, index) => (header[16 + index] = Number(part)));
  return Buffer.concat([header, payload]);
}

/** 2001:db8::1 to 2001:db8::2. */
export function ipv6(payload: Buffer, next = 6): Buffer {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(payload.length, 4);
  header[6] = next;
  header[7] = 64;
  for (const at of [8, 24]) header.writeUInt32BE(0x20010db8, at);
  header[23] = 1;
  header[39] = 2;
  return Buffer.concat([header, payload]);
}

export function udp(payload: Buffer, dport: number, sport = 50_000): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(sport, 0);
  header.writeUInt16BE(dport, 2);
  header.writeUInt16BE(8 + payload.length, 4);
  return Buffer.concat([header, payload]);
}

export function ethernet(payload: Buffer, type = 0x0800): Buffer {
  const header = Buffer.alloc(14, 2);
  header.writeUInt16BE(type, 12);
  return Buffer.concat([header, payload]);
}

/** 2023-11-14T22:13:20Z */
export const T0 = 1_700_000_000_000;

export function packet(bytes: Buffer, fields: Partial<Packet> = {}): Packet {
  return { linkType: 1, at: T0, bytes, originalLength: bytes.length, interface: 0, ...fields };
}

/** Two ends talking TCP over IPv4 and Ethernet; every packet is a millisecond after the one before. */
export class Conversation {
  readonly packets: Packet[] = [];
  readonly next: [number, number];
  at = T0;
  readonly #ports: readonly [number, number];
  readonly #link: (ip: Buffer) => Buffer;
  #id = 1;

  constructor(
    options: {
      ports?: [number, number];
      isns?: [number, number];
      link?: (ip: Buffer) => Buffer;
      midstream?: boolean;
    } = {},
  ) {
    this.#ports = options.ports ?? [40_000, 80];
    this.next = options.isns ?? [1_000, 9_000];
    this.#link = options.link ?? ((ip) => ethernet(ip));
    if (options.midstream === true) return;
    this.#emit(0, "S", "", 0);
    this.next[0]++;
    this.#emit(1, "SA", "");
    this.next[1]++;
    this.#emit(0, "A", "");
  }

  client(data: string | Buffer): this {
    return this.#send(0, data);
  }

  server(data: string | Buffer): this {
    return this.#send(1, data);
  }

  /** A pure acknowledgment. */
  ack(side: 0 | 1): this {
    return this.#emit(side, "A", "");
  }

  fin(side: 0 | 1): this {
    this.#emit(side, "FA", "");
    this.next[side]++;
    return this;
  }

  reset(side: 0 | 1): this {
    return this.#emit(side, "R", "");
  }

  close(): this {
    return this.fin(0).fin(1).ack(0);
  }

  wait(ms: number): this {
    this.at += ms;
    return this;
  }

  /** What was said last never made it into the capture. */
  lose(): this {
    this.packets.pop();
    return this;
  }

  #send(side: 0 | 1, data: string | Buffer): this {
    const bytes = bytesOf(data);
    this.#emit(side, "PA", bytes);
    this.next[side] += bytes.length;
    return this;
  }

  #emit(side: 0 | 1, flags: string, data: string | Buffer, ack = this.next[side === 0 ? 1 : 0]): this {
    const [client, server] = this.#ports;
    const [sport, dport] = side === 0 ? [client, server] : [server, client];
    const [from, to] = side === 0 ? ["10.0.0.1", "10.0.0.2"] : ["10.0.0.2", "10.0.0.1"];
    const segment = tcpSegment({ sport, dport, seq: this.next[side], ack, flags, data });
    this.packets.push(packet(this.#link(ipv4(segment, { from, to, id: this.#id++ })), { at: this.at++ }));
    return this;
  }
}

export interface Heard {
  readonly exchanges: Exchange[];
  readonly counters: Record<string, number>;
  readonly weirds: string[];
}

export function listener(): Heard & Parameters<typeof createWire>[0] {
  const heard: Heard = { exchanges: [], counters: {}, weirds: [] };
  return {
    ...heard,
    exchange: (exchange) => void heard.exchanges.push(exchange),
    weird: ({ name }) => void heard.weirds.push(name),
    count: (name, by = 1) => void (heard.counters[name] = (heard.counters[name] ?? 0) + by),
  };
}

/** Everything the wire makes of these packets. */
export function hear(packets: Iterable<Packet>, options: Partial<WireOptions> = {}): Heard {
  const sink = listener();
  const wire = createWire(sink, { source: "capture", ...options });
  for (const one of packets) wire.packet(one);
  wire.end();
  return sink;
}

/** "GET /a 200": what most tests want to see of an exchange. */
export function brief({ request, outcome }: Exchange): string {
  const query = request.query === "" ? "" : `?${request.query}`;
  const status = outcome.kind === "answered" ? outcome.response.status : outcome.why;
  return `${request.method} ${request.path}${query} ${status}`.trim();
}

export function bodyText(exchange: Exchange, which: "request" | "response"): string | null {
  const { request, outcome } = exchange;
  if (which === "response" && outcome.kind !== "answered") return null;
  const body =
    which === "request" ? request.body : outcome.kind === "answered" ? outcome.response.body : null;
  return body?.kind === "recorded" ? Buffer.from(body.bytes).toString("latin1") : null;
}

export interface PcapFormat {
  readonly big?: boolean;
  readonly nano?: boolean;
  readonly linkType?: number;
}

export function pcapFile(packets: readonly Packet[], format: PcapFormat = {}): Buffer {
  const { big = false, nano = false, linkType = 1 } = format;
  const u32 = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    if (big) bytes.writeUInt32BE(value >>> 0);
    else bytes.writeUInt32LE(value >>> 0);
    return bytes;
  };
  const version = big ? Buffer.from([0, 2, 0, 4]) : Buffer.from([2, 0, 4, 0]);
  const head = [u32(nano ? 0xa1b23c4d : 0xa1b2c3d4), version, u32(0), u32(0), u32(262_144), u32(linkType)];
  const records = packets.flatMap(({ at, bytes, originalLength }) => [
    u32(Math.floor(at / 1_000)),
    u32(Math.round((at % 1_000) * (nano ? 1_000_000 : 1_000))),
    u32(bytes.length),
    u32(originalLength),
    Buffer.from(bytes),
  ]);
  return Buffer.concat([...head, ...records]);
}

/** In uneven chunks, as a pipe would deliver them. */
export async function* chunks(bytes: Buffer, size = 1_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
