// The report as one self-contained HTML page that reads well on screen, phone and paper.
import { escapeHtml } from "../escape.ts";
import { defineReportFormat } from "../format.ts";
import type { ScanReport } from "../scan-report.ts";
import { sentences, summaryOf } from "../summary.ts";
import type { ReportRow, ReportTable } from "../tables.ts";
import { tablesOf } from "../tables.ts";

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--soft:#8881}
body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:76rem;padding:1.5rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
.tiles{display:flex;flex-wrap:wrap;gap:.75rem;padding:0;list-style:none}
.tiles li{border:1px solid var(--line);border-radius:.5rem;padding:.5rem 1rem;min-width:6rem}
.tiles b{display:block;font-size:1.5rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th{position:sticky;top:0;background:Canvas}
td.number{text-align:right;font-variant-numeric:tabular-nums}
code{font:.9em ui-monospace,monospace}
.shadow,.high,.critical{font-weight:600;color:#c2410c}.zombie{font-weight:600;color:#b91c1c}
@media print{body{max-width:none}th{position:static}}
`;

export default defineReportFormat({
  id: "html",
  title: "one HTML page",
  mediaType: "text/html; charset=utf-8",
  render: (report) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>API inventory</title><style>${STYLE}</style></head><body><main>
<h1>API inventory</h1>
<p>${sentences(report).map(escapeHtml).join(" ")}</p>
${tiles(report)}
${tablesOf(report).map(section).join("\n")}
</main></body></html>
`,
});

function tiles(report: ScanReport): string {
  const sum = summaryOf(report);
  const shown = {
    endpoints: sum.endpoints,
    documented: sum.documented,
    shadow: sum.shadow,
    zombie: sum.zombie,
    AI: sum.ai,
  };
  return `<ul class="tiles">${Object.entries(shown)
    .map(([name, count]) => `<li><b>${count}</b>${name}</li>`)
    .join("")}</ul>`;
}

function section({ title, head, rows }: ReportTable): string {
  const cells = head.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = rows.map(line).join("\n");
  return `<section><h2>${escapeHtml(title)}</h2><div class="scroll"><table><thead><tr>${cells}</tr></thead><tbody>
${body}
</tbody></table></div></section>`;
}

function line({ cells, mark }: ReportRow): string {
  const shown = cells.map((cell, column) => {
    if (typeof cell === "number") return `<td class="number">${cell}</td>`;
    return `<td${column === 0 && mark !== "" ? ` class="${escapeHtml(mark)}"` : ""}>${escapeHtml(cell)}</td>`;
  });
  return `<tr>${shown.join("")}</tr>`;
}
