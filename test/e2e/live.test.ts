// Live traffic for real: tcpdump on loopback hears a server's exchanges, and the command line refuses in sentences.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { startLiveCapture } from "../../collectors/pcap/live.ts";
import type { TcpdumpChild } from "../../collectors/pcap/live-process.ts";
import { openWay, runLive } from "../../src/app/live.ts";
import type { CaptureHealth } from "../../src/model/health.ts";
import type { Sighting } from "../../src/model/sighting.ts";
import { SILENT } from "../../src/ops/log.ts";
import { createMetrics } from "../../src/ops/metrics.ts";
import { createShutdown } from "../../src/ops/shutdown.ts";
import { createMemoryStream } from "../../src/stream/memory-stream.ts";
import { listener, until } from "../collectors/pcap/live-sink.ts";
import { identity } from "../collectors/wire/tls/certificate.ts";
import { LOOPBACK, captureMissing } from "../support/tcpdump.ts";
import { umbra } from "../support/umbra.ts";

const noCapture = captureMissing("Live capture");
if (noCapture !== null) process.stderr.write(`${noCapture}\n`);

test.runIf(process.env["CI"] === "true")("tcpdump can capture here", () => {
  expect(noCapture).toBeNull();
});

/** A server on loopback that answers 201 to everything, with what it was sent. */
async function aServer() {
  const server = http.createServer((request, response) => {
    response.writeHead(201, { "content-type": "application/json" });
    request.pipe(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const post = async (target: string): Promise<void> => {
    const answer = await fetch(`http://127.0.0.1:${port}${target}`, { method: "POST", body: '{"id":7}' });
    await answer.text();
  };
  return { port, post, close: () => server.close() };
}

describe.skipIf(noCapture !== null)("tcpdump on loopback", () => {
  test("exchanges arrive, whole, and the kernel tells what it took", async () => {
    const { port, post, close } = await aServer();
    const heard = listener();
    const request = { interface: LOOPBACK, filter: `tcp port ${port}`, snaplen: 0 };
    const source = await startLiveCapture(request, heard.sink, { log: SILENT, now: Date.now });
    for (let i = 0; i < 50; i++) await post(`/orders/${i}`);
    await until(() => heard.exchanges.length === 50);
    expect(heard.exchanges.map(({ request }) => request.path)).toEqual(
      Array.from({ length: 50 }, (_, i) => `/orders/${i}`),
    );
    for (const { source, outcome, flags, request, server } of heard.exchanges) {
      expect({ source, flags, server, method: request.method }).toEqual({
        source: "mirror",
        flags: [],
        server: { address: "127.0.0.1", port },
        method: "POST",
      });
      expect(outcome).toMatchObject({ kind: "answered", response: { status: 201 } });
    }
    await source.refresh();
    await until(() => heard.counters.has("kernel.received"));
    await source.stop();
    await source.ended;
    close();
    expect(heard.counters.get("kernel.received")).toBeGreaterThanOrEqual(heard.counters.get("packets") ?? 0);
    expect(heard.counters.get("kernel.dropped")).toBeUndefined();
    expect(heard.counters.get("capture.restarts")).toBeUndefined();
  });

  test("a tcpdump that is killed is started again, and the next exchange arrives", async () => {
    const { port, post, close } = await aServer();
    const heard = listener();
    const filter = `tcp port ${port}`;
    const capture = { interface: LOOPBACK, filter, snaplen: 0 };
    const children: TcpdumpChild[] = [];
    const spawning = (args: readonly string[]): TcpdumpChild => {
      const child = spawn("tcpdump", args, { stdio: ["ignore", "pipe", "pipe"] });
      children.push(child);
      return child;
    };
    const parts = { log: SILENT, now: Date.now, spawn: spawning };
    const source = await startLiveCapture(capture, heard.sink, parts);
    children[0]?.kill("SIGKILL");
    await until(() => heard.counters.get("capture.restarts") === 1);
    while (heard.exchanges.length === 0) {
      await post("/again");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await source.stop();
    await source.ended;
    close();
    expect(children).toHaveLength(2);
    // The new tcpdump may come in the middle of an exchange: its answer is then an orphan, never a wrong pair.
    const whole = heard.exchanges.filter(({ flags }) => !flags.includes("orphan-response"));
    expect(new Set(whole.map(({ request }) => request.path))).toEqual(new Set(["/again"]));
  });

  test("TLS is opened with keys that are logged while it is captured", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "umbra-keys-"));
    const keylogFile = path.join(folder, "keys.log");
    const server = https.createServer(identity("ec"), (_request, response) => response.end("{}"));
    server.on("keylog", (line: Buffer) => appendFileSync(keylogFile, line));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const get = async (target: string): Promise<void> => {
      const url = `https://127.0.0.1:${port}${target}`;
      const asked = https.get(url, { agent: false, rejectUnauthorized: false });
      const [response] = (await once(asked, "response")) as [http.IncomingMessage];
      await once(response.resume(), "end");
    };
    const heard = listener();
    const shutdown = createShutdown({ log: SILENT });
    const capture = { interface: LOOPBACK, filter: `tcp port ${port}`, snaplen: 0 };
    // There is no such file yet: it comes with the first connection.
    const source = await openWay({ kind: "pcap", capture, keylogFile }, heard.sink, {
      log: SILENT,
      shutdown,
    });
    await get("/one");
    await get("/two");
    await until(() => heard.exchanges.length === 2);
    await source.stop();
    await source.ended;
    await shutdown.run("test");
    server.close();
    await rm(folder, { recursive: true });
    expect(heard.exchanges.map(({ request }) => request.path).sort()).toEqual(["/one", "/two"]);
    expect(heard.exchanges.map(({ flags, source: from }) => [flags, from])).toEqual([
      [[], "mirror"],
      [[], "mirror"],
    ]);
  });

  test("sightings and health reach the stream", async () => {
    const { port, post, close } = await aServer();
    const stream = createMemoryStream({ metrics: createMetrics() });
    const sightings: Sighting[] = [];
    const health: CaptureHealth[] = [];
    await stream.consume("umbra.sightings.v1", async ({ messages }) => {
      sightings.push(...messages.map(({ value }) => value));
    });
    await stream.consume("umbra.collector-health.v1", async ({ messages }) => {
      health.push(...messages.map(({ value }) => value));
    });
    const shutdown = createShutdown({ log: SILENT });
    let started = false;
    const running = runLive(
      { log: SILENT, shutdown },
      {
        name: "here lo",
        secret: new Uint8Array(32),
        stream,
        open: async (sink) => {
          const request = { interface: LOOPBACK, filter: `tcp port ${port}`, snaplen: 0 };
          const source = await startLiveCapture(request, sink, { log: SILENT, now: Date.now });
          started = true;
          return source;
        },
        times: { flushMs: 20, healthMs: 100, lastMs: 5_000 },
      },
    );
    await until(() => started);
    await post("/orders/7");
    await until(() => sightings.length > 0);
    await shutdown.run("test");
    await running;
    await stream.flush();
    close();
    expect(sightings.map(({ key }) => [key.method, key.authority])).toEqual([["POST", `127.0.0.1:${port}`]]);
    const received = health.reduce((sum, one) => sum + (one.counters["kernel.received"] ?? 0), 0);
    expect(received).toBeGreaterThan(0);
    expect(new Set(health.map(({ collector }) => collector))).toEqual(new Set(["here lo"]));
    await stream.close();
  });
});

describe("umbra collect", () => {
  // Nothing listens there: whoever starts wrongly must say so before a broker is asked for.
  const env = {
    UMBRA_KAFKA_BROKERS: "127.0.0.1:9",
    UMBRA_SECRET: "a secret of the test that is long enough",
  };
  test.each([
    [["pcap"], /give capture files, - for stdin, or --interface/],
    [["pcap", "a.pcap", "--interface", "lo"], /either inputs or --interface/],
    [["pcap", "a.pcap", "--filter", "tcp"], /only go with --interface/],
    [["pcap", "--interface=-w/tmp/x"], /--interface must name/],
    [["pcap", "--interface", "lo", "--filter=-x"], /--filter must be/],
    [["pcap", "--interface", "lo", "--snaplen", "many"], /--snaplen must be/],
    [["mirror", "--protocol", "gre"], /--protocol must be vxlan or geneve/],
    [["mirror", "--listen", "4789"], /--listen must be host:port/],
    [["mirror", "--listen", "192.0.2.77:4789"], /no such address/],
  ])("%j is refused with exit code 2", async (args, sentence) => {
    const { code, stderr } = await umbra(["collect", ...args], { env });
    expect(stderr).toMatch(sentence);
    expect(code).toBe(2);
  });

  test.skipIf(noCapture !== null)("an interface that is not there is refused with exit code 2", async () => {
    const { code, stderr } = await umbra(["collect", "pcap", "--interface", "nope0"], { env });
    expect(stderr).toMatch(/there is no network interface nope0/);
    expect(code).toBe(2);
  });

  test("a machine without tcpdump is told what to do", async () => {
    const { code, stderr } = await umbra(["collect", "pcap", "--interface", "lo"], {
      env: { ...env, PATH: "/nowhere" },
    });
    expect(stderr).toMatch(/tcpdump was not found; install it/);
    expect(code).toBe(2);
  });
});
