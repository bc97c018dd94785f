// Bad input of every kind: a clear refusal or a counted weird, no crash, and nothing else lost.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { UnreadableInput } from "../../collectors/input.ts";
import { scan } from "../../src/app/scan.ts";
import { specOf, UnreadableDocument } from "../../src/app/specs.ts";

const DEMO = path.resolve(import.meta.dirname, "../../demo/mirror.pcap");
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-bad-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function scanned(name: string, content: string | Uint8Array) {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return (await scan({ inputs: [file], specs: [] })).report;
}

function requests({ services }: Awaited<ReturnType<typeof scanned>>): number {
  return services.reduce((sum, service) => sum + service.requests, 0);
}

interface Given {
  readonly path: string;
  readonly body: string;
  readonly type?: string;
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
}

function aHar(entries: readonly Given[]): string {
  const rows = entries.map((given) => ({
    startedDateTime: "2026-11-02T12:00:00.000Z",
    time: 5,
    request: {
      method: "GET",
      url: `https://x.test${given.path}`,
      httpVersion: "HTTP/1.1",
      headers: given.headers ?? [],
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: 200,
      statusText: "",
      httpVersion: "HTTP/1.1",
      headers: [{ name: "content-type", value: given.type ?? "application/json" }],
      cookies: [],
      content: { size: given.body.length, mimeType: given.type ?? "application/json", text: given.body },
      redirectURL: "",
      headersSize: -1,
      bodySize: given.body.length,
    },
    cache: {},
    timings: { send: 0, wait: 5, receive: 0 },
  }));
  return JSON.stringify({ log: { version: "1.2", creator: { name: "t", version: "1" }, entries: rows } });
}

test("what is no input of ours is refused by name", async () => {
  await expect(scanned("noise.bin", Buffer.from([0, 1, 2, 3, 254, 255]))).rejects.toThrow(
    /noise\.bin: not recognised/,
  );
  await expect(scanned("noise.bin", "")).rejects.toBeInstanceOf(UnreadableInput);
});

test("a capture cut in the middle gives what it holds and says what was lost", async () => {
  const whole = await readFile(DEMO);
  const report = await scanned("cut.pcap", whole.subarray(0, Math.floor(whole.length / 2) + 7));
  expect(requests(report)).toBeGreaterThan(30);
  expect(report.capture.counters["capture.lost-bytes"]).toBeGreaterThan(0);
});

test("a record that claims four gigabytes ends the file, not the program", async () => {
  const whole = Buffer.from(await readFile(DEMO));
  const at = 24 + 16 + whole.readUInt32LE(24 + 8);
  whole.writeUInt32LE(0xff_ff_ff_ff, at + 8);
  const report = await scanned("hostile.pcap", whole);
  expect(Object.keys(report.capture.weirds).join(" ")).toMatch(/pcap\./);
});

test("a HAR cut in the middle keeps its whole entries", async () => {
  const text = aHar(Array.from({ length: 20 }, (_, i) => ({ path: `/a${i}`, body: '{"a":1}' })));
  const report = await scanned("cut.har", text.slice(0, Math.floor(text.length * 0.8)));
  expect(requests(report)).toBeGreaterThan(10);
  expect(Object.keys(report.capture.weirds)).toContain("har-entries.cut");
});

test("bodies that lie are counted as unparsed, and their neighbours are read", async () => {
  const { inventory } = await scan({
    inputs: [
      await written(
        "lies.har",
        aHar([
          { path: "/broken", body: '{"a": ' },
          { path: "/not-json", body: "<html>" },
          { path: "/charset", body: '{"a":"\ufffd\u0000"}', type: "application/json; charset=utf-9" },
          { path: "/good", body: '{"id":1}' },
        ]),
      ),
    ],
    specs: [],
  });
  const bodies = Object.fromEntries(
    inventory.endpoints.map(({ path: at, facts }) => [
      at,
      Object.values(facts?.responses["200"]?.bodies ?? {})[0],
    ]),
  );
  expect(bodies["/broken"]).toMatchObject({ count: 1, shaped: 0 });
  expect(bodies["/not-json"]).toMatchObject({ count: 1, shaped: 0, unparsed: 1 });
  expect(bodies["/charset"]).toMatchObject({ count: 1, shaped: 1 });
  expect(bodies["/good"]).toMatchObject({ count: 1, shaped: 1, unparsed: 0 });
});

async function written(name: string, content: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

test("a header of ten megabytes is one exchange like any other", async () => {
  const headers = [{ name: "x-long", value: "v".repeat(10_000_000) }];
  const report = await scanned(
    "long.har",
    aHar([
      { path: "/long", body: "{}", headers },
      { path: "/next", body: "{}" },
    ]),
  );
  expect(report.endpoints.map((row) => row.path)).toEqual(["/long", "/next"]);
});

test("a log with garbage between keeps its lines and counts the rest", async () => {
  const line = '10.0.0.7 - - [02/Nov/2026:08:00:01 +0000] "GET /a HTTP/1.1" 200 4 "-" "curl/8"\n';
  const report = await scanned(
    "mixed.log",
    `${line}\u0000\u0001garbage\n${line}${"x".repeat(2_000_000)}\n${line}`,
  );
  expect(requests(report)).toBe(3);
  expect(Object.values(report.capture.weirds).reduce((sum, count) => sum + count, 0)).toBe(2);
});

test.each([
  ["no mapping", "- 1\n- 2\n"],
  ["no openapi field", "info: {title: x}"],
  ["broken YAML", "a: [1"],
  [
    "a bomb of aliases",
    `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [${`*${i === 0 ? "a" : `b${i - 1}`},`.repeat(9)}]`).join("\n")}`,
  ],
])("a spec with %s is refused in words", (_, text) => {
  expect(() => specOf({ name: "spec.yaml", text }, [], 0)).toThrow(UnreadableDocument);
  expect(() => specOf({ name: "spec.yaml", text }, [], 0)).toThrow(/^spec\.yaml: .{10,}/);
});
