// A growing file is read as it grows, and anew when it was replaced or emptied.
import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { followFile, followText } from "../../../src/app/follow-file.ts";
import { until } from "../../collectors/pcap/live-sink.ts";

let folder = "";
let file = "";
let stopping = new AbortController();
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-follow-"));
  file = path.join(folder, "a.log");
  stopping = new AbortController();
});
afterEach(async () => {
  stopping.abort();
  await rm(folder, { recursive: true });
});

/** Reads on in the background: the text of each file so far, and how often nothing came. */
function reading() {
  const seen = { texts: [] as string[], silences: 0 };
  const over = (async () => {
    for await (const content of followFile(file, { signal: stopping.signal, pollMs: 1 })) {
      const at = seen.texts.push("") - 1;
      for await (const chunk of content) {
        seen.texts[at] += Buffer.from(chunk).toString();
        if (chunk.length === 0) seen.silences += 1;
      }
    }
  })();
  const heard = async (...texts: string[]) => {
    await until(() => JSON.stringify(seen.texts) === JSON.stringify(texts));
    return seen.texts.length;
  };
  return { seen, over, heard };
}

test("what is there, then what is added, until it is stopped", async () => {
  await writeFile(file, "one\n");
  const { seen, over, heard } = reading();
  await heard("one\n");
  await until(() => seen.silences > 2);
  await appendFile(file, "two\n");
  expect(await heard("one\ntwo\n")).toBe(1);
  stopping.abort();
  await over;
});

test("a file that is not there yet is waited for", async () => {
  const { heard } = reading();
  await writeFile(file, "late\n");
  expect(await heard("late\n")).toBe(1);
});

test("rotation: the old one is read to its end, the new one from its beginning", async () => {
  await writeFile(file, "one\n");
  const { heard } = reading();
  await heard("one\n");
  await rename(file, `${file}.1`);
  await appendFile(`${file}.1`, "still one\n");
  await heard("one\nstill one\n");
  await writeFile(file, "two\n");
  expect(await heard("one\nstill one\n", "two\n")).toBe(2);
});

test("a file that was emptied is read anew", async () => {
  await writeFile(file, "long enough\n");
  const { heard } = reading();
  await heard("long enough\n");
  await truncate(file);
  await until(() => true);
  await appendFile(file, "new\n");
  expect(await heard("long enough\n", "new\n")).toBe(2);
});

test("a file larger than one read arrives whole", async () => {
  const text = "0123456789".repeat(30_000);
  await writeFile(file, text);
  expect(await reading().heard(text)).toBe(1);
});

test("as text: first what is there, then what comes", async () => {
  const long = "x".repeat(200_000);
  await writeFile(file, long);
  const got: string[] = [];
  const over = (async () => {
    for await (const text of followText(file, { signal: stopping.signal, pollMs: 1 })) got.push(text);
  })();
  await until(() => got.length === 1);
  await appendFile(file, "two\n");
  await until(() => got.length === 2);
  expect(got).toEqual([long, "two\n"]);
  stopping.abort();
  await over;
});

test("as text, of a file that is not there yet", async () => {
  const texts = followText(file, { signal: stopping.signal, pollMs: 1 });
  expect(await texts.next()).toEqual({ done: false, value: "" });
  await writeFile(file, "late\n");
  expect(await texts.next()).toEqual({ done: false, value: "late\n" });
  stopping.abort();
  await texts.return(undefined);
});
