// News as words: subject and lines, from names and counts alone; each sender escapes them for where they are shown.
import type { FindingNews } from "../model/governance.ts";

const TURNS: Readonly<Record<FindingNews["turn"], string>> = {
  opened: "New finding",
  reopened: "Finding is back",
  worsened: "Finding got worse",
  resolved: "Resolved",
  test: "Test",
  report: "Report",
};

// What a subject line or a chat's first line shows whole.
const MAX_SUBJECT = 180;

/** One line: no control characters, which could end a header or a line elsewhere. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

export function headline({ turn, finding, method, path }: FindingNews): string {
  if (turn === "report") return oneLine(finding.title);
  const about = turn === "test" ? "this is how news arrives" : `${method} ${finding.authority}${path}`;
  return oneLine(`${TURNS[turn]} (${finding.severity}): ${finding.title}, ${about}`);
}

/** For several at once: how many of which severity. */
export function subjectOf(news: readonly FindingNews[]): string {
  const [first] = news;
  if (first !== undefined && news.length === 1) return `[Umbra] ${headline(first)}`.slice(0, MAX_SUBJECT);
  const report = news.find(({ turn }) => turn === "report");
  if (report !== undefined)
    return `[Umbra] ${headline(report).slice(0, MAX_SUBJECT)}, and ${news.length - 1} more`;
  const counts = new Map<string, number>();
  for (const { finding } of news) counts.set(finding.severity, (counts.get(finding.severity) ?? 0) + 1);
  const order = ["critical", "high", "medium", "low", "info"];
  const told = order.flatMap((severity) =>
    counts.has(severity) ? [`${counts.get(severity)} ${severity}`] : [],
  );
  return `[Umbra] ${news.length} findings changed: ${told.join(", ")}`;
}

/** The evidence, and who is asked. */
export function detail({ turn, finding, owner }: FindingNews): string {
  if (turn === "report") return oneLine(finding.text);
  return oneLine(
    `${finding.text.replace(/\.$/, "")}. Owner: ${owner ?? "nobody"}. ${finding.id}, endpoint ${finding.endpointId}`,
  );
}
