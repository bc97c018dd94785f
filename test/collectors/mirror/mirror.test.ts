// What a mirror sends gives the exchanges of the same packets in a file: once, whichever tunnel, also when sent twice.
import { afterEach, describe, expect, test } from "vitest";
import { Backlog } from "../../../collectors/mirror/backlog.ts";
import type { Mirror, MirrorParts } from "../../../collectors/mirror/mirror.ts";
import { startMirror } from "../../../collectors/mirror/mirror.ts";
import type { TunnelId } from "../../../collectors/mirror/tunnel.ts";
import type { Packet } from "../../../collectors/wire/packet.ts";
import { createWire } from "../../../collectors/wire/wire.ts";
import type { Exchange } from "../../../src/model/exchange.ts";
import { SILENT } from "../../../src/ops/log.ts";
import { Conversation } from "../../support/packets.ts";
import { talk } from "../wire/tls/talk.ts";
import { type Heard, facts, listener, sampleHeard, samplePackets, until } from "../pcap/live-sink.ts";
import { type Sender, geneve, hasIpv6, sender, vxlan } from "./tunnels.ts";

const packets = samplePackets().map(({ bytes }) => bytes);
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface Started {
  readonly mirror: Mirror;
  readonly heard: Heard;
  readonly mirrored: Sender;
}

async function start(
  tunnel: TunnelId,
  host = "127.0.0.1",
  more: Pick<MirrorParts, "backlog" | "keylog"> = {},
): Promise<Started> {
  const heard = listener();
  const parts = { log: SILENT, now: Date.now, ...more };
  const mirror = await startMirror({ listen: { host, port: 0 }, tunnel }, heard.sink, parts);
  const mirrored = sender(mirror.port, host);
  open.push(() => mirrored.close());
  return { mirror, heard, mirrored };
}

/** Everything sent has arrived or was dropped by the kernel, and the mirror has stopped. */
async function finish({ mirror, heard }: Started, sent: number): Promise<void> {
  while ((heard.counters.get("mirror.datagrams") ?? 0) + (heard.counters.get("kernel.dropped") ?? 0) < sent) {
    await mirror.refresh();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await mirror.stop();
  await mirror.ended;
}

describe.each<[string, TunnelId, (frame: Uint8Array) => Buffer]>([
  ["VXLAN", "vxlan", (frame) => vxlan(frame)],
  ["GENEVE with Ethernet", "geneve", (frame) => geneve(frame)],
  ["GENEVE with bare IP", "geneve", (frame) => geneve(frame.subarray(14), frame[12] === 8 ? 0x0800 : 0x86dd)],
  ["GENEVE around VXLAN", "geneve", (frame) => geneve(ipv4Udp(vxlan(frame)), 0x0800)],
])("%s", (_name, tunnel, wrap) => {
  test("gives what the file gives, and nothing is lost", async () => {
    const started = await start(tunnel);
    await started.mirrored.send(packets.map(wrap));
    await finish(started, packets.length);
    const { heard } = started;
    const expected = await sampleHeard();
    expect(expected.exchanges.length).toBeGreaterThan(10);
    expect(facts(heard.exchanges)).toEqual(facts(expected.exchanges));
    expect(heard.exchanges.every(({ source }) => source === "mirror")).toBe(true);
    expect(heard.counters.get("mirror.datagrams")).toBe(packets.length);
    expect(heard.counters.get("kernel.dropped")).toBeUndefined();
    expect(heard.counters.get("packets")).toBe(packets.length);
  });

  test("gives the same when both ends are mirrored, under different identifiers", async () => {
    const started = await start(tunnel);
    const twice = packets.flatMap((packet) => [
      wrap(packet),
      tunnel === "vxlan" ? vxlan(packet, 99) : wrap(packet),
    ]);
    await started.mirrored.send(twice);
    await finish(started, twice.length);
    const { heard } = started;
    expect(facts(heard.exchanges)).toEqual(facts((await sampleHeard()).exchanges));
    // Recognised as copies, before reassembly: every segment that carries something.
    expect(heard.counters.get("packets.duplicate")).toBe(packets.filter(hasPayload).length);
  });
});

// A machine without IPv6 has nothing to receive on.
test.each(["127.0.0.1", ...(hasIpv6() ? ["::1"] : [])])("receives on %s", async (address) => {
  const started = await start("vxlan", address);
  await started.mirrored.send(packets.map((packet) => vxlan(packet)));
  await finish(started, packets.length);
  expect(started.heard.exchanges).toHaveLength((await sampleHeard()).exchanges.length);
});

test("what is no tunnel is counted and named", async () => {
  const started = await start("geneve");
  await started.mirrored.send([Buffer.from("hello"), Buffer.alloc(0), geneve(Buffer.alloc(40), 0x0806)]);
  await finish(started, 3);
  expect(started.heard.weirds).toEqual(["tunnel.short", "tunnel.short"]);
  expect(started.heard.counters.get("mirror.malformed")).toBe(2);
  expect(started.heard.counters.get("mirror.other-protocol")).toBe(1);
});

describe("while the stages behind are full", () => {
  test("datagrams wait, in order, and nothing is lost", async () => {
    const started = await start("vxlan");
    const { heard, mirrored } = started;
    let release = (): void => {};
    heard.full = new Promise<void>((resolve) => (release = resolve));
    await mirrored.send(packets.map((packet) => vxlan(packet)));
    await until(() => heard.counters.get("mirror.datagrams") === packets.length);
    started.mirror.tick();
    expect(heard.exchanges).toEqual([]);
    heard.full = undefined;
    release();
    await until(() => heard.exchanges.length > 10);
    await finish(started, packets.length);
    expect(facts(heard.exchanges)).toEqual(facts((await sampleHeard()).exchanges));
    expect(heard.counters.get("mirror.dropped")).toBeUndefined();
  });

  test("what exceeds the bound is dropped and counted", async () => {
    const started = await start("vxlan", "127.0.0.1", { backlog: new Backlog(10_000) });
    const { heard, mirrored } = started;
    heard.full = new Promise<void>(() => {});
    await mirrored.send(packets.map((packet) => vxlan(packet)));
    await finish(started, packets.length);
    expect(heard.counters.get("mirror.dropped")).toBeGreaterThan(0);
    const taken = packets.length - (heard.counters.get("mirror.dropped") ?? 0);
    expect(heard.counters.get("packets")).toBe(taken);
    expect(taken).toBeGreaterThan(0);
  });

  test("a delivery that failed is no crash here", async () => {
    const started = await start("vxlan");
    started.heard.full = Promise.reject(new Error("away"));
    started.heard.full.catch(() => {});
    await started.mirrored.send(packets.slice(0, 40).map((packet) => vxlan(packet)));
    await finish(started, 40);
    expect(started.heard.counters.get("packets")).toBe(40);
  });
});

test("TLS waits for its keys, which may come behind the packets", async () => {
  const { heard: said, keylog } = await talk({ turns: [asked("/secret"), answered("hi")] });
  const conversation = new Conversation({ ports: [40_000, 443] });
  for (const { side, bytes } of said) conversation[side === 0 ? "client" : "server"](Buffer.from(bytes));
  const frames = conversation.close().packets.map(({ bytes }) => vxlan(bytes));
  let give = (_text: string): void => {};
  const late = new Promise<string>((resolve) => (give = resolve));
  async function* keys(): AsyncGenerator<string> {
    yield "";
    yield late;
  }
  const started = await start("vxlan", "127.0.0.1", { keylog: keys() });
  await started.mirrored.send(frames.slice(0, -3));
  await until(() => started.heard.counters.get("mirror.datagrams") === frames.length - 3);
  expect(started.heard.exchanges).toEqual([]);
  give(keylog);
  await new Promise((resolve) => setImmediate(resolve));
  await started.mirrored.send(frames.slice(-3));
  await finish(started, frames.length);
  expect(started.heard.exchanges.map(({ request }) => request.path)).toEqual(["/secret"]);
});

test("at speed: what comes is what the file gives, and what does not come is counted", async () => {
  const many = conversations(400);
  const expected = listener();
  const wire = createWire(expected.sink, { source: "mirror" });
  for (const packet of many) wire.packet(packet);
  wire.end();
  expect(expected.exchanges).toHaveLength(4_000);
  const started = await start("vxlan");
  await started.mirrored.flood(many.map(({ bytes }) => vxlan(bytes)));
  await finish(started, many.length);
  const { heard } = started;
  const dropped = heard.counters.get("kernel.dropped") ?? 0;
  expect((heard.counters.get("mirror.datagrams") ?? 0) + dropped).toBe(many.length);
  expect(facts(dropped === 0 ? heard.exchanges : expected.exchanges)).toEqual(facts(expected.exchanges));
  // Whatever was dropped, nothing is made up.
  const real = new Set(expected.exchanges.map(pairOf));
  expect(heard.exchanges.filter(({ outcome }) => outcome.kind === "answered").map(pairOf)).toSatisfy(
    (pairs: readonly string[]) => pairs.every((pair) => real.has(pair)),
  );
});

const asked = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: shop.test\r\n\r\n`;
const answered = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** Connections of ten exchanges each, whose answers name what was asked. */
function conversations(count: number): readonly Packet[] {
  return Array.from({ length: count }, (_, at) => {
    const conversation = new Conversation({ ports: [20_000 + at, 80] });
    for (let turn = 0; turn < 10; turn++) {
      conversation.client(asked(`/${at}/${turn}`)).server(answered(`${at}/${turn}`.padEnd(900, ".")));
    }
    return conversation.close().packets;
  }).flat();
}

function pairOf({ request, outcome }: Exchange): string {
  const { body } = outcome.kind === "answered" ? outcome.response : { body: undefined };
  return `${request.path} ${body?.kind === "recorded" ? Buffer.from(body.bytes).toString("latin1") : ""}`;
}

/** Whether the IPv4 or IPv6 packet in the frame is a TCP segment with payload. */
function hasPayload(frame: Uint8Array): boolean {
  const bytes = Buffer.from(frame);
  const isV4 = bytes.readUInt16BE(12) === 0x0800;
  const tcp = 14 + (isV4 ? (bytes.readUInt8(14) & 15) * 4 : 40);
  const end = 14 + (isV4 ? bytes.readUInt16BE(16) : 40 + bytes.readUInt16BE(18));
  return end > tcp + (bytes.readUInt8(tcp + 12) >> 4) * 4;
}

/** The packet that carries a VXLAN datagram, as a Gateway Load Balancer hands it on. */
function ipv4Udp(payload: Uint8Array): Buffer {
  const header = Buffer.alloc(28);
  header[0] = 0x45;
  header.writeUInt16BE(28 + payload.length, 2);
  header[8] = 64;
  header[9] = 17;
  header.set([10, 0, 0, 1, 10, 0, 0, 2], 12);
  header.writeUInt16BE(50_000, 20);
  header.writeUInt16BE(4_789, 22);
  header.writeUInt16BE(8 + payload.length, 24);
  return Buffer.concat([header, payload]);
}
