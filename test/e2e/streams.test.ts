// Streams for real: Node's servers on loopback, recorded by tcpdump, counted frame by frame with the times of the packets.
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import http2 from "node:http2";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import type { Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { createGzip } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { capture } from "../../collectors/pcap/capture-reader.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { quantile } from "../../src/model/sketch.ts";
import { createDigest } from "../../src/digest/digest.ts";
import { hash32 } from "../../src/model/hash.ts";
import { frames } from "../src/digest/grpc/encode.ts";
import { recorded } from "../support/recorded.ts";
import { captureMissing } from "../support/tcpdump.ts";

const noCapture = captureMissing("Recorded streams");
if (noCapture !== null) process.stderr.write(`${noCapture}\n`);

/** Milliseconds between two writes. A timer may be late, never early. */
const GAP = 50;
const WRITES = 10;

async function stream(to: Writable, piece: (at: number) => string | Uint8Array, flush?: () => Promise<void>) {
  for (let at = 0; at < WRITES; at++) {
    to.write(piece(at));
    await flush?.();
    await pause(GAP);
  }
  to.end();
}

const event = (at: number) => `event: delta\ndata: {"text":"w${at}"}\n\n`;
const HANDLERS: Readonly<Record<string, (response: http.ServerResponse) => Promise<void>>> = {
  "/sse": (response) => stream(response.setHeader("content-type", "text/event-stream"), event),
  // Two in one packet.
  "/twins": (response) =>
    stream(response.setHeader("content-type", "text/event-stream"), (at) => event(at) + event(at)),
  "/packed": (response) => {
    response.setHeader("content-type", "text/event-stream").setHeader("content-encoding", "gzip");
    const packer = createGzip();
    packer.pipe(response);
    return stream(packer, event, () => new Promise((done) => packer.flush(done)));
  },
  "/lines": (response) =>
    stream(response.setHeader("content-type", "application/x-ndjson"), (at) => `{"n":${at}}\n`),
  "/items": (response) =>
    stream(
      response.setHeader("content-type", "application/json"),
      (at) => `${at === 0 ? "[" : ","}{"n":${at}}${at === WRITES - 1 ? "]" : ""}`,
    ),
};

let folder = "";
const heard = new Map<string, Exchange>();

async function ask(url: string): Promise<void> {
  const [response] = (await once(http.get(url), "response")) as [http.IncomingMessage];
  response.resume();
  await once(response, "end");
}

async function call(port: number): Promise<void> {
  const session = http2.connect(`http://127.0.0.1:${port}`);
  const request = session.request({
    ":method": "POST",
    ":path": "/shop.Chat/Ask",
    "content-type": "application/grpc",
    te: "trailers",
  });
  request.end(frames([[1, "What is the capital of France?"]]));
  request.resume();
  await once(request, "end");
  session.close();
  await once(session, "close");
}

function answer(call: http2.ServerHttp2Stream): void {
  call.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  call.on("wantTrailers", () => call.sendTrailers({ "grpc-status": "0" }));
  void stream(call, (at) => frames([[1, `word ${at} of it`]]));
}

beforeAll(async () => {
  if (noCapture !== null) return;
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-streams-"));
  const web = http
    .createServer((request, response) => void HANDLERS[request.url ?? ""]?.(response))
    .listen(0, "127.0.0.1");
  const grpc = http2.createServer().on("stream", answer).listen(0, "127.0.0.1");
  await Promise.all([once(web, "listening"), once(grpc, "listening")]);
  const ports = [web, grpc].map((server) => (server.address() as AddressInfo).port) as [number, number];
  const file = path.join(folder, "streams.pcap");
  await recorded(file, ports, async () => {
    await Promise.all([
      ...Object.keys(HANDLERS).map((at) => ask(`http://127.0.0.1:${ports[0]}${at}`)),
      call(ports[1]),
    ]);
  });
  web.close();
  grpc.close();
  const sink = {
    exchange: (exchange: Exchange) => void heard.set(exchange.request.path, exchange),
    weird() {},
    count() {},
    ready: () => undefined,
  };
  await capture.read(createReadStream(file), sink, { name: "streams" });
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test.skipIf(noCapture !== null).each([
  ["/sse", "events", WRITES, GAP],
  ["/twins", "events", 2 * WRITES, 0],
  ["/packed", "events", WRITES, GAP],
  ["/lines", "lines", WRITES, GAP],
  ["/items", "items", WRITES, GAP],
  ["/shop.Chat/Ask", "grpc", WRITES, GAP],
])("%s streams %s", (at, kind, count, gap) => {
  const stream = heard.get(at)?.stream;
  expect(stream?.kinds).toEqual({ [kind]: 1 });
  expect(stream?.received?.frames).toBe(count);
  const gaps = stream?.received?.gaps ?? {};
  expect(Object.values(gaps).reduce((a, b) => a + b, 0)).toBe(count - 1);
  // Within what histograms are exact to; every second of twins comes with the first.
  expect(quantile(gaps, 0.5)).toBeGreaterThanOrEqual(gap * 0.95);
  expect(quantile(gaps, 1)).toBeGreaterThanOrEqual(GAP * 0.95);
});

test.skipIf(noCapture !== null)("a gRPC call has its status and its messages by field number", () => {
  const exchange = heard.get("/shop.Chat/Ask") as Exchange;
  const { key, facts } = createDigest({ dataClasses: [], hash32 }).digest(exchange);
  expect([key.style, key.operation, Object.keys(facts.responses)]).toEqual([
    "grpc",
    "shop.Chat/Ask",
    ["200"],
  ]);
  expect(facts.grpc?.statuses).toEqual({ OK: 1 });
  const shape = facts.responses["200"]?.bodies["application/grpc"]?.shape;
  expect(shape?.object?.fields.kept["1"]).toMatchObject({ count: WRITES, string: { count: WRITES } });
});
