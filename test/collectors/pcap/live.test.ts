// A live capture reads what tcpdump writes, starts it again when it ends, and waits when the stages behind are full.
import { afterEach, expect, test } from "vitest";
import { startLiveCapture } from "../../../collectors/pcap/live.ts";
import type { LiveSource } from "../../../collectors/pcap/live-source.ts";
import { SILENT } from "../../../src/ops/log.ts";
import { LISTENING, type FakeChild, fakeSpawn } from "./live-child.ts";
import { SAMPLE, facts, listener, sampleHeard, until } from "./live-sink.ts";

const REQUEST = { interface: "eth0", filter: "tcp", snaplen: 0 };
const running: LiveSource[] = [];
afterEach(async () => {
  for (const source of running.splice(0)) await source.stop();
});

async function startCapture() {
  const { children, spawn } = fakeSpawn();
  const heard = listener();
  const backoff = { firstMs: 1, maxMs: 2 };
  const starting = startLiveCapture(REQUEST, heard.sink, { log: SILENT, now: Date.now, spawn, backoff });
  const first = children[0] as FakeChild;
  first.says(LISTENING);
  const source = await starting;
  running.push(source);
  return { source, heard, children, first };
}

test("what tcpdump writes becomes the exchanges of the same file, cut anywhere", async () => {
  const { source, heard, first } = await startCapture();
  const expected = await sampleHeard();
  for (let at = 0; at < SAMPLE.length; at += 1_500) first.stdout.write(SAMPLE.subarray(at, at + 1_500));
  await until(() => first.stdout.readableLength === 0);
  await source.stop();
  await source.ended;
  expect(expected.exchanges.length).toBeGreaterThan(10);
  expect(facts(heard.exchanges)).toEqual(facts(expected.exchanges));
  expect(new Set(heard.exchanges.map((one) => one.source))).toEqual(new Set(["mirror"]));
  expect(heard.weirds).toEqual(expected.weirds);
});

test("it refuses to start where tcpdump cannot", async () => {
  const { children, spawn } = fakeSpawn();
  const starting = startLiveCapture(REQUEST, listener().sink, { log: SILENT, now: Date.now, spawn });
  children[0]?.says("tcpdump: can't parse filter expression: syntax error\n");
  children[0]?.exits();
  await expect(starting).rejects.toMatchObject({ name: "UnreadableInput" });
  expect(children).toHaveLength(1);
});

test("a capture that ends later is started again, and its connections go on", async () => {
  const { source, heard, children, first } = await startCapture();
  const expected = await sampleHeard();
  const half = firstRecordAfter(SAMPLE.length / 2);
  first.stdout.write(SAMPLE.subarray(0, half));
  await until(() => first.stdout.readableLength === 0);
  first.exits();
  await until(() => children.length === 2);
  // This one dies at once; the next goes on where the first ended.
  children[1]?.says("tcpdump: eth0: That device is not up\n");
  children[1]?.exits();
  await until(() => children.length === 3);
  const third = children[2] as FakeChild;
  expect(third.args).toEqual(first.args);
  third.says(LISTENING);
  third.stdout.write(Buffer.concat([SAMPLE.subarray(0, 24), SAMPLE.subarray(half)]));
  await until(() => third.stdout.readableLength === 0);
  await source.stop();
  expect(facts(heard.exchanges)).toEqual(facts(expected.exchanges));
  expect(heard.counters.get("capture.restarts")).toBe(2);
});

test("bytes that are no capture end the process, not us", async () => {
  const { heard, children, first } = await startCapture();
  const record = Buffer.alloc(40, 0xff);
  first.stdout.write(Buffer.concat([SAMPLE.subarray(0, 24), record]));
  await until(() => children.length === 2);
  expect(heard.weirds).toContain("pcap.record-length");
  expect(first.signals).toContain("SIGINT");
});

test("it stops reading while the stages behind are full, and stops without them", async () => {
  const { source, heard, first } = await startCapture();
  let release = (): void => {};
  heard.full = new Promise<void>((resolve) => (release = resolve));
  first.stdout.write(SAMPLE.subarray(0, 24));
  await until(() => first.stdout.readableLength === 0);
  const rest = SAMPLE.subarray(24);
  first.stdout.write(rest.subarray(0, 60_000));
  first.stdout.write(rest.subarray(60_000));
  await new Promise((resolve) => setImmediate(resolve));
  expect(first.stdout.readableLength + first.stdout.writableLength).toBeGreaterThan(0);
  expect(heard.exchanges).toEqual([]);
  source.tick();
  await source.stop();
  heard.full = undefined;
  release();
  await source.ended;
  expect(first.signals).toContain("SIGINT");
});

test("a stop while it waits for the next start ends it", async () => {
  const { children, spawn } = fakeSpawn();
  const backoff = { firstMs: 60_000, maxMs: 60_000 };
  const starting = startLiveCapture(REQUEST, listener().sink, { log: SILENT, now: Date.now, spawn, backoff });
  children[0]?.says(LISTENING);
  const source = await starting;
  children[0]?.exits();
  await source.stop();
  await source.ended;
  expect(children).toHaveLength(1);
});

/** Offset of the first record of the sample that begins at or behind `at`. */
function firstRecordAfter(at: number): number {
  let record = 24;
  while (record < at) record += 16 + SAMPLE.readUInt32LE(record + 8);
  return record;
}
