// Fields of a line as nginx and Apache quote them.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { closingQuote, fieldsOf, unescapeField } from "../../../collectors/gateway-log/fields.ts";

const texts = (line: string): string[] =>
  fieldsOf(line).map(({ text, quoted }) => (quoted ? `"${text}"` : text));

test.each([
  ["a b  c", ["a", "b", "c"]],
  ['"a b" "-" -', ['"a b"', '"-"', "-"]],
  ['"say \\"hi\\"" x', ['"say "hi""', "x"]],
  ['"ends in \\\\" x', ['"ends in \\"', "x"]],
  ["[web-80] [] 1", ["[web-80]", "[]", "1"]],
  ["[a b] c", ["[a b]", "c"]],
  ['"open', ['"open"']],
  ['rt="0.1" x', ['rt="0.1"', "x"]],
  ["", []],
])("%s", (line, fields) => {
  expect(texts(line)).toEqual(fields);
});

test.each([
  ["plain", "plain"],
  ["\\x22a\\x5C", '"a\\'],
  ["\\xC3\\xA9", "Ã©"],
  ['\\"\\\\\\n\\t\\q', '"\\\n\tq'],
  ["\\x2", "x2"],
])("%s is unescaped", (text, plain) => {
  expect(unescapeField(text)).toBe(plain);
});

test("a field that was escaped comes back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
      const escaped = text.replace(/[\\"]/g, "\\$&");
      expect(fieldsOf(`"${escaped}" end`)).toEqual([
        { text, quoted: true },
        { text: "end", quoted: false },
      ]);
      expect(closingQuote(`${escaped}"`, 0)).toBe(escaped.length);
    }),
  );
});

test("a hostile line costs a bounded number of fields", () => {
  expect(fieldsOf("a ".repeat(10_000))).toHaveLength(64);
});
