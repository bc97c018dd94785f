// Inputs are recognised by content, read with progress, and refused with name and reason.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExchangeSink, InputReader } from "../../../collectors/input.ts";
import { UnreadableInput } from "../../../collectors/input.ts";
import { readInput } from "../../../src/app/inputs.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-inputs-"));
});
afterAll(() => rm(folder, { recursive: true }));

const sink: ExchangeSink = { exchange() {}, weird() {}, count() {}, ready: () => undefined };

function aReader(id: string, begins: string, read: (text: string) => void): InputReader {
  return {
    id,
    title: id,
    recognise: (head) => (Buffer.from(head).toString("latin1").startsWith(begins) ? 1 : 0),
    async read(bytes) {
      const parts: Uint8Array[] = [];
      for await (const part of bytes) parts.push(part);
      read(Buffer.concat(parts).toString("latin1"));
    },
  };
}

async function aFile(name: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

test("the reader that knows the beginning gets the whole", async () => {
  const content = `HEAD${"x".repeat(800_000)}`;
  const got: string[] = [];
  const progress: number[] = [];
  const readers = [
    aReader("other", "ZZZ", () => got.push("wrong")),
    aReader("mine", "HEAD", (text) => got.push(text)),
  ];
  await readInput(await aFile("a", content), sink, {
    readers,
    onProgress: ({ read }) => progress.push(read),
  });
  expect(got).toEqual([content]);
  expect(progress.at(-1)).toBe(content.length);
  expect(progress.length).toBeGreaterThan(2);
});

test("a named format goes before recognition", async () => {
  const got: string[] = [];
  const readers = [aReader("a", "A", () => got.push("a")), aReader("b", "B", () => got.push("b"))];
  await readInput(await aFile("b", "A…"), sink, { readers, format: "b" });
  expect(got).toEqual(["b"]);
});

const refused = [
  ["missing", async () => path.join(folder, "missing"), /missing: cannot be opened \(no such file\)/],
  ["a folder", async () => folder, /is a directory/],
  ["empty", () => aFile("empty", ""), /empty: is empty/],
  ["unknown", () => aFile("unknown", "what?"), /unknown: not recognised as any of mine; .*--input-format/],
] as const;

test.each(refused)("%s is refused with name and reason", async (_, make, message) => {
  const readers = [aReader("mine", "HEAD", () => {})];
  const refusal = readInput(await make(), sink, { readers });
  await expect(refusal).rejects.toThrow(message);
  await expect(refusal).rejects.toBeInstanceOf(UnreadableInput);
});

test("an unknown format names the known ones", async () => {
  const readers = [aReader("mine", "HEAD", () => {})];
  await expect(readInput(await aFile("c", "HEAD"), sink, { readers, format: "x" })).rejects.toThrow(
    "known: mine",
  );
});

test("a reader's refusal names the input", async () => {
  const refusing: InputReader = {
    ...aReader("mine", "HEAD", () => {}),
    read: async () => Promise.reject(new UnreadableInput("is cut")),
  };
  const file = await aFile("d", "HEAD");
  await expect(readInput(file, sink, { readers: [refusing] })).rejects.toThrow(`${file}: is cut`);
});
