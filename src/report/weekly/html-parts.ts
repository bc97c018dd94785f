// Cards, tables and sentences of the weekly report as HTML: every text from traffic is escaped here.
import { escapeHtml } from "../escape.ts";
import { counted } from "../../inventory/counted.ts";
import type { Block, Card, Cards, Cell, Section, Table } from "./layout.ts";
import type { Place } from "./report.ts";
import { placeText } from "./titles.ts";

export function sectionHtml({ id, title, blocks }: Section): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${escapeHtml(title)}</h2>
${blocks.map(blockHtml).join("\n")}
</section>`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case "sentences":
      return block.lines.map((line) => `<p>${escapeHtml(line)}</p>`).join("\n");
    case "table":
      return tableHtml(block);
    case "cards":
      return cardsHtml(block);
    default:
      return block satisfies never;
  }
}

function tableHtml({ caption, head, rows, left }: Table): string {
  const numeric = head.map((_, column) => rows.every((row) => typeof row[column] === "number"));
  const names = head.map(
    (name, column) => `<th scope="col"${numeric[column] ? ' class="number"' : ""}>${escapeHtml(name)}</th>`,
  );
  const lines = rows.map(
    (row) => `<tr>${row.map((cell, column) => cellHtml(cell, head[column] ?? "")).join("")}</tr>`,
  );
  return `<table class="stacks"><caption>${escapeHtml(caption)}</caption><thead><tr>${names.join("")}</tr></thead><tbody>
${lines.join("\n")}
</tbody></table>${moreHtml(left, "row")}`;
}

function cellHtml(cell: Cell, label: string): string {
  const named = ` data-label="${escapeHtml(label)}"`;
  if (typeof cell === "number") return `<td class="number"${named}>${cell.toLocaleString("en-US")}</td>`;
  if (typeof cell === "string") return `<td${named}><span>${escapeHtml(cell)}</span></td>`;
  if (cell.kind === "place") return `<td class="place"${named}>${linkHtml(cell.place)}</td>`;
  return `<td${named}><span>${markHtml(cell)}</span></td>`;
}

/** The address is ours: base and id. It is escaped all the same. */
function linkHtml(place: Place): string {
  return `<a href="${escapeHtml(place.link)}">${escapeHtml(placeText(place))}</a>`;
}

function markHtml({ text, tone }: { readonly text: string; readonly tone: string }): string {
  return `<span class="mark ${tone}">${escapeHtml(text)}</span>`;
}

function cardsHtml({ cards, left }: Cards): string {
  return `${cards.map(cardHtml).join("\n")}${moreHtml(left, "endpoint")}`;
}

function cardHtml({ place, marks, facts, advice, command }: Card): string {
  const rows = facts.map(
    ([label, text]) => `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(text)}</dd></div>`,
  );
  const shown = marks.map((mark) => `<li>${markHtml(mark)}</li>`).join("");
  return `<article class="card"><h3>${linkHtml(place)}</h3>${shown === "" ? "" : `<ul class="marks">${shown}</ul>`}
<dl class="facts">${rows.join("")}</dl>
<p class="advice"><strong>Decision:</strong> ${escapeHtml(advice)}</p>
<pre><code>${escapeHtml(command)}</code></pre></article>`;
}

function moreHtml(left: number, noun: string): string {
  return left === 0
    ? ""
    : `<p class="more">… and ${counted(left, `more ${noun}`)}, all of them in JSON and CSV.</p>`;
}
