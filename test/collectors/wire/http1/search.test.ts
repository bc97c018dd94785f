import { expect, test } from "vitest";
import { Allowance } from "../../../../collectors/wire/allowance.ts";
import { Window } from "../../../../collectors/wire/http1/lines.ts";
import { Search } from "../../../../collectors/wire/http1/search.ts";
import { isSureRequestLine } from "../../../../collectors/wire/http1/start-line.ts";

/** The first line that is found in these segments, and how many bytes were passed over. */
function find(...segments: string[]): { line: string | null; skipped: number } {
  let skipped = 0;
  const search = new Search({
    count: (_name, by = 1) => (skipped += by),
    couldStart: (bytes, at) => /[A-Za-z]/.test(String.fromCharCode(bytes[at]!)),
    isSureStart: isSureRequestLine,
  });
  const window = new Window(new Allowance(() => {}));
  for (const text of segments) {
    window.open(Buffer.from(text, "latin1"), 0, 0, -1);
    search.segment();
    while (window.left > 0) {
      const line = search.next(window);
      if (line !== null) return { line, skipped };
    }
    window.close();
  }
  return { line: null, skipped };
}

const LINE = "GET /a HTTP/1.1";

test.each<[string, string[], number]>([
  ["at the beginning of a segment", ["tail of a body", `${LINE}\r\n`], 14],
  ["at the beginning of a line", [`{"a":1}\r\nmore\n${LINE}\r\n`], 14],
  ["in two segments", ["}}}", "GET /a HT", "TP/1.1\r\n"], 12],
  ["behind what looked like the beginning of a line", ["47bb c6ef", `${LINE}\r\n`], 9],
])("found %s", (_name, segments, skipped) => {
  expect(find(...segments)).toEqual({ line: LINE, skipped });
});

test("not within a line", () => {
  expect(find(`say ${LINE}\r\n`).line).toBe(null);
});

test("after a long search only at the beginning of a segment", () => {
  const junk = "{\n".repeat(20_000);
  expect(find(junk, junk, `{\n${LINE}\r\n`).line).toBe(null);
  expect(find(junk, junk, `${LINE}\r\n`).line).toBe(LINE);
});
