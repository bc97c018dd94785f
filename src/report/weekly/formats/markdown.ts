// The weekly report as Markdown, for tickets, wikis and pull requests.
import { escapeMarkdown } from "../../escape.ts";
import { counted } from "../../../inventory/counted.ts";
import { HEADLINES } from "../headline-words.ts";
import type { Block, Card, Cell, Section } from "../layout.ts";
import { sectionsOf } from "../layout.ts";
import { placeText, titleOf } from "../titles.ts";
import type { Place, WeeklyReport } from "../report.ts";
import { defineWeeklyFormat } from "../weekly-format.ts";

export default defineWeeklyFormat({
  id: "markdown",
  title: "Markdown",
  mediaType: "text/markdown; charset=utf-8",
  extension: "md",
  render: (report) => {
    const parts = [
      `# ${escapeMarkdown(titleOf(report))}`,
      report.summary.map(escapeMarkdown).join(" "),
      headline(report),
      ...sectionsOf(report).map(section),
      trend(report),
      definitions(report),
    ];
    return `${parts.join("\n\n")}\n`;
  },
});

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

function headline({ headline: { now, before } }: WeeklyReport): string {
  const rows = HEADLINES.map(({ key, title }) => [title, String(now[key]), String(before[key])]);
  return table(["At the end of the week", "Now", "Week before"], rows);
}

function section({ title, blocks }: Section): string {
  return [`## ${title}`, ...blocks.map(block)].join("\n\n");
}

function block(block: Block): string {
  switch (block.kind) {
    case "sentences":
      return block.lines.map(escapeMarkdown).join("\n\n");
    case "table":
      return [
        `**${block.caption}**`,
        "",
        table(
          block.head,
          block.rows.map((cells) => cells.map(cell)),
        ),
        ...more(block.left, "row"),
      ].join("\n");
    case "cards":
      return [...block.cards.map(card), ...more(block.left, "endpoint")].join("\n");
    default:
      return block satisfies never;
  }
}

function more(left: number, noun: string): readonly string[] {
  return left === 0 ? [] : ["", `… and ${counted(left, `more ${noun}`)}, all of them in JSON and CSV.`];
}

function cell(cell: Cell): string {
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "string") return escapeMarkdown(cell);
  return cell.kind === "place" ? link(cell.place) : escapeMarkdown(cell.text);
}

/** Links are ours: base address and id, nothing from traffic. */
function link(place: Place): string {
  return `[${escapeMarkdown(placeText(place))}](<${place.link.replace(/[<>\s]/g, encodeURIComponent)}>)`;
}

function card({ place, marks, facts, advice, command }: Card): string {
  const told = facts.map(([label, text]) => `${label}: ${escapeMarkdown(text)}`).join("; ");
  const marked = marks.map(({ text }) => `**${escapeMarkdown(text)}**`).join(", ");
  return [
    `- ${link(place)}${marked === "" ? "" : ` ${marked}`}`,
    `  - ${told}`,
    `  - Decision: ${escapeMarkdown(advice)}`,
    `  - ${code(command)}`,
  ].join("\n");
}

/** A code span is closed by as many backquotes as opened it (CommonMark 6.1). */
function code(text: string): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  return `${fence} ${text} ${fence}`;
}

function trend({ trend }: WeeklyReport): string {
  const head = ["Week", ...HEADLINES.map(({ title }) => title)];
  const rows = trend.map((point) => [point.week, ...HEADLINES.map(({ key }) => String(point[key]))]);
  return `## Twelve weeks\n\n${table(head, rows)}`;
}

function definitions({ definitions }: WeeklyReport): string {
  const rows = definitions.map(({ term, meaning }) => [escapeMarkdown(term), escapeMarkdown(meaning)]);
  return `## What the words mean\n\n${table(["Word", "Meaning"], rows)}`;
}
