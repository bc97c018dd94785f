import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createWire } from "../../../collectors/wire/wire.ts";
import type { Packet } from "../../../collectors/wire/packet.ts";
import {
  bodyText,
  brief,
  Conversation,
  ethernet,
  hear,
  ipv4,
  listener,
  packet,
  T0,
  tcpSegment,
} from "../../support/packets.ts";

const GET = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: shop.test\r\n\r\n`;
const OK = (text: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
const briefs = (packets: Iterable<Packet>): string[] => hear(packets).exchanges.map(brief);

describe("a connection from SYN to FIN", () => {
  const { exchanges, counters, weirds } = hear(
    new Conversation().client(GET("/a?x=1")).server(OK("one")).client(GET("/b")).server(OK("two")).close()
      .packets,
  );

  test("gives its exchanges in order", () => {
    expect(exchanges.map(brief)).toEqual(["GET /a?x=1 200", "GET /b 200"]);
  });

  test("with ends, times and bodies", () => {
    expect(exchanges[0]).toMatchObject({
      startedAt: T0 + 3,
      answeredAt: T0 + 4,
      endedAt: T0 + 4,
      source: "capture",
      protocol: "http/1.1",
      client: { address: "10.0.0.1", port: 40_000 },
      server: { address: "10.0.0.2", port: 80 },
      request: { authority: "shop.test", scheme: "http", body: { kind: "none" } },
      outcome: { response: { body: { kind: "recorded", size: 3, complete: true } } },
      flags: [],
    });
    expect(bodyText(exchanges[0]!, "response")).toBe("one");
  });

  test("and counts what it heard", () => {
    expect([counters, weirds]).toEqual([
      expect.objectContaining({ packets: 10, "tcp.segments": 10, "tcp.flows": 1, "flows.http1": 1 }),
      [],
    ]);
  });
});

/** The messages of a small conversation, as text per direction. */
const MESSAGES: [0 | 1, string][] = [
  [0, `POST /items HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 5\r\n\r\nhello`],
  [
    1,
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: 1\r\n\r\n",
  ],
  [0, `HEAD /x HTTP/1.1\r\nHost: shop.test\r\n\r\n${GET("/y")}`],
  [1, `HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n${OK("fin")}`],
];

function spoken(cuts: readonly number[]): Packet[] {
  const conversation = new Conversation();
  let left = [...cuts];
  for (const [side, text] of MESSAGES) {
    let at = 0;
    while (at < text.length) {
      const size = left.shift() ?? text.length;
      const part = text.slice(at, at + size);
      if (side === 0) conversation.client(part);
      else conversation.server(part);
      at += size;
    }
    left = left.length > 0 ? left : [...cuts];
  }
  return conversation.close().packets;
}

const summary = (packets: readonly Packet[]): unknown =>
  hear(packets).exchanges.map((exchange) => ({
    brief: brief(exchange),
    flags: exchange.flags,
    request: bodyText(exchange, "request"),
    response: bodyText(exchange, "response"),
    outcome: exchange.outcome.kind === "answered" ? exchange.outcome.response.trailers : null,
  }));

const WHOLE = summary(spoken([]));

test("the conversation of the properties is understood", () => {
  expect(WHOLE).toMatchObject([
    {
      brief: "POST /items 201",
      flags: ["continued"],
      request: "hello",
      response: "abcde",
      outcome: [["t", "1"]],
    },
    { brief: "HEAD /x 200", response: null },
    { brief: "GET /y 200", response: "fin" },
  ]);
});

describe("what the network does to packets does not show", () => {
  test("cut anywhere", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), (cuts) => {
        expect(summary(spoken(cuts))).toEqual(WHOLE);
      }),
    );
  });

  test("delivered in any order within a second, some of it twice", () => {
    const packets = spoken([7, 60, 19]);
    const shuffled = fc.shuffledSubarray(packets.slice(3), { minLength: packets.length - 3 });
    fc.assert(
      fc.property(shuffled, fc.subarray(packets), (order, again) => {
        const mixed = [...packets.slice(0, 3), ...order, ...again].map((one, index) => ({
          ...one,
          at: T0 + index,
        }));
        expect(summary(mixed)).toEqual(WHOLE);
      }),
    );
  });

  test("segments that overlap", () => {
    const packets = new Conversation().client(GET("/abc")).server(OK("12345")).packets;
    const all = GET("/abc");
    const from = (start: number, end: number): Packet =>
      packet(ethernet(ipv4(tcpSegment({ seq: 1_001 + start, ack: 9_001, data: all.slice(start, end) }))), {
        at: T0 + 4,
      });
    const overlapping = [from(20, 30), from(10, 25), from(0, 12), from(5, all.length)];
    expect(briefs([...packets.slice(0, 3), ...overlapping, ...packets.slice(4)])).toEqual(["GET /abc 200"]);
  });
});

describe("what is missing stays missing", () => {
  test("a lost request leaves its response an orphan, and the next pair right", () => {
    const talk = new Conversation()
      .client(GET("/a"))
      .server(OK("a"))
      .client(GET("/lost"))
      .lose()
      .server(OK("lost"));
    talk.wait(2_000).client(GET("/c")).server(OK("c")).close();
    expect(briefs(talk.packets)).toEqual(["GET /a 200", "200", "GET /c 200"]);
  });

  test("a lost response leaves its request unknown, and the next pair right", () => {
    const talk = new Conversation()
      .client(GET("/a"))
      .server(OK("a"))
      .lose()
      .client(GET("/b"))
      .server(OK("b"));
    talk.wait(2_000).client(GET("/c")).server(OK("c")).close();
    expect(briefs(talk.packets)).toEqual(["GET /a gap", "GET /b 200", "GET /c 200"]);
  });

  test("a request and its response lost together shift nothing", () => {
    const talk = new Conversation().client(GET("/a")).server(OK("a"));
    talk.client(GET("/lost")).lose().server(OK("lost")).lose().client(GET("/b")).server(OK("bb"));
    expect(briefs(talk.wait(2_000).close().packets)).toEqual(["GET /a 200", "GET /b 200"]);
  });

  test("pipelined requests with one lost: only what is certain", () => {
    const talk = new Conversation().client(GET("/a")).client(GET("/lost")).lose().client(GET("/c"));
    talk.server(OK("a")).server(OK("x")).server(OK("c")).client(GET("/d")).server(OK("d")).close();
    expect(briefs(talk.wait(9_000).packets)).toEqual(
      expect.arrayContaining(["GET /a 200", "GET /c 200", "200", "GET /d 200"]),
    );
  });

  test("a hole in a body of known length costs only the body", () => {
    const half = "x".repeat(50);
    const talk = new Conversation()
      .client(GET("/a"))
      .server(`HTTP/1.1 200 OK\r\nContent-Length: 150\r\n\r\n${half}`);
    talk.server(half).lose().server(half).client(GET("/b")).server(OK("b")).close();
    const { exchanges } = hear(talk.packets);
    expect(exchanges.map(brief)).toEqual(["GET /a 200", "GET /b 200"]);
    expect(exchanges[0]).toMatchObject({
      flags: ["response-partial"],
      outcome: { response: { body: { size: 150, complete: false } } },
    });
  });

  test("with one side only, every request is told as it comes", () => {
    const talk = new Conversation().client(GET("/a")).server(OK("a")).client(GET("/b")).server(OK("b"));
    const oneSide = talk.packets.filter((_packet, index) => [0, 2, 3, 5].includes(index));
    expect(hear(oneSide).exchanges.map(({ flags, outcome }) => [flags, outcome])).toEqual([
      [["one-way"], { kind: "unknown", why: "one-way" }],
      [["one-way"], { kind: "unknown", why: "one-way" }],
    ]);
  });

  test("packets cut by the capture still tell method, path and status", () => {
    const long = "x".repeat(400);
    const talk = new Conversation();
    for (const path of ["/a", "/b"]) {
      talk.client(`GET ${path} HTTP/1.1\r\nHost: shop.test\r\nCookie: ${long}\r\n\r\n`);
      talk.server(`HTTP/1.1 200 OK\r\nSet-Cookie: ${long}\r\nContent-Length: 400\r\n\r\n${long}`);
    }
    const cut = talk.packets.map((one) => ({ ...one, bytes: one.bytes.subarray(0, 160) }));
    expect(briefs(cut)).toEqual(["GET /a 200", "GET /b 200"]);
  });

  test("a connection picked up in the middle is understood from its next message on", () => {
    const talk = new Conversation({ midstream: true });
    talk.server("tail of something").client(GET("/a")).server(OK("a")).client(GET("/b")).server(OK("b"));
    expect(briefs(talk.packets)).toEqual(["GET /a 200", "GET /b 200"]);
  });

  test("a response that its sender gave before it had the request answers nothing", () => {
    const talk = new Conversation().server(OK("early")).client(GET("/a")).server(OK("a"));
    expect(briefs(talk.packets)).toEqual(["200", "GET /a 200"]);
  });

  test("a response seen before its request waits for it", () => {
    const { packets } = new Conversation().client(GET("/a")).server(OK("a"));
    const swapped = [...packets.slice(0, 3), packets[4]!, packets[3]!];
    expect(briefs(swapped)).toEqual(["GET /a 200"]);
  });
});

describe("connections end and begin", () => {
  test("ports used again are another connection", () => {
    const first = new Conversation().client(GET("/a")).server(OK("a"));
    const second = new Conversation({ isns: [77_000, 88_000] }).client(GET("/b")).server(OK("b"));
    expect(briefs([...first.packets, ...second.packets])).toEqual(["GET /a 200", "GET /b 200"]);
  });

  test("late repeats of a closed connection are no new connection", () => {
    const talk = new Conversation().client(GET("/a")).server(OK("a")).close();
    const again = talk.packets.slice(3, 5).map((one) => ({ ...one, at: T0 + 3_000 }));
    expect(briefs([...talk.packets, ...again])).toEqual(["GET /a 200"]);
  });

  test("a reset in the middle of a body marks the exchange aborted", () => {
    const talk = new Conversation()
      .client(GET("/a"))
      .server("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx")
      .reset(0);
    expect(hear(talk.packets).exchanges[0]!.flags).toEqual(["response-partial", "aborted"]);
  });

  test("sequence numbers may wrap", () => {
    const talk = new Conversation({ isns: [0xfffffff0, 0x7ffffff0] });
    for (const path of ["/a", "/b", "/c"]) talk.client(GET(path)).server(OK(path));
    expect(briefs(talk.packets)).toEqual(["GET /a 200", "GET /b 200", "GET /c 200"]);
  });

  test("keep-alive probes are not data", () => {
    const talk = new Conversation().client(GET("/a")).server(OK("a"));
    const probe = tcpSegment({ seq: talk.next[0] - 1, ack: talk.next[1], data: "\0" });
    talk.packets.push(packet(ethernet(ipv4(probe)), { at: talk.at }));
    expect(briefs(talk.client(GET("/b")).server(OK("b")).packets)).toEqual(["GET /a 200", "GET /b 200"]);
  });
});

describe("floods stay within bounds", () => {
  const count = (packets: Iterable<Packet>, limits = {}): Record<string, number> =>
    hear(packets, limits).counters;

  test("connections that are only opened", () => {
    function* syns(): Generator<Packet> {
      for (let index = 0; index < 30_000; index++) {
        const segment = tcpSegment({ sport: index % 60_000, seq: index, flags: "S" });
        yield packet(ethernet(ipv4(segment, { from: `10.${index >> 15}.0.9` })), { at: T0 + index / 100 });
      }
    }
    expect(count(syns())["tcp.evicted-flows"]).toBe(20_000);
  });

  test("a hole that is never filled, behind one-byte segments", () => {
    function* bytes(): Generator<Packet> {
      yield* new Conversation().packets;
      for (let index = 0; index < 10_000; index++) {
        const segment = tcpSegment({ seq: 2_000 + index, ack: 9_001, data: "x" });
        yield packet(ethernet(ipv4(segment, { id: index })), { at: T0 + 10 });
      }
    }
    const counters = count(bytes());
    expect([counters["tcp.evicted-holes"], counters["tcp.gap-bytes"], counters["bytes.opaque"]]).toEqual([
      1, 999, 10_000,
    ]);
  });

  test("a response without end is told after a while, once", () => {
    const talk = new Conversation().client(GET("/events"));
    talk.server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
    for (let index = 0; index < 20; index++) talk.wait(1_000).server("data: x\n\n");
    const sink = listener();
    const wire = createWire(sink, { source: "mirror", patienceMs: 5_000 });
    for (const one of talk.packets) wire.packet(one);
    expect(sink.exchanges.map(({ flags }) => flags)).toEqual([["response-partial"]]);
    wire.end();
    expect(sink.exchanges.length).toBe(1);
  });
});

test("silence forgets a connection and tells what it had", () => {
  const sink = listener();
  const wire = createWire(sink, { source: "mirror" });
  for (const one of new Conversation().client(GET("/a")).packets) wire.packet(one);
  wire.tick(T0 + 290_000);
  expect(sink.exchanges.length).toBe(0);
  wire.tick(T0 + 310_000);
  expect(sink.exchanges.map(brief)).toEqual(["GET /a capture-end"]);
});

test("a single packet from the far future does not end what is going on", () => {
  const { packets } = new Conversation().client(GET("/a")).server(OK("a"));
  const future = packet(ethernet(Buffer.alloc(40)), { at: T0 * 2 });
  expect(briefs([...packets.slice(0, 4), future, ...packets.slice(4)])).toEqual(["GET /a 200"]);
});

test("any bytes, on any link, at any time, are survived", () => {
  const { packets } = new Conversation().client(GET("/a")).server(OK("a"));
  const noise = fc.record({
    at: fc.double(),
    bytes: fc.uint8Array({ maxLength: 90 }),
    linkType: fc.constantFrom(0, 1, 101, 113, 276),
    index: fc.nat(packets.length - 1),
    flip: fc.nat(100),
    value: fc.nat(255),
  });
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 12 }), (list) => {
      const mixed = list.flatMap(({ at, bytes, linkType, index, flip, value }) => {
        const bent = Buffer.from(packets[index]!.bytes);
        bent[flip % bent.length] = value;
        return [packet(Buffer.from(bytes), { at, linkType }), packet(bent, { at })];
      });
      expect(
        hear([...packets.slice(0, 3), ...mixed, ...packets.slice(3)]).counters["packets"],
      ).toBeGreaterThan(4);
    }),
    { numRuns: 500 },
  );
});

describe("networks", () => {
  const talkIn = (path: string, isns: [number, number]): Conversation =>
    new Conversation({ isns }).client(GET(path)).server(OK(path)).close();
  const within = (network: number, packets: readonly Packet[]): Packet[] =>
    packets.map((one) => ({ ...one, network }));
  const mixed = (one: readonly Packet[], two: readonly Packet[]): Packet[] =>
    one.flatMap((packet, index) => [packet, two[index]!]);

  test("the same addresses and ports at the same time do not mix", () => {
    const [one, two] = [talkIn("/one", [1_000, 9_000]), talkIn("/two", [2_000_000_000, 3_000_000_000])];
    const packets = mixed(within(1, one.packets), within(2, two.packets));
    expect(hear(packets)).toMatchObject({
      exchanges: [{ request: { path: "/one" } }, { request: { path: "/two" } }],
      counters: { "tcp.flows": 2 },
    });
  });

  test("both ends mirrored, each into its own, are one connection seen twice", () => {
    const { packets } = talkIn("/one", [1_000, 9_000]);
    const { exchanges, counters } = hear(mixed(within(1, packets), within(2, packets)));
    expect(exchanges.map(brief)).toEqual(["GET /one 200"]);
    expect(counters).toMatchObject({ "tcp.flows": 1, "packets.duplicate": 2 });
  });

  test("a network for each direction makes one connection", () => {
    const { packets } = talkIn("/one", [1_000, 9_000]);
    const sides = packets.map((one) => ({ ...one, network: one.bytes[29] === 1 ? 1 : 2 }));
    expect(hear(sides)).toMatchObject({
      exchanges: [{ outcome: { kind: "answered" } }],
      counters: { "tcp.flows": 1 },
    });
  });
});
