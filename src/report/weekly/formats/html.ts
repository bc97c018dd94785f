// The weekly report as one self-contained page: no script, nothing loaded, for screen, phone and paper.
import { escapeHtml } from "../../escape.ts";
import { chartsOf } from "../charts.ts";
import { HEADLINES } from "../headline-words.ts";
import type { HeadlineWord } from "../headline-words.ts";
import { sectionHtml } from "../html-parts.ts";
import { STYLE } from "../html-style.ts";
import type { Section } from "../layout.ts";
import { sectionsOf } from "../layout.ts";
import type { WeeklyReport } from "../report.ts";
import { titleOf } from "../titles.ts";
import { dayText } from "../week.ts";
import { defineWeeklyFormat } from "../weekly-format.ts";

export default defineWeeklyFormat({
  id: "html",
  title: "one HTML page",
  mediaType: "text/html; charset=utf-8",
  extension: "html",
  mail: "page",
  render(report) {
    const title = escapeHtml(titleOf(report));
    const sections = sectionsOf(report);
    return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>${title}</title><style>${STYLE}</style></head><body>
<header><h1>${title}</h1>
<p class="period">${period(report)} <span class="state">${report.state === "open" ? "week still open" : "week closed"}</span></p></header>
<main>
${summary(report)}
${tiles(report)}
${contents(sections)}
<section aria-labelledby="trend"><h2 id="trend">Twelve weeks</h2>
<div class="charts">${chartsOf(report.trend).join("\n")}</div>
${figures(report)}</section>
${sections.map(sectionHtml).join("\n")}
<section aria-labelledby="words"><h2 id="words">What the words mean</h2>
<dl class="facts">${report.definitions.map(definition).join("")}</dl></section>
</main>
<footer><p>Umbra listens to a copy of traffic and keeps no value it saw: this report is made of names, classes and counts.</p></footer>
</body></html>
`;
  },
});

/** The first sentence leads, the others are one paragraph. */
function summary({ summary: [lead = "", ...rest] }: WeeklyReport): string {
  const body = rest.length === 0 ? "" : `<p>${escapeHtml(rest.join(" "))}</p>`;
  return `<div class="summary"><p>${escapeHtml(lead)}</p>${body}</div>`;
}

function period({ from, to, zone }: WeeklyReport): string {
  const days = `${dayText(Date.parse(from), zone)} to ${dayText(Date.parse(to) - 1, zone)}`;
  return escapeHtml(`Monday ${days}, ${zone}`);
}

function tiles({ headline: { now, before } }: WeeklyReport): string {
  const shown = HEADLINES.map((word) => {
    const count = now[word.key].toLocaleString("en-US");
    return `<li><b>${count}</b><span>${word.title}</span>${change(now[word.key] - before[word.key], word)}</li>`;
  });
  return `<ul class="tiles" aria-label="Counts at the end of the week">${shown.join("")}</ul>`;
}

function change(difference: number, { isWorse }: HeadlineWord): string {
  if (difference === 0) return "<small>as the week before</small>";
  const tone = isWorse ? ` class="${difference > 0 ? "bad" : "good"}"` : "";
  const sign = difference > 0 ? "+" : "−";
  return `<small${tone}>${sign}${Math.abs(difference).toLocaleString("en-US")} this week</small>`;
}

function contents(sections: readonly Section[]): string {
  const entries = sections.map(({ id, title, blocks }) => {
    const rows = blocks.reduce((sum, block) => sum + rowsIn(block), 0);
    return `<li><a href="#${id}">${escapeHtml(title)}</a>${rows === 0 ? "" : ` <span class="count">(${rows})</span>`}</li>`;
  });
  return `<nav aria-label="Contents"><ul>${entries.join("")}<li><a href="#words">What the words mean</a></li></ul></nav>`;
}

function rowsIn(block: Section["blocks"][number]): number {
  if (block.kind === "sentences") return 0;
  return block.left + (block.kind === "table" ? block.rows.length : block.cards.length);
}

function figures({ trend }: WeeklyReport): string {
  const head = HEADLINES.map(({ title }) => `<th scope="col" class="number">${title}</th>`).join("");
  const rows = trend.map((point) => {
    const cells = HEADLINES.map(({ key }) => `<td class="number">${point[key].toLocaleString("en-US")}</td>`);
    return `<tr><th scope="row">${point.week}</th>${cells.join("")}</tr>`;
  });
  return `<details><summary>The figures behind the charts</summary><div class="scroll" tabindex="0" role="region" aria-label="Figures by week"><table>
<caption>Counts at the end of each week</caption><thead><tr><th scope="col">Week</th>${head}</tr></thead><tbody>
${rows.join("\n")}
</tbody></table></div></details>`;
}

function definition({ term, meaning }: WeeklyReport["definitions"][number]): string {
  return `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(meaning)}</dd></div>`;
}
