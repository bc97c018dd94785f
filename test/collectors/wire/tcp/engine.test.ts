import { describe, expect, test } from "vitest";
import type { FlowDecoder } from "../../../../collectors/wire/flow.ts";
import type { Packet } from "../../../../collectors/wire/packet.ts";
import { Decap } from "../../../../collectors/wire/decap.ts";
import { TcpEngine } from "../../../../collectors/wire/tcp/engine.ts";
import { Conversation, T0 } from "../../../support/packets.ts";

/** Packets in, what decoders are told out: "0.1:abc" is flow 0, side 1. */
class Play {
  readonly said: string[] = [];
  readonly counters: Record<string, number> = {};
  readonly engine: TcpEngine;
  readonly #decap = new Decap(
    () => {},
    () => {},
  );

  constructor(weight = 0) {
    this.engine = new TcpEngine({
      count: (name, by = 1) => (this.counters[name] = (this.counters[name] ?? 0) + by),
      decoderFor: ({ id }): FlowDecoder => ({
        data: ({ side, bytes }) => this.said.push(`${id}.${side}:${String(bytes)}`),
        gap: (side, _offset, length) => this.said.push(`${id}.${side} gap ${length}`),
        end: (side, _at, how) => this.said.push(`${id}.${side} ${how}`),
        weight,
      }),
    });
  }

  hear(packets: readonly Packet[]): this {
    for (const { bytes, at } of packets) {
      this.#decap.unwrap(Buffer.from(bytes), bytes.length, 1, at);
      this.engine.segment(this.#decap.cursor, at, at);
    }
    return this;
  }

  end(): string[] {
    this.engine.end();
    return this.said;
  }
}

describe("connections end", () => {
  test.each<[string, Conversation, string[]]>([
    ["by FIN on both sides", new Conversation().client("a").close(), ["0.0:a", "0.0 fin", "0.1 fin"]],
    ["by FIN on one", new Conversation().client("a").fin(0), ["0.0:a", "0.0 fin", "0.1 capture-end"]],
    ["by reset", new Conversation().client("a").reset(1), ["0.0:a", "0.0 rst", "0.1 rst"]],
    ["with the capture", new Conversation().client("a"), ["0.0:a", "0.0 capture-end", "0.1 capture-end"]],
  ])("%s", (_name, talk, said) => {
    expect(new Play().hear(talk.packets).end()).toEqual(said);
  });

  test("by silence, a reset one sooner", () => {
    const play = new Play().hear(new Conversation().client("a").reset(0).packets);
    play.engine.tick(T0 + 4_000);
    expect(play.said).toEqual(["0.0:a"]);
    play.engine.tick(T0 + 6_000);
    expect(play.said).toEqual(["0.0:a", "0.0 rst", "0.1 rst"]);
  });

  test("by a new one on the same ports", () => {
    const [first, second] = [new Conversation().client("a"), new Conversation({ isns: [7, 8] }).client("b")];
    expect(new Play().hear([...first.packets, ...second.packets]).said).toEqual([
      "0.0:a",
      "0.0 evicted",
      "0.1 evicted",
      "1.0:b",
    ]);
  });
});

describe("connections begin", () => {
  test("with a SYN or payload, not with strays", () => {
    const strays = new Conversation({ midstream: true }).ack(0).fin(1).reset(0);
    const play = new Play().hear(strays.packets);
    expect([play.counters["tcp.flows"], play.counters["tcp.ignored"]]).toEqual([undefined, 3]);
    expect(
      play.hear(new Conversation({ midstream: true }).client("a").packets).counters["tcp.midstream"],
    ).toBe(1);
  });

  test("a repeated SYN changes nothing", () => {
    const { packets } = new Conversation().client("a");
    expect(new Play().hear([packets[0]!, ...packets, packets[0]!]).said).toEqual(["0.0:a"]);
  });
});

test("time gives up what waits", () => {
  const talk = new Conversation().client("lost").lose().client("kept").ack(1);
  const play = new Play().hear(talk.packets);
  play.engine.tick(T0 + 900);
  expect(play.said).toEqual([]);
  play.engine.tick(T0 + 1_500);
  expect([play.said, play.counters["tcp.gap-bytes"]]).toEqual([["0.0 gap 4", "0.0:kept"], 4]);
});

test("packets seen twice are counted and dropped once", () => {
  const { packets } = new Conversation().client("a");
  const play = new Play().hear([...packets, packets.at(-1)!]);
  expect([play.said, play.counters["packets.duplicate"]]).toEqual([["0.0:a"], 1]);
});

test("too much kept: the connection silent for longest goes first, and what it was counts no more", () => {
  const play = new Play(30 * 1_048_576);
  const talk = (port: number): Conversation => new Conversation({ ports: [port, 80] });
  const first = talk(1).client("a");
  play.hear(first.packets).hear(talk(2).client("b").packets);
  play.hear(first.client("c").packets.slice(-1));
  expect(play.counters["tcp.evicted-flows"]).toBeUndefined();
  play.hear(talk(3).client("d").packets);
  expect(play.said).toEqual(["0.0:a", "1.0:b", "0.0:c", "2.0:d", "1.0 evicted", "1.1 evicted"]);
  play.hear(talk(4).client("e").packets);
  expect(play.counters["tcp.evicted-flows"]).toBe(2);
});
