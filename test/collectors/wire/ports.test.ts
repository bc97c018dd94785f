// Ports tell where bytes went and whether they could be read.
import { describe, expect, test } from "vitest";
import type { FlowDecoder, Segment } from "../../../collectors/wire/flow.ts";
import { PORT_COUNTERS, PortTable } from "../../../collectors/wire/ports.ts";
import { Conversation, hear } from "../../support/packets.ts";
import { talk } from "./tls/talk.ts";

const GET = "GET /a HTTP/1.1\r\nHost: shop.test\r\n\r\n";
const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

function portsOf(counters: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counters).filter(([name]) => name.startsWith("port.")));
}

describe("connections through the wire", () => {
  test("HTTP", () => {
    const { counters } = hear(new Conversation().client(GET).server(OK).close().packets);
    const bytes = GET.length + OK.length;
    expect(portsOf(counters)).toEqual({
      "port.80.flows": 1,
      "port.80.bytes": bytes,
      "port.80.http-bytes": bytes,
    });
  });

  test("something else, with the server's port guessed", () => {
    const { counters } = hear(
      new Conversation({ ports: [50_000, 5432] }).client("\0\0\0\x08\x04\xd2\x16\x2f").server("N").close()
        .packets,
    );
    expect(portsOf(counters)).toEqual({
      "port.5432.flows": 1,
      "port.5432.bytes": 9,
      "port.5432.opaque-bytes": 9,
    });
  });

  test("silence is no connection", () => {
    expect(portsOf(hear(new Conversation().close().packets).counters)).toEqual({});
  });

  test.each([
    ["closed", false, "tls"],
    ["opened", true, "opened"],
  ])("TLS that stays %s", async (_, withKeys, kind) => {
    const { heard, keylog } = await talk({ turns: [GET, OK] });
    const conversation = new Conversation({ ports: [40_000, 443] });
    for (const { side, bytes } of heard) conversation[side === 0 ? "client" : "server"](Buffer.from(bytes));
    const bytes = heard.reduce((sum, one) => sum + one.bytes.length, 0);
    const { counters } = hear(conversation.close().packets, withKeys ? { keylog } : {});
    expect(portsOf(counters)).toEqual({
      "port.443.flows": 1,
      "port.443.bytes": bytes,
      [`port.443.${kind}-bytes`]: bytes,
    });
  });

  test("a tunnel that turns to TLS", async () => {
    const { heard } = await talk();
    const connect = "CONNECT shop.test:443 HTTP/1.1\r\nHost: shop.test:443\r\n\r\n";
    const conversation = new Conversation({ ports: [40_000, 3128] })
      .client(connect)
      .server("HTTP/1.1 200 OK\r\n\r\n");
    for (const { side, bytes } of heard) conversation[side === 0 ? "client" : "server"](Buffer.from(bytes));
    const { counters } = hear(conversation.close().packets);
    expect(counters).toMatchObject({ "port.3128.flows": 1 });
    expect(counters["port.3128.tls-bytes"]).toBeGreaterThan(500);
  });
});

const silent: FlowDecoder = { data() {}, gap() {}, end() {}, weight: 0 };

function say(decoder: FlowDecoder, length: number): void {
  const segment: Segment = { side: 0, bytes: new Uint8Array(length), at: 0, offset: 0, acked: -1 };
  decoder.data(segment);
}

function flushed(ports: PortTable): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  ports.flush((name, by) => (counts[name] = by));
  return counts;
}

test("only so many ports have counters of their own; the sum stays", () => {
  const ports = new PortTable();
  for (let port = 1; port <= 100; port++) {
    const flow = ports.watch(silent, () => port);
    say(flow, 10);
    flow.end(0, 0, "fin");
  }
  const counts = flushed(ports);
  expect(Object.keys(counts).filter((name) => name.endsWith(".flows"))).toHaveLength(65);
  expect(counts).toMatchObject({ "port.64.bytes": 10, "port.other.flows": 36, "port.other.bytes": 360 });
});

test("what is told once is not told again", () => {
  const ports = new PortTable();
  const flow = ports.watch(silent, () => 80);
  say(flow, 10);
  ports.speaks("http", 80);
  expect(flushed(ports)).toEqual({ "port.80.flows": 1, "port.80.bytes": 10, "port.80.http-bytes": 10 });
  expect(flushed(ports)).toEqual({});
});

test("a long connection of nothing known is opaque before it ends", () => {
  const ports = new PortTable();
  say(
    ports.watch(silent, () => 80),
    65_536,
  );
  expect(flushed(ports)).toMatchObject({ "port.80.opaque-bytes": 65_536 });
});

test("what was reported as closed is not taken back", () => {
  const ports = new PortTable();
  const flow = ports.watch(silent, () => 443);
  say(flow, 10);
  ports.speaks("tls", 443);
  flushed(ports);
  const other = ports.watch(silent, () => 443);
  say(other, 3);
  ports.speaks("tls", 443);
  say(flow, 2);
  ports.opened();
  say(flow, 5);
  expect(flushed(ports)).toEqual({
    "port.443.flows": 1,
    "port.443.bytes": 10,
    "port.443.tls-bytes": 3,
    "port.443.opened-bytes": 7,
  });
});

test("every counter says what it counts", () => {
  expect(Object.values(PORT_COUNTERS).filter((meaning) => meaning.length < 10)).toEqual([]);
});
