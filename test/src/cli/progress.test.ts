// Progress shows on a terminal, stays silent in a pipe, and cleans up after itself.
import { expect, test } from "vitest";
import { bytesText, progressLine, readingText } from "../../../src/cli/progress.ts";

function aStream(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, columns: 20, write: (text: string) => written.push(text) > 0 };
  return { written, stream: stream as unknown as NodeJS.WriteStream };
}

test("a pipe sees nothing", () => {
  const { written, stream } = aStream(false);
  const line = progressLine(stream);
  line.show("reading");
  line.clear();
  expect(written).toEqual([]);
});

test("a terminal sees one line, cut to its width, and then none", () => {
  const { written, stream } = aStream(true);
  const line = progressLine(stream);
  line.show("reading a rather long name");
  line.show("too soon to be shown");
  line.clear();
  expect(written).toEqual(["\r\u001b[Kreading a rather lo", "\r\u001b[K"]);
});

test.each([
  [readingText("a.pcap", 500_000, 2_000_000), "reading a.pcap  25 %  500 kB of 2.0 MB"],
  [readingText("stdin", 1_500_000, null), "reading stdin  1.5 MB"],
  [readingText("a", 0, 0), "reading a  100 %  0 kB of 0 kB"],
  [bytesText(999), "1 kB"],
])("%s", (shown, text) => {
  expect(shown).toBe(text);
});
