// TLS connections that Node has with itself: opened with logged secrets, described without them.
import * as http2 from "node:http2";
import * as tls from "node:tls";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FlowDecoder } from "../../../../collectors/wire/flow.ts";
import { createHttp2Decoder } from "../../../../collectors/wire/http2/decoder.ts";
import { createKeyLog as createLog, createTlsDecoder } from "../../../../collectors/wire/tls/decoder.ts";
import type { TlsFlowFacts } from "../../../../collectors/wire/tls/decoder.ts";
import { ENDS, feed, joined, lines, recorder, tappedPair } from "../http2/tap.ts";
import type { Heard } from "../http2/tap.ts";
import { knownIdentity, talk } from "./talk.ts";

/** Writes down what reaches it, one line a direction. */
function listener() {
  const said = ["", ""];
  const told: string[] = [];
  const decoder: FlowDecoder = {
    data: ({ side, bytes, offset, acked }) => {
      if (offset !== (said[side] ?? "").length || acked !== -1) told.push(`offset ${offset}`);
      said[side] += Buffer.from(bytes).toString("latin1");
    },
    gap: (side, offset, length) => {
      told.push(`gap ${side} ${offset} ${length}`);
      said[side] += "?".repeat(length);
    },
    end: (side, _at, how) => void told.push(`end ${side} ${how}`),
    weight: 0,
  };
  return { said, told, decoder };
}

function listen(heard: readonly Heard[], { keylog = "", cut = 0, play = feed as typeof feed } = {}) {
  const sink = recorder();
  const inner = listener();
  const facts: TlsFlowFacts[] = [];
  const alpns: (string | null)[] = [];
  const keys = createLog({ growing: true });
  keys.add(keylog);
  const decoder = createTlsDecoder(ENDS, sink, {
    keys,
    inner: (_ends, alpn) => {
      alpns.push(alpn);
      return inner.decoder;
    },
    onFlow: (fact) => void facts.push(fact),
  });
  play(decoder, heard, cut);
  const { weirds, counts } = sink;
  return { said: inner.said, told: inner.told, alpns, facts, weirds, counts };
}

const ENDED = ["end 0 fin", "end 1 fin"];
const LONG = "the quick brown fox ".repeat(2000);

const legacy = { minVersion: "TLSv1.2", maxVersion: "TLSv1.2" } as const;
const modern = { minVersion: "TLSv1.3", maxVersion: "TLSv1.3" } as const;

describe("TLS 1.2 is opened", () => {
  test.each([
    ["ECDHE-ECDSA-AES128-GCM-SHA256", "ec"],
    ["ECDHE-ECDSA-AES256-GCM-SHA384", "ec"],
    ["ECDHE-ECDSA-CHACHA20-POLY1305", "ec"],
    ["ECDHE-ECDSA-AES128-CCM", "ec"],
    ["ECDHE-ECDSA-AES256-CCM8", "ec"],
    ["ECDHE-ECDSA-AES128-SHA", "ec"],
    ["ECDHE-ECDSA-AES256-SHA384", "ec"],
    ["ECDHE-RSA-AES128-SHA256", "rsa"],
    ["ECDHE-RSA-AES256-GCM-SHA384", "rsa"],
    ["AES128-SHA", "rsa"],
    ["AES256-SHA256", "rsa"],
    ["AES128-GCM-SHA256", "rsa"],
    ["AES128-CCM8", "rsa"],
  ] as const)("with %s", async (name, kind) => {
    const ciphers = `${name}:@SECLEVEL=0`;
    const { heard, keylog } = await talk({
      kind,
      client: { ...legacy, ciphers },
      server: { ...legacy, ciphers },
      turns: ["ping", LONG, "bye"],
    });
    expect(listen(heard, { keylog })).toMatchObject({
      said: ["pingbye", LONG],
      told: ENDED,
      weirds: [],
      counts: { "tls.opened-flows": 1 },
      facts: [{ version: 0x0303, sni: "shop.test", opened: true }],
    });
  });

  test("without encrypt-then-MAC too", async () => {
    const ciphers = "AES128-SHA:@SECLEVEL=0";
    // OpenSSL: SSL_OP_NO_ENCRYPT_THEN_MAC.
    const secureOptions = 0x80000;
    const { heard, keylog } = await talk({
      kind: "rsa",
      client: { ...legacy, ciphers, secureOptions },
      server: { ...legacy, ciphers },
    });
    expect(listen(heard, { keylog })).toMatchObject({ said: ["ping", "pong"], told: ENDED, weirds: [] });
  });
});

describe("TLS 1.3 is opened", () => {
  test.each([
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_CCM_SHA256",
    "TLS_AES_128_CCM_8_SHA256",
  ])("with %s", async (name) => {
    const ciphers = `${name}:ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0`;
    const { heard, keylog } = await talk({
      client: { ...modern, ciphers },
      server: { ...modern, ciphers },
      turns: ["ping", LONG, "bye"],
    });
    expect(listen(heard, { keylog })).toMatchObject({
      said: ["pingbye", LONG],
      told: ENDED,
      weirds: [],
      counts: { "tls.opened-flows": 1 },
      facts: [{ version: 0x0304, sni: "shop.test", opened: true }],
    });
  });

  test("after a HelloRetryRequest", async () => {
    const { heard, keylog } = await talk({
      client: { ...modern, ecdhCurve: "P-384:P-256" },
      server: { ...modern, ecdhCurve: "P-256" },
    });
    expect(listen(heard, { keylog })).toMatchObject({ said: ["ping", "pong"], told: ENDED, weirds: [] });
  });

  test("with traffic secrets alone", async () => {
    const { heard, keylog } = await talk({ client: modern });
    const lines = keylog.split("\n").filter((line) => /_TRAFFIC_SECRET_0/.test(line));
    expect(listen(heard, { keylog: lines.join("\n") })).toMatchObject({
      said: ["ping", "pong"],
      told: ENDED,
      weirds: [],
    });
  });

  test("the protocol chosen is known to the decoder of the content", async () => {
    const { heard, keylog } = await talk({
      client: { ...modern, ALPNProtocols: ["h2", "http/1.1"] },
      server: { ALPNProtocols: ["h2"] },
    });
    expect(listen(heard, { keylog })).toMatchObject({
      alpns: ["h2"],
      facts: [{ alpn: "h2", alpnOffered: ["h2", "http/1.1"] }],
    });
    expect(listen(heard)).toMatchObject({ alpns: [], facts: [{ alpn: null }] });
  });

  test("a certificate of the client is noticed", async () => {
    const { heard, keylog } = await talk({
      client: { ...modern, ...knownIdentity("ec") },
      server: { ...modern, requestCert: true, rejectUnauthorized: false },
    });
    expect(listen(heard, { keylog }).facts).toMatchObject([{ clientCertificate: true }]);
  });
});

describe("without secrets", () => {
  test("the hellos are described and the bytes counted", async () => {
    const { heard } = await talk({
      client: { ...legacy, ALPNProtocols: ["http/1.1"] },
      server: { ALPNProtocols: ["http/1.1"] },
    });
    const { said, facts, counts, weirds } = listen(heard);
    const [up, down] = joined(heard).map(({ bytes }) => bytes.length);
    expect(said).toEqual(["", ""]);
    expect(weirds).toEqual([]);
    expect(facts).toEqual([
      {
        client: ENDS.client,
        server: ENDS.server,
        startedAt: 1000,
        endedAt: 1000,
        sni: "shop.test",
        ech: false,
        alpnOffered: ["http/1.1"],
        alpn: "http/1.1",
        version: 0x0303,
        cipherSuite: expect.any(Number),
        ja4: expect.stringMatching(/^t12d\d{4}h1_[0-9a-f]{12}_[0-9a-f]{12}$/),
        clientCertificate: false,
        bytes: [up, down],
        opened: false,
        isFurther: false,
      },
    ]);
    expect(counts["bytes.tls"]).toBeGreaterThan(100);
  });

  test("other secrets open nothing and nothing is invented", async () => {
    const { heard, keylog } = await talk({ client: modern });
    const other = keylog.replaceAll(/[0-9a-f]{96}\n/g, `${"ab".repeat(48)}\n`);
    expect(listen(heard, { keylog: other })).toMatchObject({
      said: ["", ""],
      counts: { "tls.closed-flows": 1 },
    });
  });

  test("bytes that are no TLS are named", () => {
    const { weirds, facts } = listen([{ side: 0, bytes: Buffer.from("GET / HTTP/1.1\r\n\r\n") }]);
    expect(weirds).toEqual(["tls.record"]);
    expect(facts).toMatchObject([{ sni: null, ja4: null, bytes: [18, 0] }]);
  });
});

describe("secrets", () => {
  const createKeyLog = () => createLog({ growing: true });

  test("may come after the packets", async () => {
    const { heard, keylog } = await talk({ client: modern, turns: ["ping", LONG, "bye"] });
    const keys = createKeyLog();
    const inner = listener();
    const sink = recorder();
    const decoder = createTlsDecoder(ENDS, sink, { keys, inner: () => inner.decoder });
    heard.forEach(({ side, bytes }, index) => {
      if (index === heard.length - 1) keys.add(keylog);
      decoder.data({ side, bytes, at: 1000 + index, offset: 0, acked: -1 });
    });
    decoder.end(0, 2000, "fin");
    decoder.end(1, 2000, "fin");
    expect(inner.said).toEqual(["pingbye", LONG]);
    expect(sink.counts).toEqual({ "tls.opened-flows": 1 });
  });

  test("that come after the end of one side still count", async () => {
    const { heard, keylog } = await talk({ client: legacy });
    const keys = createKeyLog();
    const inner = listener();
    const decoder = createTlsDecoder(ENDS, recorder(), { keys, inner: () => inner.decoder });
    for (const { side, bytes } of heard) decoder.data({ side, bytes, at: 1, offset: 0, acked: -1 });
    decoder.end(0, 1, "fin");
    keys.add(keylog);
    decoder.end(1, 1, "fin");
    expect(inner).toMatchObject({ said: ["ping", "pong"], told: ENDED });
  });

  test("are forgotten with the connection", async () => {
    const { heard, keylog } = await talk({ client: legacy });
    const keys = createKeyLog();
    keys.add(keylog);
    const random = keylog.split(" ")[1] ?? "";
    expect(keys.find(random)?.size).toBe(1);
    feed(createTlsDecoder(ENDS, recorder(), { keys, inner: () => listener().decoder }), heard);
    expect(keys.find(random)).toBe(undefined);
  });

  test("that never come cost no more than 256 KiB a direction", async () => {
    const { heard } = await talk({ client: modern, turns: ["ping", "x".repeat(400_000)] });
    const { counts, facts } = listen(heard);
    expect(counts).toMatchObject({ "tls.held-limit": 1, "tls.closed-flows": 1 });
    expect(counts["bytes.tls"]).toBeGreaterThan(400_000);
    expect(facts).toHaveLength(1);
  });

  test("are not waited for longer than half a minute", async () => {
    const { heard, keylog } = await talk({ client: modern });
    const keys = createKeyLog();
    const inner = listener();
    const sink = recorder();
    const decoder = createTlsDecoder(ENDS, sink, { keys, inner: () => inner.decoder });
    for (const { side, bytes } of heard) decoder.data({ side, bytes, at: 1000, offset: 0, acked: -1 });
    decoder.data({ side: 0, bytes: new Uint8Array(0), at: 40_000, offset: 0, acked: -1 });
    keys.add(keylog);
    decoder.end(0, 40_000, "idle");
    decoder.end(1, 40_000, "idle");
    expect(inner.said).toEqual(["", ""]);
    expect(sink.counts["tls.closed-flows"]).toBe(1);
  });
});

test("HTTP/2 inside is told as HTTP/2", async () => {
  const { ends, heard } = tappedPair();
  let keylog = "";
  const server = http2.createSecureServer(knownIdentity("ec"));
  server.on("keylog", (line: Buffer) => void (keylog += String(line)));
  server.on("stream", (stream) => {
    stream.respond({ ":status": 201 });
    stream.end("made");
  });
  server.emit("connection", ends[1]);
  const secured = {
    socket: ends[0],
    servername: "shop.test",
    rejectUnauthorized: false,
    ALPNProtocols: ["h2"],
  };
  const client = http2.connect("https://shop.test", { createConnection: () => tls.connect(secured) });
  await new Promise((resolve) => {
    const call = client.request({ ":method": "POST", ":path": "/orders" });
    call.end("{}");
    call.on("close", resolve).resume();
  });
  client.close();
  const sink = recorder();
  const keys = createLog();
  keys.add(keylog);
  const decoder = createTlsDecoder(ENDS, sink, {
    keys,
    inner: (inside, alpn) => {
      expect(alpn).toBe("h2");
      return createHttp2Decoder(inside, sink);
    },
  });
  feed(decoder, heard);
  expect(lines(sink.exchanges)).toEqual(["h2 POST shop.test /orders 201"]);
  expect(sink.exchanges[0]?.request.scheme).toBe("https");
  expect(sink.weirds).toEqual([]);
});

test("cutting anywhere gives the same", async () => {
  for (const client of [legacy, modern]) {
    const { heard, keylog } = await talk({ client, turns: ["ping", "pong", "bye"] });
    const whole = listen(heard, { keylog });
    for (const cut of [1, 2, 5, 7, 100]) expect(listen(heard, { keylog, cut })).toEqual(whole);
  }
});

test("a hole inside a record is a hole of known length in the content", async () => {
  const { heard, keylog } = await talk({
    client: { ...modern, ciphers: "TLS_AES_128_GCM_SHA256" },
    turns: ["one", "two", "three", "four", "five"],
  });
  // The one record of its length: header 5, "three" 5, content type 1, tag 16 (RFC 8446, section 5.2).
  const lost = heard.findIndex(({ side, bytes }) => side === 0 && bytes.length === 27);
  const play = (decoder: FlowDecoder) => {
    heard.forEach(({ side, bytes }, index) => {
      const keep = index === lost ? 8 : bytes.length;
      decoder.data({ side, bytes: bytes.subarray(0, keep), at: 1, offset: 0, acked: -1 });
      if (index === lost) decoder.gap(side, 0, bytes.length - keep, 1);
    });
    decoder.end(0, 1, "fin");
    decoder.end(1, 1, "fin");
  };
  const { said, told, weirds } = listen(heard, { keylog, play });
  expect(weirds).toEqual([]);
  expect(said[1]).toBe("twofour");
  expect(said[0]).toMatch(/\?/);
  expect(said[0]?.length).toBe("onethreefive".length);
  expect(told.filter((line) => line.startsWith("offset"))).toEqual([]);
});

test.each([
  ["TLS 1.3", modern],
  ["TLS 1.2 with GCM", { ...legacy, ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256" }],
  ["TLS 1.2 with ChaCha20", { ...legacy, ciphers: "ECDHE-ECDSA-CHACHA20-POLY1305" }],
])("behind a hole over several records %s goes on at the right place", async (_, client) => {
  const turns = Array.from({ length: 20 }, (_, turn) => `turn ${turn}`);
  const { heard, keylog } = await talk({ client, turns });
  const length = joined(heard)[0]?.bytes.length ?? 0;
  const lost = { from: length - 230, to: length - 120 };
  const play = (decoder: FlowDecoder) => {
    let at = 0;
    for (const { side, bytes } of heard) {
      // One byte at a time, so that the search has to wait.
      for (const byte of side === 0 ? bytes : []) {
        if (at === lost.from) decoder.gap(0, at, lost.to - lost.from, 1);
        const missing = at >= lost.from && at < lost.to;
        if (!missing) decoder.data({ side, bytes: Uint8Array.from([byte]), at: 1, offset: at, acked: -1 });
        at++;
      }
      if (side === 1) decoder.data({ side, bytes, at: 1, offset: 0, acked: -1 });
    }
    decoder.end(0, 1, "fin");
    decoder.end(1, 1, "fin");
  };
  const { said, told, counts } = listen(heard, { keylog, play });
  const whole = turns.filter((_, turn) => turn % 2 === 0).join("");
  expect(counts["tls.lost-sync"]).toBe(1);
  expect(said[0]).toHaveLength(whole.length);
  expect(whole).toMatch(new RegExp(`^${said[0]?.replaceAll("?", ".")}$`));
  expect(said[0]).toMatch(/^turn 0.*\?{6,}.*turn 18$/);
  expect(told.filter((line) => line.startsWith("offset"))).toEqual([]);
});

test("without a key log nothing waits", async () => {
  const { heard } = await talk({ client: modern });
  const sink = recorder();
  const keys = Object.assign(createLog(), { reserve: () => expect.fail("held") });
  feed(createTlsDecoder(ENDS, sink, { keys, inner: () => listener().decoder }), heard);
  expect(sink.counts["tls.closed-flows"]).toBe(1);
});

test("flipped bytes and any bytes never throw and never give content that was not sent", async () => {
  const { heard, keylog } = await talk({ client: modern, turns: ["ping", "pong"] });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }),
      fc.uint8Array({ maxLength: 50 }),
      (flips, tail) => {
        const mutated = joined(heard).map(({ side, bytes }) => {
          const copy = Uint8Array.from([...bytes, ...tail]);
          for (const [at, value] of flips) copy[at % copy.length] = value;
          return { side, bytes: copy };
        });
        const { said } = listen(mutated, { keylog });
        expect(["ping", ""]).toContain(said[0]);
        expect(["pong", ""]).toContain(said[1]);
      },
    ),
  );
});
