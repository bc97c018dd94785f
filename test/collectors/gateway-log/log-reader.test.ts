// A reader a format: recognises its own, reads to the end, counts what it could not read, waits when asked to.
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createLogReaders } from "../../../collectors/gateway-log/log-reader.ts";
import type { ExchangeSink, InputReader } from "../../../collectors/input.ts";
import { UnreadableInput } from "../../../collectors/input.ts";
import type { LogFormat } from "../../../collectors/log-format.ts";
import type { Exchange } from "../../../src/model/exchange.ts";
import { loadUnits } from "../../../src/ops/units.ts";

const formats = await loadUnits<LogFormat>(new URL("../../../collectors/log-formats/", import.meta.url));
const readers = createLogReaders(formats.values());

const LINE = '192.0.2.7 - - [01/May/2024:10:00:00 +0000] "GET /a HTTP/1.1" 200 1 "-" "curl"\n';
const ODD = '192.0.2.7 - - [01/May/2024:10:00:00 +0000] "\\x16\\x03" 400 1 "-" "-"\n';
const JSON_LINE = '{"time":1714557600,"method":"GET","uri":"/b","status":200}\n';
const CADDY =
  '{"ts":1714557600,"logger":"http.log.access","request":{"method":"GET","host":"a","uri":"/c"},"status":200}\n';
const ENTRY = {
  startedDateTime: "2024-05-01T10:00:00Z",
  request: { method: "GET", url: "https://shop.test/d" },
  response: { status: 200 },
};
const HAR = JSON.stringify({ log: { version: "1.2", creator: {}, entries: [ENTRY, {}, ENTRY] } });

/** The format that is surest, as the readers' user picks it. */
function best(text: string | Uint8Array): { readonly id: string; readonly reader: InputReader } | undefined {
  const head = Buffer.from(text as string).subarray(0, 65_536);
  const [first] = readers
    .map((reader) => ({ id: reader.id, reader, sure: reader.recognise(head) }))
    .filter(({ sure }) => sure > 0)
    .sort((a, b) => b.sure - a.sure);
  return first;
}

interface Heard {
  readonly paths: string[];
  readonly weirds: string[];
  records: number;
}

async function read(
  text: string | Uint8Array,
  by = best(text)?.reader,
  sink: Partial<ExchangeSink> = {},
): Promise<Heard> {
  const heard: Heard = { paths: [], weirds: [], records: 0 };
  const bytes = Buffer.from(text as string);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
  }
  await by?.read(
    chunks(),
    {
      exchange: (exchange: Exchange) => void heard.paths.push(exchange.request.path),
      weird: ({ name }) => void heard.weirds.push(name),
      count: (_, count = 1) => void (heard.records += count),
      ready: () => undefined,
      ...sink,
    },
    { name: "input" },
  );
  return heard;
}

/** The reader whose example `text` is, named by nobody here. */
const readerOf = (text: string): InputReader => best(text)?.reader as InputReader;

const [lines, document] = [readerOf(LINE).id, readerOf(HAR).id];

test("every format has its reader, of the same name", () => {
  expect(readers.map(({ id, title }) => ({ id, title }))).toEqual(
    [...formats.values()].map(({ id, title }) => ({ id, title })),
  );
});

describe("recognising", () => {
  test("four inputs, four readers", () => {
    const ids = [LINE, JSON_LINE, CADDY, HAR].map((text) => best(text)?.id);
    expect(new Set(ids).size).toBe(4);
    expect(ids).not.toContain(undefined);
  });

  test.each([
    ["packed", LINE, gzipSync(LINE.repeat(5000))],
    ["packed document", HAR, gzipSync(HAR)],
    ["odd lines among the first", LINE, `#comment\n\n${ODD}nonsense\n${LINE}${LINE}`],
    ["without a last newline", LINE, LINE.trimEnd()],
    ["cut by the head", LINE, LINE.repeat(5000)],
    ["wrapped", JSON_LINE, `gateway-1 | ${JSON_LINE}`],
    ["entries far behind", HAR, `{"log":{"version":"1.2","pages":[${"{},".repeat(30_000)}{}],"entries":[]}}`],
    ["no entries", HAR, '{"log":{"entries":[]}}'],
    ["pretty", HAR, `\uFEFF${JSON.stringify(JSON.parse(HAR), null, 4)}`],
  ])("%s", (_, like, text) => {
    expect(best(text)?.id).toBe(best(like)?.id);
  });

  test.each([
    "",
    "\n\n",
    "hello\n",
    "{}",
    '{"log":"text"}\n',
    '{"log":{"level":"info"}}',
    `${LINE}x\ny\nz\n`,
    Buffer.from([0xa1, 0xb2, 0xc3, 0xd4, 0, 2, 0, 4, 0, 0]),
    gzipSync("hello\n"),
    Buffer.from([0x1f, 0x8b, 8, 255]),
  ])("%j is nobody's", (text) => {
    expect(best(text)).toBeUndefined();
  });
});

describe("reading", () => {
  test("lines, odd ones counted, comments passed over", async () => {
    expect(await read(`#Version\n${LINE}${ODD}nonsense\n\r\n${LINE.trimEnd()}`, readerOf(LINE))).toEqual({
      paths: ["/a", "/a"],
      weirds: [`${lines}.request`, `${lines}.shape`],
      records: 4,
    });
  });

  test("a document, broken entries counted", async () => {
    expect(await read(HAR)).toEqual({ paths: ["/d", "/d"], weirds: [`${document}.request`], records: 3 });
  });

  test("a document cut off, packed", async () => {
    const cut = gzipSync(HAR.slice(0, -40));
    expect(await read(cut, readerOf(HAR))).toEqual({
      paths: ["/d"],
      weirds: [`${document}.request`, "har-entries.cut"],
      records: 2,
    });
  });

  test("wrapped lines", async () => {
    const docker = JSON.stringify({ log: LINE, stream: "stdout" });
    expect((await read(`${docker}\n${docker}\n`)).paths).toEqual(["/a", "/a"]);
  });

  test("an empty log is no mistake, nor is one of odd requests only", async () => {
    expect((await read("", readerOf(LINE))).records).toBe(0);
    expect((await read(ODD, readerOf(LINE))).weirds).toEqual([`${lines}.request`]);
  });

  test.each([
    ["a document as lines", HAR, LINE],
    ["lines as a document", LINE, HAR],
    ["nothing as a document", "", HAR],
    ["text as JSON lines", "hello\nworld\n", JSON_LINE],
  ])("%s is unreadable, and the message names the input only", async (_, text, like) => {
    const reading = read(text, readerOf(like));
    await expect(reading).rejects.toThrow(UnreadableInput);
    await expect(reading).rejects.toThrow(/^input: nothing in it reads as /);
  });

  test("it waits while the stages behind are full", async () => {
    const story: string[] = [];
    const ready = (): Promise<void> => {
      story.push("asked");
      return new Promise((resolve) => {
        setImmediate(() => {
          story.push("free");
          resolve();
        });
      });
    };
    await read(LINE + LINE, readerOf(LINE), { ready, exchange: () => void story.push("exchange") });
    expect(story).toEqual(["exchange", "asked", "free", "exchange", "asked", "free"]);
  });
});
