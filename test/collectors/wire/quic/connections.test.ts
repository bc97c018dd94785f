import { describe, expect, test } from "vitest";
import type { Packet } from "../../../../collectors/wire/packet.ts";
import { Decap } from "../../../../collectors/wire/decap.ts";
import { QuicConnections } from "../../../../collectors/wire/quic/connections.ts";
import { createWire } from "../../../../collectors/wire/wire.ts";
import type { EncryptedFlow } from "../../../../src/model/encrypted-flow.ts";
import { ethernet, ipv4, listener, packet, T0, udp } from "../../../support/packets.ts";
import { alpn, clientHello, message, sni, versions } from "../tls/hello-bytes.ts";
import { crypto, initial } from "./seal.ts";

const HELLO = message(
  1,
  clientHello([0x1301, 0x1302], [sni("shop.test"), alpn("h3"), versions(0x0304), [21, Array(1_400).fill(0)]]),
);

const CLIENT = "10.0.0.1";
const SERVER = "10.0.0.2";

class Play {
  readonly flows: EncryptedFlow[] = [];
  readonly heard = listener();
  readonly #wire;
  #at = T0;

  constructor(patienceMs = Number.POSITIVE_INFINITY) {
    const sink = { ...this.heard, flow: (flow: EncryptedFlow) => void this.flows.push(flow) };
    this.#wire = createWire(sink, { source: "mirror", patienceMs });
  }

  #send(one: Packet): this {
    this.#wire.packet(one);
    this.#at += 10;
    return this;
  }

  /** `port` is the client's. */
  client(datagram: Uint8Array, { port = 50_000, server = 443 } = {}): this {
    const ip = ipv4(udp(Buffer.from(datagram), server, port), { from: CLIENT, to: SERVER, protocol: 17 });
    return this.#send(packet(ethernet(ip), { at: this.#at }));
  }

  server(datagram: Uint8Array, { port = 50_000, server = 443 } = {}): this {
    const ip = ipv4(udp(Buffer.from(datagram), port, server), { from: SERVER, to: CLIENT, protocol: 17 });
    return this.#send(packet(ethernet(ip), { at: this.#at }));
  }

  wait(ms: number): this {
    this.#at += ms;
    return this;
  }

  end(): EncryptedFlow[] {
    this.#wire.end();
    return this.flows;
  }
}

const first = (size = 700): Buffer => initial(crypto(0, HELLO.subarray(0, size)));
const second = (size = 700): Buffer => initial(crypto(size, HELLO.subarray(size)), { number: 3 });
/** Short header: what both ends say once they know each other. */
const spoken = (bytes: number): Buffer => Buffer.alloc(bytes, 0x41);

test("a connection is told by the name asked for, and how much passed", () => {
  const flows = new Play()
    .client(first())
    .client(second())
    .server(initial(crypto(0, Buffer.of(2)), { destination: "aa" }))
    .server(spoken(900))
    .client(spoken(50))
    .end();
  const [flow] = flows;
  expect(flows).toHaveLength(1);
  expect(flow).toMatchObject({
    client: { address: CLIENT, port: 50_000 },
    server: { address: SERVER, port: 443 },
    source: "mirror",
    sni: "shop.test",
    ech: false,
    alpn: "h3",
    version: 0x0304,
    startedAt: T0,
    endedAt: T0 + 40,
  });
  expect(flow?.bytes).toEqual([first().length + second().length + 50, 1_200 + 900]);
  expect(flow?.ja4).toMatch(/^q13d0204h3_/);
});

describe("the hello is read", () => {
  test.each<[string, readonly Buffer[]]>([
    ["last piece first", [second(), first()]],
    ["in pieces that overlap", [first(900), second(600)]],
    ["said twice", [first(), first(), second()]],
  ])("%s", (_name, datagrams) => {
    const play = new Play();
    for (const datagram of datagrams) play.client(datagram);
    expect(play.end().map((flow) => flow.sni)).toEqual(["shop.test"]);
  });

  test("on any port, and that port is known from then on", () => {
    const play = new Play().client(first(), { server: 8_443 }).client(second(), { server: 8_443 });
    expect(play.end().map((flow) => [flow.sni, flow.server.port])).toEqual([["shop.test", 8_443]]);
    expect(play.heard.counters).toMatchObject({ "flows.quic": 1, "quic.packets": 2 });
  });
});

test("half a hello still tells of the connection", () => {
  const flows = new Play().client(first()).end();
  expect(flows.map((flow) => [flow.sni, flow.ja4])).toEqual([[null, null]]);
});

test("what no client sealed is no connection", () => {
  const forged = first();
  forged[forged.length - 1]! ^= 1;
  const play = new Play().client(forged).client(spoken(1_300)).server(spoken(1_300));
  expect(play.end()).toEqual([]);
  expect(play.heard.counters).toMatchObject({ "quic.packets": 1, "udp.datagrams": 3 });
});

test("silence ends a connection; the next on its ports is another", () => {
  const play = new Play().client(first()).client(second()).wait(61_000).client(first()).client(second());
  expect(play.end().map((flow) => [flow.sni, flow.isFurther])).toEqual([
    ["shop.test", undefined],
    ["shop.test", undefined],
  ]);
});

test("one that runs on is told in time, and counted once", () => {
  const play = new Play(5_000).client(first()).client(second()).wait(6_000).client(spoken(10));
  expect(play.flows.map((flow) => flow.isFurther)).toEqual([undefined]);
  play.wait(30_000).server(spoken(70)).wait(40_000).server(spoken(30));
  expect(play.flows.at(1)).toMatchObject({ isFurther: true, bytes: [0, 100] });
  expect(play.end()).toHaveLength(2);
});

test("a flood of beginnings pushes out the longest silent, and each is told", () => {
  const told: number[] = [];
  const connections = new QuicConnections({
    source: "mirror",
    count: () => {},
    flow: ({ client }) => void told.push(client.port ?? 0),
    patienceMs: Number.POSITIVE_INFINITY,
    most: 3,
  });
  const decap = new Decap(
    () => {},
    () => {},
  );
  for (let port = 1; port <= 5; port++) {
    const one = ethernet(ipv4(udp(first(), 443, port), { protocol: 17 }));
    decap.unwrap(one, one.length, 1, T0);
    connections.datagram(decap.cursor, T0);
  }
  expect(told).toEqual([1, 2]);
  connections.end();
  expect(told).toEqual([1, 2, 3, 4, 5]);
});
