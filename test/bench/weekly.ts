// How long a weekly report of a large inventory takes: `node --import tsx test/bench/weekly.ts [endpoints]`, from rows to HTML.
import { NO_AI } from "../../src/model/inventory.ts";
import html from "../../src/report/weekly/formats/html.ts";
import { ledgerRow } from "../../src/report/weekly/ledger.ts";
import type { LedgerRow } from "../../src/report/weekly/ledger.ts";
import { weeklyReport } from "../../src/report/weekly/weekly-report.ts";
import { anEndpoint, someFacts } from "../support/builders.ts";
import { aCaller, anEvent, inputsOf, MONDAY, OPTIONS, WEEK_MS } from "../support/weekly.ts";

const COUNT = Number(process.argv[2] ?? 100_000);

function rowAt(index: number): LedgerRow {
  const firstSeen = MONDAY - (index % 20) * WEEK_MS + (index % 7) * 1000;
  const callers = Array.from({ length: 1 + (index % 5) }, (_, caller) =>
    aCaller({ address: `10.${caller}.${index % 250}.9`, firstSeen, lastSeen: MONDAY + 1000 }),
  );
  const ai = index % 50 === 0 ? { ...NO_AI, verdict: "likely" as const, kind: "chat-completion" } : NO_AI;
  const standing = (["documented", "shadow", "zombie", "documented"] as const)[index % 4] ?? "shadow";
  const facts = someFacts({ requests: 9, firstSeen, lastSeen: MONDAY + 1000, callers });
  const endpoint = anEndpoint({
    authority: `s${index % 500}.test`,
    path: `/v1/p${index}`,
    standing,
    ai,
    facts,
  });
  return ledgerRow(endpoint, index % 3 === 0 ? null : `team-${index % 40}`);
}

const before = performance.now();
const rows = Array.from({ length: COUNT }, (_, index) => rowAt(index));
const made = performance.now();
const events = rows.flatMap((row, index) => [
  anEvent("endpoint-discovered", row, { at: row.firstSeen ?? 0, standing: row.standing }),
  ...(index % 5 === 0
    ? [anEvent("standing-changed", row, { at: MONDAY - index, from: "shadow", to: row.standing })]
    : []),
]);
const start = performance.now();
const report = weeklyReport(inputsOf({ rows, events }), OPTIONS);
const done = performance.now();
const text = report === null ? "" : html.render(report);
const rendered = performance.now();

console.log(
  [
    `${COUNT} endpoints, ${events.length} events`,
    `slim rows   ${Math.round(made - before)} ms (with making the endpoints)`,
    `report      ${Math.round(done - start)} ms`,
    `HTML        ${Math.round(rendered - done)} ms, ${Math.round(text.length / 1000)} kB`,
    `memory      ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB heap`,
  ].join("\n"),
);
