// Captures, logs and key logs that grow while they are read.
import { appendFile, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LiveSource } from "../../../collectors/pcap/live-source.ts";
import { checkFollowed, followInto, followRole, startFollowing } from "../../../src/app/follow.ts";
import { loadInputReaders } from "../../../src/app/parts.ts";
import { readSettings } from "../../../src/ops/config.ts";
import { SILENT } from "../../../src/ops/log.ts";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { createShutdown } from "../../../src/ops/shutdown.ts";
import { createMemoryStream } from "../../../src/stream/memory-stream.ts";
import { Conversation, pcapFile } from "../../support/packets.ts";
import { listener, SAMPLE, sampleHeard, until } from "../../collectors/pcap/live-sink.ts";
import { talk } from "../../collectors/wire/tls/talk.ts";

const line = (target: string) =>
  `10.0.0.9 - - [02/Nov/2026:12:00:00 +0000] "GET ${target} HTTP/1.1" 200 12 "-" "curl/8.5.0"\n`;

let folder = "";
let sources: LiveSource[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-follow-"));
  sources = [];
});
afterEach(async () => {
  for (const source of sources) await source.stop();
  await rm(folder, { recursive: true });
});

async function following(name: string, { keylogFile }: { readonly keylogFile?: string } = {}) {
  const heard = listener();
  let now = 0;
  const source = startFollowing(path.join(folder, name), heard.sink, {
    readers: await loadInputReaders(),
    log: SILENT,
    // Each look is a second later, so that silence is long soon.
    now: () => (now += 1_000),
    pollMs: 1,
    ...(keylogFile === undefined ? {} : { keylogFile: path.join(folder, keylogFile) }),
  });
  sources.push(source);
  return { ...heard, source, paths: () => heard.exchanges.map(({ request }) => request.path) };
}

async function anEncryptedCapture(request: string) {
  const answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
  const { heard, keylog } = await talk({ turns: [request, answer] });
  const conversation = new Conversation({ ports: [40_000, 443] });
  for (const { side, bytes } of heard) conversation[side === 0 ? "client" : "server"](Buffer.from(bytes));
  return { capture: pcapFile(conversation.close().packets), keylog };
}

test("a capture that grows, cut within packets", async () => {
  const file = path.join(folder, "a.pcap");
  const half = SAMPLE.length >> 1;
  await writeFile(file, SAMPLE.subarray(0, half));
  const heard = await following("a.pcap");
  await until(() => heard.exchanges.length > 0);
  await appendFile(file, SAMPLE.subarray(half));
  const whole = await sampleHeard();
  await until(() => heard.exchanges.length === whole.exchanges.length);
  expect(heard.weirds).toEqual(whole.weirds);
  await heard.source.stop();
  await heard.source.ended;
  expect(heard.counters.get("packets")).toBe(whole.counters.get("packets"));
});

test("counters of a capture come while it goes on", async () => {
  await writeFile(path.join(folder, "a.pcap"), SAMPLE);
  const heard = await following("a.pcap");
  await until(() => (heard.counters.get("packets") ?? 0) > 0);
  expect(heard.exchanges[0]?.source).toBe("capture");
});

test("a request without answer is told once its connection is silent", async () => {
  const lonely = new Conversation().client("GET /lonely HTTP/1.1\r\nHost: shop.test\r\n\r\n");
  await writeFile(path.join(folder, "a.pcap"), pcapFile(lonely.packets));
  const heard = await following("a.pcap");
  await until(() => heard.exchanges.length === 1);
  expect(heard.exchanges[0]?.outcome.kind).toBe("unknown");
});

test("an access log that grows, is cut within a line, and is rotated", async () => {
  const file = path.join(folder, "access.log");
  await writeFile(file, line("/a"));
  const heard = await following("access.log");
  await until(() => heard.exchanges.length === 1);
  await appendFile(file, line("/b").slice(0, 40));
  await appendFile(file, line("/b").slice(40) + line("/c"));
  await until(() => heard.exchanges.length === 3);
  expect(heard.counters.get("records")).toBe(3);
  await rename(file, `${file}.1`);
  await appendFile(`${file}.1`, line("/d"));
  await writeFile(file, line("/e"));
  await until(() => heard.exchanges.length === 5);
  expect([heard.paths(), heard.weirds]).toEqual([["/a", "/b", "/c", "/d", "/e"], []]);
});

test("an empty file is waited for, also when it is replaced", async () => {
  const file = path.join(folder, "access.log");
  await writeFile(file, "");
  const heard = await following("access.log");
  await rename(file, `${file}.1`);
  await writeFile(file, line("/a"));
  await until(() => heard.exchanges.length === 1);
  expect(heard.weirds).toEqual([]);
});

test("rotated into something unknown: passed over until the next", async () => {
  const file = path.join(folder, "access.log");
  await writeFile(file, line("/a"));
  const heard = await following("access.log");
  await until(() => heard.exchanges.length === 1);
  await rename(file, `${file}.1`);
  await writeFile(file, "nothing that anybody knows\n".repeat(9));
  await until(() => heard.weirds.includes("follow.unreadable"));
  await rename(file, `${file}.2`);
  await writeFile(file, line("/b"));
  await until(() => heard.exchanges.length === 2);
  expect(heard.weirds).toEqual(["follow.unreadable"]);
});

test("a file of no known kind ends it", async () => {
  await writeFile(path.join(folder, "x"), "nothing that anybody knows\n".repeat(9));
  const heard = await following("x");
  await expect(heard.source.ended).rejects.toThrow("not recognised");
});

test("keys that are there are known before the first packet", async () => {
  const { capture, keylog } = await anEncryptedCapture("GET /secret HTTP/1.1\r\nHost: shop.test\r\n\r\n");
  await writeFile(path.join(folder, "tls.pcap"), capture);
  await writeFile(path.join(folder, "keys.log"), keylog);
  const heard = await following("tls.pcap", { keylogFile: "keys.log" });
  await until(() => heard.exchanges.length === 1);
  expect(heard.paths()).toEqual(["/secret"]);
});

test("a key log that is not there yet holds nothing up", async () => {
  const { capture } = await anEncryptedCapture("GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n");
  await writeFile(path.join(folder, "tls.pcap"), capture);
  const heard = await following("tls.pcap", { keylogFile: "keys.log" });
  await until(() => (heard.counters.get("tls.closed-flows") ?? 0) === 1);
  expect(heard.exchanges).toEqual([]);
});

test("what cannot be followed is refused at once", async () => {
  await expect(checkFollowed({ files: ["-"] })).rejects.toThrow("leave out --follow");
  await expect(checkFollowed({ files: [path.join(folder, "none")] })).rejects.toThrow("no such file");
  await expect(checkFollowed({ files: [folder] })).rejects.toThrow("not a regular file");
});

test("sightings reach the stream while it goes on, and the rest at the shutdown", async () => {
  const shutdown = createShutdown({ log: SILENT });
  const stream = createMemoryStream({ metrics: createMetrics() });
  const paths: string[] = [];
  await stream.consume("umbra.sightings.v1", async ({ messages }) => {
    paths.push(...messages.map(({ value }) => value.key.path));
  });
  const files = [path.join(folder, "a.log"), path.join(folder, "b.log")];
  for (const [at, file] of files.entries()) await writeFile(file, line(`/${at}`));
  const times = { flushMs: 2, healthMs: 6, lastMs: 2_000 };
  const running = followInto(
    { log: SILENT, shutdown },
    { secret: new Uint8Array(32), stream, times },
    { files },
  );
  await until(() => paths.length === 2);
  expect(paths.toSorted()).toEqual(["/0", "/1"]);
  expect(await shutdown.run("test")).toBe(0);
  await running;
  await stream.close();
});

test("the role needs Kafka and a secret", async () => {
  const settings = readSettings({}, {}, folder);
  const shutdown = createShutdown({ log: SILENT });
  const context = { settings, log: SILENT, metrics: createMetrics(), shutdown };
  await expect(followRole(context, { files: [] })).rejects.toThrow("UMBRA_KAFKA_BROKERS");
});
