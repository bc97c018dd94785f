// HTTP/2 connections: real ones between Node's client and server, and hand-made ones for what those never do.
import * as http2 from "node:http2";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHttp2Decoder } from "../../../../collectors/wire/http2/decoder.ts";
import type { Http2Options } from "../../../../collectors/wire/http2/decoder.ts";
import * as frames from "../../../../collectors/wire/http2/frames.ts";
import type { FlowEnds } from "../../../../collectors/wire/flow.ts";
import type { Exchange, Request } from "../../../../src/model/exchange.ts";
import { CLOSING, frame, get, post, talker, text } from "./build.ts";
import { ENDS, feed, joined, lines, recorder, tappedPair } from "./tap.ts";
import type { Heard } from "./tap.ts";

interface Call {
  readonly headers: http2.OutgoingHttpHeaders;
  readonly body?: string;
}

/** Lets Node talk to itself and returns what went over the wire. */
async function converse(
  calls: readonly Call[],
  answer: (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void,
): Promise<Heard[]> {
  const { ends, heard } = tappedPair();
  const server = http2.performServerHandshake(ends[1]);
  server.on("stream", (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) =>
    answer(stream, headers),
  );
  const client = http2.connect("http://shop.test", { createConnection: () => ends[0] });
  await Promise.all(
    calls.map(
      ({ headers, body }) =>
        new Promise((resolve, reject) => {
          const call = client.request(headers, { endStream: body === undefined });
          if (body !== undefined) call.end(body);
          call.on("error", reject).on("close", resolve).resume();
        }),
    ),
  );
  client.close();
  server.close();
  return heard;
}

function decode(
  heard: readonly Heard[],
  options: { cut?: number; ends?: Partial<FlowEnds>; http2?: Http2Options } = {},
) {
  const sink = recorder();
  feed(createHttp2Decoder({ ...ENDS, ...options.ends }, sink, options.http2), heard, options.cut);
  const { exchanges, weirds, counts } = sink;
  return { exchanges, weirds, counts };
}

const bodyText = (exchange: Exchange | undefined, part: "request" | "response") => {
  const outcome = exchange?.outcome;
  const body =
    part === "request"
      ? exchange?.request.body
      : outcome?.kind === "answered"
        ? outcome.response.body
        : undefined;
  return body?.kind === "recorded" ? Buffer.from(body.bytes).toString() : body?.kind;
};

const shop = () =>
  converse(
    [
      { headers: { ":path": "/orders?full=1", "x-a": "1" } },
      {
        headers: { ":method": "POST", ":path": "/orders", "content-type": "application/json" },
        body: '{"id":7}',
      },
      { headers: { ":path": "/orders/7", "x-a": "1" } },
      { headers: { ":method": "DELETE", ":path": "/orders/7" } },
    ],
    (stream, headers) => {
      stream.respond({
        ":status": headers[":method"] === "POST" ? 201 : 200,
        "content-type": "application/json",
      });
      stream.end(`{"path":"${headers[":path"]}"}`);
    },
  );

describe("what Node's client and server say", () => {
  test("every call is one exchange", async () => {
    const { exchanges, weirds } = decode(await shop());
    expect(lines(exchanges).toSorted()).toEqual([
      "h2 DELETE shop.test /orders/7 200",
      "h2 GET shop.test /orders/7 200",
      "h2 GET shop.test /orders?full=1 200",
      "h2 POST shop.test /orders 201",
    ]);
    expect(weirds).toEqual([]);
    const posted = exchanges.find(({ request }) => request.method === "POST");
    expect(posted?.request.headers).toContainEqual(["content-type", "application/json"]);
    expect(bodyText(posted, "request")).toBe('{"id":7}');
    expect(bodyText(posted, "response")).toBe('{"path":"/orders"}');
  });

  test("cutting the bytes anywhere gives the same", async () => {
    const heard = await shop();
    const whole = decode(heard);
    for (const cut of [1, 2, 3, 5, 8, 9, 10, 17, 100]) expect(decode(heard, { cut })).toEqual(whole);
  });

  test("it does not matter which direction is read first", async () => {
    const heard = await shop();
    const whole = decode(heard).exchanges;
    const byPath = (a: Exchange, b: Exchange) =>
      a.request.method + a.request.path < b.request.method + b.request.path ? -1 : 1;
    for (const order of [
      [0, 1],
      [1, 0],
    ] as const) {
      expect(decode(joined(heard, order)).exchanges.toSorted(byPath)).toEqual(whole.toSorted(byPath));
    }
  });

  test("interim answers, pushes and trailers", async () => {
    const heard = await converse([{ headers: { ":path": "/" } }], (stream) => {
      stream.additionalHeaders({ ":status": 103, link: "</a.css>" });
      stream.pushStream({ ":path": "/a.css" }, (_error, push) => {
        push.respond({ ":status": 200 });
        push.end("a{}");
        stream.respond({ ":status": 200 }, { waitForTrailers: true });
        stream.on("wantTrailers", () => stream.sendTrailers({ "x-sum": "9" }));
        stream.end("<html>");
      });
    });
    const { exchanges, counts, weirds } = decode(heard);
    expect(lines(exchanges).toSorted()).toEqual(["h2 GET shop.test / 200", "h2 GET shop.test /a.css 200"]);
    expect(exchanges.find(({ request }) => request.path === "/")?.outcome).toMatchObject({
      response: { trailers: [["x-sum", "9"]] },
    });
    expect(counts).toMatchObject({ "h2.interim": 1, "h2.pushed": 1 });
    expect(weirds).toEqual([]);
  });

  test("gRPC is known by its content type, its status stands in the trailers", async () => {
    const heard = await converse(
      [
        {
          headers: {
            ":method": "POST",
            ":path": "/pkg.Shop/Get",
            "content-type": "application/grpc+proto",
            te: "trailers",
          },
          body: "\0\0\0\0\x02\x08\x07",
        },
      ],
      (stream) => {
        stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
        stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "5" }));
        stream.end("\0\0\0\0\0");
      },
    );
    const { exchanges } = decode(heard);
    expect(lines(exchanges)).toEqual(["grpc POST shop.test /pkg.Shop/Get 200"]);
    expect(exchanges[0]?.outcome).toMatchObject({ response: { trailers: [["grpc-status", "5"]] } });
  });

  test("a large body is kept in part and counted in full", async () => {
    const { exchanges } = decode(
      await converse([{ headers: { ":path": "/big" } }], (stream) => {
        stream.respond({ ":status": 200 });
        stream.end("x".repeat(100_000));
      }),
    );
    const outcome = exchanges[0]?.outcome;
    const body = outcome?.kind === "answered" ? outcome.response.body : undefined;
    expect(body).toMatchObject({ kind: "recorded", size: 100_000, complete: false });
    expect(body?.kind === "recorded" && body.bytes.length).toBe(65_536);
    expect(exchanges[0]?.flags).toEqual([]);
  });

  test("picked up anywhere, what is told is true or unknown, and later calls are read in full", async () => {
    const heard = await shop();
    const truth = new Set(lines(decode(heard).exchanges));
    const [up, down] = joined(heard);
    for (let from = 1; from < (up?.bytes.length ?? 0); from += 3) {
      const cut = [{ side: 0 as const, bytes: up!.bytes.subarray(from) }, down!];
      const { exchanges } = decode(cut, { ends: { midstream: true } });
      const named = exchanges.filter(({ request }) => request.method !== "");
      for (const line of lines(named.map((exchange) => ({ ...exchange, flags: [] })))) {
        expect(truth).toContain(line.replace("10.0.0.2:8080", "shop.test"));
      }
    }
  });
});

/** A conversation by hand: the preface and SETTINGS of both sides come first. */
function opened(...said: readonly [side: 0 | 1, bytes: Uint8Array][]): Heard[] {
  return [
    { side: 0, bytes: frames.PREFACE },
    { side: 0, bytes: frame(frames.SETTINGS, 0, 0) },
    { side: 1, bytes: frame(frames.SETTINGS, 0, 0) },
    ...said.map(([side, bytes]) => ({ side, bytes })),
  ];
}

describe("frames", () => {
  test("padding and priority are no part of headers or body", () => {
    const up = talker();
    const down = talker();
    const block = up.encoder.encode(post("/a"));
    const padded = Buffer.concat([Uint8Array.from([3, 0, 0, 0, 0, 16]), block, new Uint8Array(3)]);
    const { exchanges } = decode(
      opened(
        [0, frame(frames.HEADERS, frames.END_HEADERS | frames.PADDED | frames.PRIORITISED, 1, padded)],
        [
          0,
          frame(
            frames.DATA,
            frames.PADDED | frames.END_STREAM,
            1,
            Buffer.concat([Uint8Array.from([4]), text("{}"), new Uint8Array(4)]),
          ),
        ],
        [1, down.headers(1, [[":status", "204"]], CLOSING)],
      ),
    );
    expect(lines(exchanges)).toEqual(["h2 POST shop.test /a 204"]);
    expect(bodyText(exchanges[0], "request")).toBe("{}");
    expect(bodyText(exchanges[0], "response")).toBe("none");
  });

  test("a header block over several frames", () => {
    const up = talker();
    const block = up.encoder.encode([...get("/a"), ["x-long", "v".repeat(50)]]);
    const { exchanges } = decode(
      opened(
        [0, frame(frames.HEADERS, frames.END_STREAM, 1, block.subarray(0, 5))],
        [0, frame(frames.CONTINUATION, 0, 1, block.subarray(5, 6))],
        [0, frame(frames.CONTINUATION, frames.END_HEADERS, 1, block.subarray(6))],
        [1, talker().headers(1, [[":status", "200"]], CLOSING)],
      ),
    );
    expect(lines(exchanges)).toEqual(["h2 GET shop.test /a 200"]);
  });

  test("exchanges come in the order their answers end", () => {
    const up = talker();
    const down = talker();
    const { exchanges } = decode(
      opened(
        [0, up.headers(1, get("/slow"), CLOSING)],
        [0, up.headers(3, get("/quick"), CLOSING)],
        [1, down.headers(1, [[":status", "200"]])],
        [1, down.headers(3, [[":status", "200"]], CLOSING)],
        [1, down.data(1, "late", frames.END_STREAM)],
      ),
    );
    expect(exchanges.map(({ request }) => request.path)).toEqual(["/quick", "/slow"]);
  });

  test("a reset is an aborted exchange, with the status if there was one", () => {
    const up = talker();
    const down = talker();
    const { exchanges, counts } = decode(
      opened(
        [0, up.headers(1, get("/a"), CLOSING)],
        [0, up.headers(3, get("/b"), CLOSING)],
        [1, down.headers(3, [[":status", "200"]])],
        [0, frame(frames.RST_STREAM, 0, 1, new Uint8Array(4))],
        [0, frame(frames.RST_STREAM, 0, 3, new Uint8Array(4))],
        [1, down.headers(1, [[":status", "200"]], CLOSING)],
      ),
    );
    expect(lines(exchanges)).toEqual([
      "h2 GET shop.test /a capture-end aborted",
      "h2 GET shop.test /b 200 response-partial aborted",
    ]);
    expect(counts["h2.resets"]).toBe(2);
  });

  test("an endless answer is told after five seconds, once", () => {
    const sink = recorder();
    const decoder = createHttp2Decoder(ENDS, sink);
    const up = talker();
    const down = talker();
    const say = (side: 0 | 1, bytes: Uint8Array, at: number) =>
      decoder.data({ side, bytes, at, offset: 0, acked: -1 });
    for (const { side, bytes } of opened([0, up.headers(1, get("/events"), CLOSING)])) say(side, bytes, 0);
    say(
      1,
      down.headers(1, [
        [":status", "200"],
        ["content-type", "text/event-stream"],
      ]),
      10,
    );
    say(1, down.data(1, "data: 1\n\n"), 5009);
    expect(sink.exchanges).toEqual([]);
    say(1, down.data(1, "data: 2\n\n"), 5010);
    say(1, down.data(1, "data: 3\n\n", frames.END_STREAM), 9000);
    decoder.end(0, 9000, "fin");
    decoder.end(1, 9000, "fin");
    expect(lines(sink.exchanges)).toEqual(["h2 GET shop.test /events 200 response-partial continued"]);
    expect(bodyText(sink.exchanges[0], "response")).toBe("data: 1\n\ndata: 2\n\n");
  });

  test("an upgraded request is answered on stream 1", () => {
    const request: Request = {
      method: "GET",
      authority: "shop.test",
      scheme: "http",
      path: "/old",
      query: "",
      headers: [],
      body: { kind: "none" },
    };
    const { exchanges } = decode(opened([1, talker().headers(1, [[":status", "200"]], CLOSING)]), {
      http2: { upgraded: request, upgradedAt: 900 },
    });
    expect(lines(exchanges)).toEqual(["http/1.1 GET shop.test /old 200 upgraded"]);
    expect(exchanges[0]?.startedAt).toBe(900);
  });

  test.each([
    ["gzip", gzipSync("{}"), "{}", []],
    ["gzip", text("no gzip"), "no gzip", ["encoding-error"]],
  ])("content coded with %s", (coding, wire, body, flags) => {
    const { exchanges } = decode(
      opened(
        [0, talker().headers(1, get("/z"), CLOSING)],
        [
          1,
          talker().headers(1, [
            [":status", "200"],
            ["content-encoding", coding],
          ]),
        ],
        [1, frame(frames.DATA, frames.END_STREAM, 1, wire)],
      ),
    );
    expect(bodyText(exchanges[0], "response")).toBe(body);
    expect(exchanges[0]?.flags).toEqual(flags);
  });

  test("a tunnel is named by its authority, a WebSocket stream by its path", () => {
    const up = talker();
    const { exchanges } = decode(
      opened(
        [
          0,
          up.headers(1, [
            [":method", "CONNECT"],
            [":authority", "db.test:5432"],
          ]),
        ],
        [
          0,
          up.headers(3, [
            [":method", "CONNECT"],
            [":protocol", "websocket"],
            [":scheme", "https"],
            [":path", "/chat?room=1"],
            [":authority", "shop.test"],
          ]),
        ],
      ),
    );
    expect(lines(exchanges)).toEqual([
      "h2 CONNECT db.test:5432 db.test:5432 capture-end request-partial",
      "h2 CONNECT shop.test /chat?room=1 capture-end request-partial upgraded",
    ]);
  });
});

describe("loss", () => {
  function talk() {
    const up = talker();
    const down = talker();
    return {
      up,
      down,
      ask: (id: number, path: string) => up.headers(id, get(path), CLOSING),
      answer: (id: number) => down.headers(id, [[":status", "200"]], CLOSING),
    };
  }

  function lossy(
    play: (
      say: (side: 0 | 1, bytes: Uint8Array) => void,
      lose: (side: 0 | 1, length: number) => void,
    ) => void,
    ends: Partial<FlowEnds> = {},
  ) {
    const sink = recorder();
    const decoder = createHttp2Decoder({ ...ENDS, ...ends }, sink);
    const say = (side: 0 | 1, bytes: Uint8Array) =>
      decoder.data({ side, bytes, at: 1, offset: 0, acked: -1 });
    play(say, (side, length) => decoder.gap(side, 0, length, 1));
    decoder.end(0, 1, "fin");
    decoder.end(1, 1, "fin");
    return sink;
  }

  const greet = (say: (side: 0 | 1, bytes: Uint8Array) => void) => {
    for (const { side, bytes } of opened()) say(side, bytes);
  };

  test("inside a body it only makes the body partial", () => {
    const { up, ask, answer } = talk();
    const { exchanges, counts } = lossy((say, lose) => {
      greet(say);
      say(0, up.headers(1, post("/first")));
      const body = up.data(1, "0123456789", frames.END_STREAM);
      say(0, body.subarray(0, 12));
      lose(0, 4);
      say(0, body.subarray(16));
      say(0, ask(3, "/second"));
      for (const id of [1, 3]) say(1, answer(id));
    });
    expect(lines(exchanges)).toEqual([
      "h2 POST shop.test /first 200 request-partial gap",
      "h2 GET shop.test /second 200",
    ]);
    expect(bodyText(exchanges[0], "request")).toBe("012");
    expect(exchanges[0]?.request.body).toMatchObject({ size: 10, complete: false });
    expect(counts["h2.lost-sync"]).toBe(undefined);
  });

  test("of headers makes what was inserted before unknown, not wrong", () => {
    const { up, ask, answer } = talk();
    const { exchanges, weirds, counts } = lossy((say, lose) => {
      greet(say);
      say(0, ask(1, "/first"));
      lose(0, ask(3, "/first").length);
      for (const bytes of [
        ask(5, "/third"),
        ask(7, "/first"),
        up.settings(frames.ACK),
        up.settings(frames.ACK),
      ])
        say(0, bytes);
      for (const id of [1, 3, 5, 7]) say(1, answer(id));
    });
    // The path of the last request is an entry of before the gap; so is every authority, but the connection named only one.
    expect(lines(exchanges)).toEqual([
      "h2 GET shop.test /first 200",
      "h2 GET shop.test /third 200",
      "h2 - shop.test  200 orphan-response",
      "h2 - shop.test  200 orphan-response",
    ]);
    expect(weirds).toEqual(["h2.unknown-request"]);
    expect(counts).toMatchObject({ "h2.requests-unknown": 2, "h2.lost-sync": 1 });
  });

  test("of a response leaves its request with an unknown status", () => {
    const { ask, answer, down } = talk();
    const { exchanges } = lossy((say, lose) => {
      greet(say);
      for (const [id, path] of [
        [1, "/first"],
        [3, "/second"],
      ] as const)
        say(0, ask(id, path));
      lose(1, answer(1).length);
      for (const bytes of [answer(3), down.settings(frames.ACK), down.settings(frames.ACK)]) say(1, bytes);
    });
    expect(lines(exchanges).toSorted()).toEqual([
      "h2 GET shop.test /first gap gap",
      "h2 GET shop.test /second 200 response-partial gap",
    ]);
  });

  test("around single messages, in the middle of a connection, leaves those that came whole", () => {
    const { up, down, ask } = talk();
    up.encoder.encode(get("/unheard"));
    const { exchanges } = lossy(
      (say, lose) => {
        say(0, ask(3, "/first"));
        lose(0, 30);
        say(1, down.headers(3, [[":status", "200"]]));
        lose(1, 17);
        say(1, down.data(3, "some bytes", frames.END_STREAM));
      },
      { midstream: true },
    );
    expect(lines(exchanges)).toEqual(["h2 GET 10.0.0.2:8080 /first 200 response-partial gap midstream"]);
  });

  test("a swapped guess of who is the client is put right by the first method seen", () => {
    const { exchanges } = lossy(
      (say) => {
        const asks = talker();
        const tells = talker();
        for (const bytes of [asks.headers(1, get("/a"), CLOSING), asks.settings(1), asks.settings(1)])
          say(1, bytes);
        for (const bytes of [
          tells.headers(1, [[":status", "200"]], CLOSING),
          tells.settings(1),
          tells.settings(1),
        ])
          say(0, bytes);
      },
      { midstream: true },
    );
    expect(lines(exchanges)).toEqual(["h2 GET shop.test /a 200 midstream"]);
    expect(exchanges[0]?.server.address).toBe("10.0.0.1");
  });

  test("a preface in a flow heard from its middle makes all of it certain", () => {
    const { exchanges } = lossy(
      (say) => {
        const { ask, answer, down } = talk();
        greet(say);
        say(0, ask(3, "/second"));
        for (const bytes of [answer(3), down.settings(1)]) say(1, bytes);
      },
      { midstream: true },
    );
    expect(lines(exchanges)).toEqual(["h2 GET shop.test /second 200"]);
  });
});

describe("hostile peers", () => {
  test("a CONTINUATION flood is refused after 32 and the stream stays countable", () => {
    const flood = Array.from({ length: 100_000 }, () =>
      frame(frames.CONTINUATION, 0, 1, Uint8Array.from([0x82])),
    );
    const { weirds, exchanges } = decode(
      opened(
        [0, frame(frames.HEADERS, 0, 1)],
        [0, Buffer.concat(flood)],
        [0, frame(frames.CONTINUATION, frames.END_HEADERS, 1)],
        [0, talker().headers(3, get("/after"), CLOSING)],
      ),
    );
    expect(weirds).toEqual(["h2.continuation-limit"]);
    expect(lines(exchanges)).toEqual(
      ["h2 GET shop.test /after one-way one-way"].map(() => expect.stringContaining("GET shop.test /after")),
    );
  });

  test("a header block over 64 KiB is refused", () => {
    const big = Array.from({ length: 5 }, (_, at) =>
      frame(
        at === 0 ? frames.HEADERS : frames.CONTINUATION,
        at === 4 ? frames.END_HEADERS : 0,
        1,
        new Uint8Array(16_384),
      ),
    );
    const { weirds } = decode(opened([0, Buffer.concat(big)]));
    expect(weirds).toContain("h2.header-block-limit");
  });

  test("more than 1,024 live streams push the oldest out", () => {
    const up = talker();
    const many = Array.from({ length: 1500 }, (_, at) => up.headers(at * 2 + 1, get("/a"), CLOSING));
    const { exchanges, weirds } = decode(opened([0, Buffer.concat(many)]));
    expect(exchanges).toHaveLength(1500);
    expect(weirds).toHaveLength(1500 - 1024);
  });

  test("a frame inside a header block is named", () => {
    const up = talker();
    const { weirds } = decode(opened([0, up.headers(1, get("/a"), 0)], [0, up.settings(frames.ACK)]));
    expect(weirds).toContain("h2.continuation-missing");
  });

  test("a preface that is none, and nonsense between frames", () => {
    expect(decode([{ side: 0, bytes: text("GET / HTTP/1.1\r\n\r\n") }]).weirds).toEqual(["h2.preface"]);
    const nonsense = Buffer.alloc(200, 0xff);
    nonsense.set([0, 0, 0, frames.SETTINGS, 0, 0, 0, 0, 9]);
    expect(decode(opened([0, nonsense])).weirds).toEqual(["h2.frame"]);
  });

  test("any bytes never throw, and every byte cut gives the same", () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .record({
          type: fc.nat(11),
          flags: fc.nat(255),
          stream: fc.nat(5),
          payload: fc.uint8Array({ maxLength: 30 }),
        })
        .map(({ type, flags, stream, payload }) => frame(type, flags, stream, payload)),
    );
    const heard = fc.array(fc.tuple(fc.constantFrom(0 as const, 1 as const), piece), { maxLength: 12 });
    fc.assert(
      fc.property(
        heard,
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 20 }),
        (said, midstream, greeted, cut) => {
          const talk = greeted ? opened(...said) : said.map(([side, bytes]) => ({ side, bytes }));
          const ends = { midstream };
          expect(decode(talk, { ends, cut })).toEqual(decode(talk, { ends }));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("with stretches missing, what is told is true", () => {
    const up = talker();
    const down = talker();
    const said = Array.from({ length: 40 }, (_, at): [0 | 1, Uint8Array][] => [
      [0, up.headers(at * 2 + 1, [...get(`/p${at % 7}`), ["x-page", String(at % 5)]], CLOSING)],
      // Statuses beyond the static table, so that they are entries too.
      [
        1,
        down.headers(
          at * 2 + 1,
          [
            [":status", String(420 + (at % 7))],
            ["x-page", String(at % 3)],
          ],
          CLOSING,
        ),
      ],
    ]);
    const heard = joined(opened(...said.flat()));
    const holes = fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 60 })), { maxLength: 4 });
    fc.assert(
      fc.property(holes, holes, fc.boolean(), (up, down, midstream) => {
        const sink = recorder();
        const decoder = createHttp2Decoder({ ...ENDS, midstream }, sink);
        for (const { side, bytes } of heard) {
          let at = 0;
          for (const [skip, length] of side === 0 ? up : down) {
            decoder.data({ side, bytes: bytes.subarray(at, at + skip), at: 1, offset: at, acked: -1 });
            decoder.gap(side, at + skip, Math.max(0, Math.min(length, bytes.length - at - skip)), 1);
            at += skip + length;
          }
          decoder.data({ side, bytes: bytes.subarray(at), at: 1, offset: at, acked: -1 });
        }
        decoder.end(0, 1, "fin");
        decoder.end(1, 1, "fin");
        for (const { request, outcome } of sink.exchanges) {
          if (request.method === "" || outcome.kind === "unknown") continue;
          expect(`${request.method} ${request.path}`).toBe(`GET /p${outcome.response.status - 420}`);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("real talk with bytes flipped and stretches missing never throws", async () => {
    const heard = joined(await shop());
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
        fc.nat(300),
        fc.nat(60),
        (flips, from, length) => {
          const sink = recorder();
          const decoder = createHttp2Decoder(ENDS, sink);
          for (const { side, bytes } of heard) {
            const mutated = Uint8Array.from(bytes);
            for (const [at, value] of flips) mutated[at % mutated.length] = value;
            decoder.data({ side, bytes: mutated.subarray(0, from), at: 1, offset: 0, acked: -1 });
            decoder.gap(side, from, length, 1);
            decoder.data({ side, bytes: mutated.subarray(from + length), at: 1, offset: 0, acked: -1 });
          }
          decoder.end(0, 1, "rst");
          decoder.end(1, 1, "rst");
          expect(sink.exchanges.length).toBeLessThan(50);
        },
      ),
    );
  });
});
