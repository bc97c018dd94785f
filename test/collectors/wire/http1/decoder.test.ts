import { describe, expect, test } from "vitest";
import { type Exchange } from "../../../../src/model/exchange.ts";
import type { FlowDecoder, Side } from "../../../../collectors/wire/flow.ts";
import { Http1Decoder, type Leaving } from "../../../../collectors/wire/http1/decoder.ts";
import { bodyText, brief, listener } from "../../../support/packets.ts";

const ends = {
  client: { address: "10.0.0.1", port: 40_000 },
  server: { address: "10.0.0.2", port: 8080 },
  midstream: false,
  heard: () => true,
};

/** Two sides talk; what each had received is told as TCP would tell it. */
class Talk {
  readonly sink = listener();
  readonly left: Leaving[] = [];
  /** What reached whoever took over, per side. */
  readonly after: [string, string] = ["", ""];
  readonly decoder: FlowDecoder;
  readonly #offsets: [number, number] = [0, 0];
  #at = 0;

  constructor(options: { tellsHandshake?: boolean; patienceMs?: number } = {}) {
    const successor: FlowDecoder = {
      data: ({ side, bytes }) => (this.after[side] += Buffer.from(bytes).toString("latin1")),
      gap: () => {},
      end: () => {},
      weight: 0,
    };
    this.decoder = new Http1Decoder(ends, this.sink, {
      source: "capture",
      scheme: "http",
      patienceMs: options.patienceMs ?? Infinity,
      isMidstream: false,
      tell: {
        count: (name, by) => this.sink.count(name, by),
        weird: (name) => this.sink.weird({ name }),
      },
      takeOver: (leaving) => {
        this.left.push(leaving);
        return { decoder: successor, tellsHandshake: options.tellsHandshake ?? false };
      },
    });
  }

  say(side: Side, text: string): this {
    const bytes = Buffer.from(text, "latin1");
    const acked = this.#offsets[side === 0 ? 1 : 0];
    this.decoder.data({ side, bytes, at: ++this.#at, offset: this.#offsets[side], acked });
    this.#offsets[side] += bytes.length;
    return this;
  }

  client(...lines: string[]): this {
    return this.say(0, lines.join("\r\n"));
  }

  server(...lines: string[]): this {
    return this.say(1, lines.join("\r\n"));
  }

  end(how: "fin" | "rst" | "capture-end" = "fin"): Exchange[] {
    for (const side of [0, 1] as const) this.decoder.end(side, ++this.#at, how);
    return this.sink.exchanges;
  }
}

const briefs = (exchanges: readonly Exchange[]): string[] => exchanges.map(brief);
const GET = ["GET / HTTP/1.1", "Host: a", "", ""];
const OK = ["HTTP/1.1 200 OK", "Content-Length: 2", "", "ok"];

describe("bodies end where they should", () => {
  test.each<[string, string[], string | null]>([
    ["length", ["HTTP/1.1 200 OK", "Content-Length: 3", "", "abc"], "abc"],
    ["chunked", ["HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "3", "abc", "0", "", ""], "abc"],
    ["chunked with lone LF", ["HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "3\nabc\n0\n\n"], "abc"],
    ["no last empty line", ["HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "3", "abc", "0", ""], "abc"],
    ["close", ["HTTP/1.0 200 OK", "", "abc"], "abc"],
    [
      "said chunked, is not",
      ["HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Content-Length: 4", "", '{"a\n'],
      '{"a\n',
    ],
    ["length zero", ["HTTP/1.1 200 OK", "Content-Length: 0", "", ""], null],
    ["204 whatever it says", ["HTTP/1.1 204 No", "Content-Length: 9", "", ""], null],
    ["line feeds only", ["HTTP/1.1 200 OK\nContent-Length: 3\n\nabc"], "abc"],
  ])("%s", (_name, response, body) => {
    const exchanges = new Talk()
      .client(...GET)
      .server(...response)
      .end();
    expect([briefs(exchanges)[0]?.slice(0, 6), bodyText(exchanges[0]!, "response")]).toEqual([
      "GET / ",
      body,
    ]);
  });

  test("a response to HEAD has none, and the next is read at its place", () => {
    const talk = new Talk()
      .client("HEAD / HTTP/1.1", "", "")
      .server("HTTP/1.1 200 OK", "Content-Length: 5", "", "");
    expect(
      briefs(
        talk
          .client(...GET)
          .server(...OK)
          .end(),
      ),
    ).toEqual(["HEAD / 200", "GET / 200"]);
  });

  test("a body shorter than its length is partial", () => {
    const talk = new Talk().client(...GET).server("HTTP/1.1 200 OK", "Content-Length: 9", "", "abc");
    expect(talk.end("rst")[0]).toMatchObject({ flags: ["response-partial", "aborted"] });
  });

  test("one without end is taken to be over when the client asks again", () => {
    const talk = new Talk().client(...GET).server("HTTP/1.1 200 OK", "", "body");
    const exchanges = talk
      .client(...GET)
      .server(...OK)
      .end();
    expect(exchanges.map((one) => bodyText(one, "response"))).toEqual(["body", "ok"]);
  });
});

describe("requests in odd forms", () => {
  test.each<[string, string[], string[]]>([
    ["HTTP/0.9", ["GET /old", ""], ["GET /old capture-end"]],
    ["no version but fields", ["GET /old", "Host: a", "", ""], ["GET /old capture-end"]],
    ["any token", ["PATCHp /x HTTP/1.1", "", ""], ["PATCHp /x capture-end"]],
    ["empty lines in front", ["", "", ...GET], ["GET / capture-end"]],
    ["a head that stops", ["GET /cut HTTP/1.1", "Host: a"], ["GET /cut capture-end"]],
    ["a target without end", [`GET /${"a".repeat(20_000)}`], [`GET /${"a".repeat(16_384 - 5)} capture-end`]],
    [
      "length beyond numbers: no body",
      ["POST / HTTP/1.1", "Content-Length: 18446744073709551615", "", ...GET]
        .slice(0, 3)
        .concat("", GET.join("\r\n")),
      ["POST / capture-end", "GET / capture-end"],
    ],
    [
      "the length that fits",
      ["POST / HTTP/1.1", "Content-Length: 2", "Content-Length: 4", "", `abcd${GET.join("\r\n")}`],
      ["POST / capture-end", "GET / capture-end"],
    ],
    [
      "folded transfer coding",
      ["POST / HTTP/1.1", "Transfer-Encoding:", " chunked", "", "0", "", GET.join("\r\n")],
      ["POST / capture-end", "GET / capture-end"],
    ],
    ["junk, then a request", [...OK.slice(0, 0), "}}}", GET.join("\r\n")], ["GET / capture-end"]],
  ])("%s", (_name, request, expected) => {
    expect(briefs(new Talk().client(...request).end("capture-end"))).toEqual(expected);
  });

  test("what can be read in two ways is marked", () => {
    const talk = new Talk().client(
      "POST / HTTP/1.1",
      "Content-Length: 5",
      "Transfer-Encoding: chunked",
      "",
      "0",
      "",
      "",
    );
    expect(talk.server(...OK).end()[0]!.flags).toEqual(["smuggling-suspect"]);
  });
});

describe("responses in odd places", () => {
  test("interim ones answer nothing", () => {
    const talk = new Talk().client("POST / HTTP/1.1", "Expect: 100-continue", "Content-Length: 2", "", "");
    talk
      .server("HTTP/1.1 100 Continue", "", "")
      .client("hi")
      .server("HTTP/1.1 103 Early Hints", "", "", ...OK);
    expect(talk.end().map((one) => [brief(one), one.flags])).toEqual([["POST / 200", ["continued"]]]);
  });

  test("an early response waits for the end of its request", () => {
    const talk = new Talk().client("POST / HTTP/1.1", "Content-Length: 4", "", "ab").server(...OK);
    expect(talk.sink.exchanges).toEqual([]);
    expect(bodyText(talk.client("cd").sink.exchanges[0]!, "request")).toBe("abcd");
  });

  test("one that answers before the head is complete", () => {
    const talk = new Talk()
      .client("GET /slow HTTP/1.1", "Host:")
      .server("HTTP/1.1 408 Timeout", "Content-Length: 0", "", "");
    expect(briefs(talk.end())).toEqual(["GET /slow 408"]);
  });

  test("without a request it is an orphan", () => {
    const [exchange] = new Talk().server(...OK).end();
    expect(exchange).toMatchObject({
      flags: ["orphan-response"],
      request: { method: "", authority: "10.0.0.2:8080", path: "" },
    });
  });

  test("a status that is none is not made up", () => {
    expect(
      briefs(
        new Talk()
          .client(...GET)
          .server("HTTP/1.1 2XX OK", "", "")
          .end(),
      ),
    ).toEqual(["GET / capture-end"]);
  });
});

describe("the connection changes its protocol", () => {
  const upgrade = ["GET /ws HTTP/1.1", "Upgrade: WebSocket", "", ""];
  const agreed = ["HTTP/1.1 101 Switching", "Upgrade: websocket", "", "frames"];

  test("after 101, with what was in the same segment", () => {
    const talk = new Talk()
      .client(...upgrade)
      .server(...agreed)
      .client("more");
    expect([talk.left[0]?.what, talk.after]).toEqual(["websocket", ["more", "frames"]]);
    expect(talk.end()).toMatchObject([{ protocol: "websocket", flags: ["upgraded"] }]);
  });

  test("whoever takes over may tell the handshake itself", () => {
    const talk = new Talk({ tellsHandshake: true }).client(...upgrade).server(...agreed);
    expect([talk.end(), talk.left[0]?.handshake?.request.path]).toEqual([[], "/ws"]);
  });

  test("bytes of the client in front of the answer are handed on", () => {
    const talk = new Talk()
      .client(...upgrade)
      .client("early")
      .server(...agreed);
    expect(talk.after).toEqual(["early", "frames"]);
  });

  test("refused, they were HTTP/1 all along", () => {
    const talk = new Talk()
      .client(...upgrade)
      .client(...GET)
      .server(...OK)
      .server(...OK);
    expect([briefs(talk.end()), talk.left]).toEqual([["GET /ws 200", "GET / 200"], []]);
  });

  test("CONNECT opens a tunnel when it succeeds", () => {
    const talk = new Talk()
      .client("CONNECT b:443 HTTP/1.1", "", "")
      .server("HTTP/1.1 200 OK", "", "")
      .client("\x16");
    expect([talk.left[0]?.what, talk.after, briefs(talk.end())]).toEqual([
      "connect",
      ["\x16", ""],
      ["CONNECT b:443 200"],
    ]);
  });

  test("and none when it is refused", () => {
    const talk = new Talk()
      .client("CONNECT b:443 HTTP/1.1", "", "")
      .server("HTTP/1.1 407 No", "Content-Length: 0", "", "");
    expect(
      briefs(
        talk
          .client(...GET)
          .server(...OK)
          .end(),
      ),
    ).toEqual(["CONNECT b:443 407", "GET / 200"]);
  });
});

test("a response without end is told once, after the patience", () => {
  const talk = new Talk({ patienceMs: 2 })
    .client(...GET)
    .server("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "1", "a", "");
  expect(talk.sink.exchanges.length).toBe(0);
  talk.server("1", "b", "").server("1", "c", "");
  expect([briefs(talk.sink.exchanges), briefs(talk.end())]).toEqual([["GET / 200"], ["GET / 200"]]);
});
