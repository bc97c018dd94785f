// Key logs: whole files, growing ones, blocks without a line feed, junk, and bounds.
import { expect, test } from "vitest";
import { createKeyLog } from "../../../../collectors/wire/tls/key-log.ts";

const random = (at: number) => at.toString(16).padStart(64, "0");
const line = (at: number, label = "CLIENT_RANDOM", secret = "ab".repeat(48)) =>
  `${label} ${random(at)} ${secret}\n`;
const found = (log: ReturnType<typeof createKeyLog>, at: number) => [...(log.find(random(at)) ?? [])];

test("a file, with what is no secret in between", () => {
  const log = createKeyLog();
  log.add(
    `# made by a browser\r\n${line(1)}RSA 0102 0304\nnonsense\n${line(2, "SERVER_TRAFFIC_SECRET_0", "CD".repeat(32))}`,
  );
  expect(found(log, 1)).toEqual([["CLIENT_RANDOM", "ab".repeat(48)]]);
  expect(found(log, 2)).toEqual([["SERVER_TRAFFIC_SECRET_0", "cd".repeat(32)]]);
});

test("a file that grows, cut anywhere", () => {
  const text =
    line(1) +
    line(1, "SERVER_TRAFFIC_SECRET_0", "ef".repeat(48)) +
    line(2, "CLIENT_TRAFFIC_SECRET_0", "cd".repeat(32));
  for (let cut = 0; cut <= text.length; cut++) {
    const log = createKeyLog();
    log.add(text.slice(0, cut));
    log.add(text.slice(cut));
    expect(found(log, 1)).toEqual([
      ["CLIENT_RANDOM", "ab".repeat(48)],
      ["SERVER_TRAFFIC_SECRET_0", "ef".repeat(48)],
    ]);
    expect(found(log, 2)).toEqual([["CLIENT_TRAFFIC_SECRET_0", "cd".repeat(32)]]);
  }
});

test("a last line needs no line feed", () => {
  const log = createKeyLog();
  log.add(line(1).trim());
  expect(found(log, 1)).toHaveLength(1);
});

test("the version rises with secrets and with nothing else", () => {
  const log = createKeyLog();
  log.add("nothing\n");
  expect(log.version).toBe(0);
  log.add(line(1));
  expect(log.version).toBe(1);
});

test("the oldest connections make room, and dropped ones are gone", () => {
  const log = createKeyLog();
  log.add(Array.from({ length: 33_000 }, (_, at) => line(at)).join(""));
  expect([
    found(log, 0).length,
    found(log, 231).length,
    found(log, 232).length,
    found(log, 32_999).length,
  ]).toEqual([0, 0, 1, 1]);
  log.drop(random(32_999));
  expect(found(log, 32_999)).toEqual([]);
});

test("an endless line costs nothing", () => {
  const log = createKeyLog();
  for (let i = 0; i < 100; i++) log.add("x".repeat(100_000));
  log.add(`\n${line(5)}`);
  expect(found(log, 5)).toHaveLength(1);
});

test("room for held records is shared by all connections", () => {
  const log = createKeyLog();
  expect([log.reserve(60_000_000), log.reserve(60_000_000)]).toEqual([true, false]);
  log.release(60_000_000);
  expect(log.reserve(60_000_000)).toBe(true);
});
