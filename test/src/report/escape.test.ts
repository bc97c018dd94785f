// Whatever traffic calls itself, it does nothing where it is shown.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeCsv, escapeHtml, escapeMarkdown, escapeTerminal } from "../../../src/report/escape.ts";

describe("hostile names", () => {
  test.each([
    [
      escapeHtml,
      `<img src=x onerror="alert('1')">`,
      "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;",
    ],
    [escapeCsv, "=HYPERLINK(1)", `"'=HYPERLINK(1)"`],
    [escapeCsv, 'a"b', '"a""b"'],
    [escapeCsv, "/plain", "/plain"],
    [escapeMarkdown, "[x](javascript:1)|", "\\[x\\]\\(javascript&#58;1\\)\\|"],
    [escapeTerminal, "\u001b[2J/x", "\\u001b[2J/x"],
    [escapeTerminal, "/a\u202eb", "/a\\u202eb"],
  ] as const)("%# is made harmless", (escape, hostile, shown) => {
    expect(escape(hostile)).toBe(shown);
  });
});

test("no escape lets a control character or a line break through", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const escape of [escapeHtml, escapeCsv, escapeMarkdown, escapeTerminal]) {
        expect(escape(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }
    }),
  );
});

test("HTML keeps no markup", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"']/);
    }),
  );
});
