import { describe, expect, test } from "vitest";
import {
  clientByPorts,
  type DecoderTable,
  Detector,
  type Protocol,
} from "../../../collectors/wire/detect.ts";
import type { FlowEnds, Side } from "../../../collectors/wire/flow.ts";
import { listener } from "../../support/packets.ts";

const ends = (client: Side): FlowEnds => ({
  client: { address: client === 0 ? "first" : "second", port: 1 },
  server: { address: client === 0 ? "second" : "first", port: 2 },
  midstream: false,
});

/** What reached which decoder, as told: "<" from the client, ">" from the server. */
class Play {
  readonly heard: string[] = [];
  readonly sink = listener();
  readonly #detector: Detector;
  readonly #offsets: [number, number] = [0, 0];

  constructor(known: readonly Protocol[] = ["http1", "http2", "tls"], isMidstream = false) {
    const table: Partial<Record<Protocol, NonNullable<DecoderTable[Protocol]>>> = {};
    for (const protocol of known) {
      table[protocol] = (detected) => {
        const { client, midstream } = detected.ends;
        this.heard.push(`${protocol} client=${client.address}${midstream ? " midstream" : ""}`);
        return {
          data: ({ side, bytes }) =>
            this.heard.push((side === 0 ? "<" : ">") + Buffer.from(bytes).toString("latin1")),
          gap: (side, _offset, length) => this.heard.push(`${side === 0 ? "<" : ">"}gap ${length}`),
          end: (side) => this.heard.push(side === 0 ? "<end" : ">end"),
          weight: 7,
        };
      };
    }
    this.#detector = new Detector({ ends, client: 0, isMidstream }, table, this.sink.count);
  }

  say(side: Side, text: string): this {
    const bytes = Buffer.from(text, "latin1");
    this.#detector.data({ side, bytes, at: 0, offset: this.#offsets[side], acked: -1 });
    this.#offsets[side] += bytes.length;
    return this;
  }

  lose(side: Side, length: number): this {
    this.#detector.gap(side, this.#offsets[side], length, 0);
    this.#offsets[side] += length;
    return this;
  }

  end(side: Side): this {
    this.#detector.end(side, 0, "fin");
    return this;
  }
}

const GET = "GET / HTTP/1.1\r\n\r\n";
const OK = "HTTP/1.1 200 OK\r\n\r\n";

describe("who is client", () => {
  test("whoever asks", () => {
    expect(new Play().say(1, GET).say(0, OK).heard).toEqual(["http1 client=second", `<${GET}`, `>${OK}`]);
  });

  test("not whoever answers", () => {
    expect(new Play().say(0, OK).heard[0]).toBe("http1 client=second");
  });

  test("by TLS hello, by HTTP/2 preface", () => {
    expect([
      new Play().say(1, "\x16\x03\x01\x00\x50\x01").heard[0],
      new Play().say(1, "\x16\x03\x03\x00\x50\x02").heard[0],
      new Play().say(0, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").heard[0],
    ]).toEqual(["tls client=second", "tls client=first", "http2 client=first"]);
  });

  test.each([
    [40_000, 80, 0],
    [443, 50_000, 1],
    [8080, 8081, 1],
    [40_000, 7_000, 0],
    [7_000, 40_000, 1],
  ])("ports %d and %d: side %d", (first, second, side) => {
    expect(clientByPorts([first, second])).toBe(side);
  });
});

describe("what came before it was clear", () => {
  test("is played once it is", () => {
    expect(new Play().say(0, "GE").say(1, "HT").say(0, "T / HTTP/1.1\r\n").heard).toEqual([
      "http1 client=first",
      "<GE",
      ">HT",
      "<T / HTTP/1.1\r\n",
    ]);
  });

  test("is dropped when it said nothing, and the rest is read as from the middle", () => {
    const { heard, sink } = new Play().say(0, "{body}").say(0, GET);
    expect([heard, sink.counters["bytes.opaque"]]).toEqual([["http1 client=first midstream", `<${GET}`], 6]);
  });

  test("a beginning that might have been a request does not swallow the next", () => {
    expect(new Play().say(0, "47bb c6ef").say(0, GET).heard).toEqual([
      "http1 client=first midstream",
      `<${GET}`,
    ]);
  });

  test("holes and ends are told too", () => {
    expect(new Play().lose(0, 9).end(1).say(0, GET).heard).toEqual([
      "http1 client=first midstream",
      "<gap 9",
      ">end",
      `<${GET}`,
    ]);
  });
});

describe("what nobody reads", () => {
  test("is counted as what it is", () => {
    const { counters } = new Play(["http1"])
      .say(0, "\x16\x03\x01\x00\x50\x01")
      .say(1, "\x16\x03\x03\x00").sink;
    expect(counters).toEqual({ "flows.tls": 1, "bytes.tls": 10 });
  });

  test("or as opaque, once it has had its chance", () => {
    const play = new Play();
    for (let index = 0; index < 100; index++) play.say(0, "\0\0");
    expect([play.say(0, GET).heard, play.sink.counters]).toEqual([
      [],
      { "flows.opaque": 1, "bytes.opaque": 200 + GET.length },
    ]);
  });

  test("a short connection too", () => {
    expect(new Play().say(0, "\0").end(0).end(1).sink.counters).toEqual({
      "flows.opaque": 1,
      "bytes.opaque": 1,
    });
  });
});
