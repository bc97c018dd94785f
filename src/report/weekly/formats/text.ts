// The weekly report as plain text, for the text part of mails and for terminals: no markup, so nothing needs an escape that shows.
import { counted } from "../../../inventory/counted.ts";
import { escapeTerminal } from "../../escape.ts";
import { HEADLINES } from "../headline-words.ts";
import type { Block, Card, Cell, Section, Table } from "../layout.ts";
import { sectionsOf } from "../layout.ts";
import type { WeeklyReport } from "../report.ts";
import { placeText, titleOf } from "../titles.ts";
import { defineWeeklyFormat } from "../weekly-format.ts";

export default defineWeeklyFormat({
  id: "text",
  title: "Plain text",
  mediaType: "text/plain; charset=utf-8",
  extension: "txt",
  mail: "plain",
  render: (report) => {
    const parts = [
      heading(titleOf(report), "="),
      report.summary.map(escapeTerminal).join(" "),
      headline(report),
      ...sectionsOf(report).map(section),
      trend(report),
      definitions(report),
    ];
    return `${parts.join("\n\n")}\n`;
  },
});

function heading(title: string, line: "=" | "-"): string {
  const shown = escapeTerminal(title);
  return `${shown}\n${line.repeat(shown.length)}`;
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function headline({ headline: { now, before } }: WeeklyReport): string {
  const rows = HEADLINES.map(({ key, title }) => [title, String(now[key]), String(before[key])]);
  return columns([["At the end of the week", "Now", "Week before"], ...rows]);
}

function section({ title, blocks }: Section): string {
  return [heading(title, "-"), ...blocks.map(block)].join("\n\n");
}

function block(block: Block): string {
  switch (block.kind) {
    case "sentences":
      return block.lines.map(escapeTerminal).join("\n\n");
    case "table":
      return [`${block.caption}:`, ...rowsOf(block), ...more(block.left, "row")].join("\n");
    case "cards":
      return [...block.cards.map(card), ...more(block.left, "endpoint")].join("\n\n");
    default:
      return block satisfies never;
  }
}

function more(left: number, noun: string): readonly string[] {
  return left === 0 ? [] : [`... and ${counted(left, `more ${noun}`)}, all of them in JSON and CSV.`];
}

/** Rows about endpoints are too long for columns. */
function rowsOf({ head, rows }: Table): readonly string[] {
  const at = rows[0]?.findIndex((cell) => typeof cell === "object" && cell.kind === "place") ?? -1;
  return at < 0
    ? [columns([head, ...rows.map((row) => row.map(words))])]
    : rows.map((row) => item(row, { head, at }));
}

/** What a row is about, then the rest of it, named by its column. */
function item(
  row: readonly Cell[],
  { head, at }: { readonly head: Table["head"]; readonly at: number },
): string {
  const rest = row.flatMap((cell, column) =>
    column === at || words(cell) === "" ? [] : [`${head[column] ?? ""}: ${words(cell)}`],
  );
  return [`* ${words(row[at] ?? "")}`, ...rest.map((line) => `    ${line}`)].join("\n");
}

function words(cell: Cell): string {
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "string") return escapeTerminal(cell);
  return escapeTerminal(cell.kind === "place" ? placeText(cell.place) : cell.text);
}

function card({ place, marks, facts, advice, command }: Card): string {
  const marked = marks.length === 0 ? "" : ` (${marks.map(({ text }) => text).join("; ")})`;
  const lines = [
    `* ${placeText(place)}${marked}`,
    ...facts.map(([label, text]) => `    ${label}: ${text}`),
    `    Decision: ${advice}`,
    `    ${command}`,
    `    ${place.link}`,
  ];
  return lines.map(escapeTerminal).join("\n");
}

function trend({ trend: points }: WeeklyReport): string {
  const head = ["Week", ...HEADLINES.map(({ title }) => title)];
  const rows = points.map((point) => [point.week, ...HEADLINES.map(({ key }) => String(point[key]))]);
  return `${heading("Twelve weeks", "-")}\n\n${columns([head, ...rows])}`;
}

function definitions({ definitions: terms }: WeeklyReport): string {
  const lines = terms.map(({ term, meaning }) => `* ${escapeTerminal(term)}: ${escapeTerminal(meaning)}`);
  return `${heading("What the words mean", "-")}\n\n${lines.join("\n")}`;
}
