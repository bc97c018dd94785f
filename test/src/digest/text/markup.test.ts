// Pages give their words and nothing of their scripts.
import { expect, test } from "vitest";
import { htmlTexts, readableText } from "../../../../src/digest/text/markup.ts";

test("blocks are texts", () => {
  expect(htmlTexts("<h1>A b</h1><p>c <em>d</em> &amp; e</p><!-- x --><style>p{}</style><li>f</li>")).toEqual([
    "A b",
    "c d & e",
    "f",
  ]);
});

test("what never closes hides the rest", () => {
  expect(htmlTexts("<p>a</p><script>b<p>c</p>")).toEqual(["a"]);
});

test("entities", () => {
  expect(readableText("a &lt;b&gt; &#228;&#x4e2d; &unknown; &#0;")).toBe("a <b> ä中 &unknown;  ");
});
