// HTTPS for real: Node's servers on loopback, recorded by tcpdump, opened with the keys that the servers log.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import http2 from "node:http2";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import type { AddressInfo, Server } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { SecureContextOptions, TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassicReader } from "../../collectors/pcap/classic.ts";
import type { Packet } from "../../collectors/wire/packet.ts";
import { identity } from "../collectors/wire/tls/certificate.ts";
import { LOOPBACK, captureMissing } from "../support/tcpdump.ts";
import { umbra } from "../support/umbra.ts";
import { pcapngFile } from "../support/wire/pcapng.ts";

const noCapture = captureMissing("Recorded TLS");
if (noCapture !== null) process.stderr.write(`${noCapture}\n`);

test.runIf(process.env["CI"] === "true")("tcpdump can capture here", () => {
  expect(noCapture).toBeNull();
});

const legacy = (ciphers: string): SecureContextOptions => ({
  minVersion: "TLSv1.2",
  maxVersion: "TLSv1.2",
  ciphers,
});
const modern = (ciphers: string): SecureContextOptions => ({ minVersion: "TLSv1.3", ciphers });

/** Each becomes a server of its own; the name is part of its paths. */
const HTTP1: Readonly<Record<string, SecureContextOptions>> = {
  "1.2-gcm": legacy("ECDHE-RSA-AES128-GCM-SHA256"),
  "1.2-chacha": legacy("ECDHE-RSA-CHACHA20-POLY1305"),
  "1.2-cbc": legacy("ECDHE-RSA-AES128-SHA:@SECLEVEL=0"),
  "1.2-cbc256": legacy("ECDHE-RSA-AES256-SHA384"),
  "1.2-rsa": legacy("AES256-GCM-SHA384"),
  "1.3-gcm128": modern("TLS_AES_128_GCM_SHA256"),
  "1.3-gcm256": modern("TLS_AES_256_GCM_SHA384"),
  "1.3-chacha": modern("TLS_CHACHA20_POLY1305_SHA256"),
};
const HTTP2: Readonly<Record<string, SecureContextOptions>> = {
  "h2-1.2": legacy("ECDHE-RSA-AES128-GCM-SHA256"),
  "h2-1.3": modern("TLS_AES_256_GCM_SHA384"),
};

/** Larger than one record, so that messages span several. */
const LARGE = JSON.stringify({ text: "again and again ".repeat(2_500) });

/** What was asked, as `umbra exchanges` must tell it. */
interface Made {
  readonly method: string;
  readonly authority: string;
  readonly path: string;
  readonly status: number;
  readonly protocol: string;
  readonly request_bytes: number;
  readonly response_bytes: number;
}

const ROUTES = [
  { method: "GET", path: "small", sent: "", status: 200, got: '{"ok":true}' },
  { method: "POST", path: "large", sent: LARGE, status: 201, got: LARGE },
  { method: "DELETE", path: "none", sent: "", status: 404, got: "{}" },
] as const;
const answerTo = (url: string) => ROUTES.find(({ path: last }) => url.endsWith(last)) ?? ROUTES[2];

const keys: string[] = [];
const rsa = identity("rsa");

async function listening<S extends Server>(server: S): Promise<[S, number]> {
  server.on("keylog", (line: Buffer) => void keys.push(String(line)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return [server, (server.address() as AddressInfo).port];
}

async function askHttp1(name: string, port: number): Promise<Made[]> {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
  const made: Made[] = [];
  for (const { method, path: last, sent, status, got } of ROUTES) {
    const target = `/${name}/${last}`;
    const request = https.request({
      port,
      host: "127.0.0.1",
      agent,
      method,
      path: target,
      // Only the server chooses: what is offered here must not stand in the way of old suites.
      ciphers: "ALL:@SECLEVEL=0",
      headers: { host: "shop.test", "content-length": sent.length, "content-type": "application/json" },
    });
    request.end(sent);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const suite = (response.socket as TLSSocket).getCipher().name;
    expect(suite).toBe(HTTP1[name]?.ciphers?.split(":")[0]);
    let length = 0;
    for await (const part of response) length += (part as Buffer).length;
    expect([response.statusCode, length]).toEqual([status, got.length]);
    made.push(madeOf({ method, target, status }, "http/1.1", [sent.length, got.length]));
  }
  agent.destroy();
  return made;
}

function madeOf(
  { method, target, status }: { method: string; target: string; status: number },
  protocol: string,
  [request_bytes, response_bytes]: readonly [number, number],
): Made {
  return { method, authority: "shop.test", path: target, status, protocol, request_bytes, response_bytes };
}

/** All at once, on one connection. */
async function askHttp2(name: string, port: number): Promise<Made[]> {
  const session = http2.connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false });
  const made = ROUTES.map(async ({ method, path: last, sent, status, got }) => {
    const target = `/${name}/${last}`;
    const stream = session.request({
      ":method": method,
      ":path": target,
      ":authority": "shop.test",
      "content-type": "application/json",
    });
    if (sent !== "") stream.end(sent);
    let length = 0;
    for await (const part of stream) length += (part as Buffer).length;
    expect(length).toBe(got.length);
    return madeOf({ method, target, status }, "h2", [sent.length, got.length]);
  });
  const all = await Promise.all(made);
  session.close();
  await once(session, "close");
  return all;
}

const respond = (
  request: { readonly url: string; resume(): unknown },
  response: {
    writeHead(status: number, headers: Record<string, string>): unknown;
    end(body: string): unknown;
  },
): void => {
  const { status, got } = answerTo(request.url);
  request.resume();
  response.writeHead(status, { "content-type": "application/json" });
  response.end(got);
};

/** Starts tcpdump, lets `talk` happen, and stops when nothing more is written. */
async function recorded(file: string, ports: readonly number[], talk: () => Promise<void>): Promise<void> {
  const filter = ports.map((port) => `tcp port ${port}`).join(" or ");
  const tcpdump = spawn("tcpdump", [
    "-i",
    LOOPBACK,
    "-n",
    "-U",
    "--immediate-mode",
    // Room for all of it: a busy machine lets tcpdump write late.
    "-B",
    "65536",
    "-s",
    "0",
    "-w",
    file,
    filter,
  ]);
  let said = "";
  tcpdump.stderr.on("data", (text: Buffer) => (said += String(text)));
  while (!said.includes("listening on")) await pause(20);
  await talk();
  for (let size = -1; size !== (await stat(file)).size; await pause(500)) size = (await stat(file)).size;
  tcpdump.kill("SIGINT");
  await once(tcpdump, "close");
  expect(said).toMatch(/^0 packets dropped by kernel/m);
}

const linesOf = (stdout: string): Record<string, unknown>[] =>
  stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const byPath = (a: { path?: unknown }, b: { path?: unknown }): number =>
  String(a.path).localeCompare(String(b.path));

describe.skipIf(noCapture !== null)("recorded TLS", () => {
  let folder = "";
  let file = "";
  let keylog = "";
  const made: Made[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "umbra-tls-"));
    [file, keylog] = [path.join(folder, "lo.pcap"), path.join(folder, "keys.log")];
    const servers: Server[] = [];
    const asks: (() => Promise<Made[]>)[] = [];
    const ports: number[] = [];
    for (const [name, options] of Object.entries(HTTP1)) {
      const server = https.createServer({ ...rsa, ...options }, (request, response) =>
        respond({ url: request.url ?? "", resume: () => request.resume() }, response),
      );
      const [, port] = await listening(server);
      servers.push(server);
      ports.push(port);
      asks.push(() => askHttp1(name, port));
    }
    for (const [name, options] of Object.entries(HTTP2)) {
      const server = http2.createSecureServer({ ...rsa, ...options }, (request, response) =>
        respond(request, {
          writeHead: (status, headers) => response.writeHead(status, headers),
          end: (body) => response.end(body),
        }),
      );
      const [, port] = await listening(server as unknown as Server);
      servers.push(server as unknown as Server);
      ports.push(port);
      asks.push(() => askHttp2(name, port));
    }
    await recorded(file, ports, async () => {
      for (const ask of asks) made.push(...(await ask()));
    });
    for (const server of servers) server.close();
    await writeFile(keylog, keys.join(""));
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** Every request made, with its sizes, and nothing else. */
  function expectAll(stdout: string): void {
    const told = linesOf(stdout).sort(byPath);
    expect(told).toEqual(
      [...made].sort(byPath).map((one) => expect.objectContaining({ ...one, flags: [] }) as unknown),
    );
  }

  test("with the keys: exactly the requests made", async () => {
    expect(made).toHaveLength((Object.keys(HTTP1).length + Object.keys(HTTP2).length) * ROUTES.length);
    const { code, stdout, stderr } = await umbra(["exchanges", file, "--keylog", keylog]);
    expect([code, stderr]).toEqual([0, ""]);
    expectAll(stdout);
  });

  test("with the keys inside a pcapng: the same, and nobody has to name them", async () => {
    const packets: Packet[] = [];
    const reader = new ClassicReader({
      packet: (one) => void packets.push({ ...one, bytes: Buffer.from(one.bytes) }),
      weird: (name) => expect.unreachable(name),
    });
    reader.push(await readFile(file));
    reader.end();
    const inside = path.join(folder, "inside.pcapng");
    await writeFile(inside, pcapngFile(packets, keys.join("")));
    expectAll((await umbra(["exchanges", inside])).stdout);
  });

  test("without the keys: none, and the health says why", async () => {
    const { code, stdout } = await umbra(["exchanges", file]);
    expect([code, stdout]).toEqual([0, ""]);
    const scan = await umbra(["scan", file, "--format", "json"]);
    const { capture, endpoints } = JSON.parse(scan.stdout) as {
      capture: { counters: Record<string, number> };
      endpoints: readonly { protocol: string }[];
    };
    const connections = Object.keys(HTTP1).length + Object.keys(HTTP2).length;
    expect(capture.counters).toMatchObject({
      "flows.tls": connections,
      "tls.closed-flows": connections,
    });
    expect(capture.counters["bytes.tls"]).toBeGreaterThan(LARGE.length * connections);
    expect(capture.counters["exchanges"] ?? 0).toBe(0);
    expect(endpoints.filter(({ protocol }) => protocol.startsWith("http"))).toEqual([]);
  });

  test("with the keys of one connection: that one alone", async () => {
    const random = /^\w+ ([0-9a-f]{64})/.exec(keys[0] ?? "")?.[1] ?? "none";
    const some = path.join(folder, "some.log");
    await writeFile(some, keys.filter((line) => line.includes(random)).join(""));
    const { stdout } = await umbra(["exchanges", file, "--keylog", some]);
    expect(linesOf(stdout).map((line) => line["path"])).toEqual(
      ROUTES.map(({ path: last }) => `/${Object.keys(HTTP1)[0]}/${last}`),
    );
  });

  test("a key log of nonsense opens nothing and stops nothing", async () => {
    const nonsense = path.join(folder, "nonsense.log");
    await writeFile(
      nonsense,
      Buffer.concat([Buffer.alloc(10_000, 0xff), Buffer.from("\nCLIENT_RANDOM xx yy\n")]),
    );
    const { code, stdout } = await umbra(["exchanges", file, "--keylog", nonsense]);
    expect([code, stdout]).toEqual([0, ""]);
  });
});
