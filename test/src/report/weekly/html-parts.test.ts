// Cells as HTML: escaped, labelled for narrow screens, numbers aligned.
import { expect, test } from "vitest";
import { sectionHtml } from "../../../../src/report/weekly/html-parts.ts";

test("a table", () => {
  const html = sectionHtml({
    id: "x",
    title: "A & B",
    blocks: [
      {
        kind: "table",
        caption: "<c>",
        head: ["Name", "Count"],
        rows: [
          ["<b>", 1200],
          [{ kind: "mark", text: "high", tone: "bad" }, 2],
        ],
        left: 3,
      },
    ],
  });
  expect(html).toBe(`<section aria-labelledby="x"><h2 id="x">A &amp; B</h2>
<table class="stacks"><caption>&lt;c&gt;</caption><thead><tr><th scope="col">Name</th><th scope="col" class="number">Count</th></tr></thead><tbody>
<tr><td data-label="Name"><span>&lt;b&gt;</span></td><td class="number" data-label="Count">1,200</td></tr>
<tr><td data-label="Name"><span><span class="mark bad">high</span></span></td><td class="number" data-label="Count">2</td></tr>
</tbody></table><p class="more">… and 3 more rows, all of them in JSON and CSV.</p>
</section>`);
});
