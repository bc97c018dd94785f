// The headline numbers every human-readable format starts with.
import { counted } from "../inventory/counted.ts";
import { aiSentence } from "./ai-tables.ts";
import type { ScanEndpoint, ScanReport } from "./scan-report.ts";

export interface Summary {
  readonly requests: number;
  /** Services of which requests were heard. */
  readonly services: number;
  /** API endpoints that are not noise; orphans not counted. */
  readonly endpoints: number;
  readonly documented: number;
  readonly shadow: number;
  readonly zombie: number;
  readonly orphan: number;
  readonly ai: number;
  /** Services of which nothing but encrypted connections was heard. */
  readonly encrypted: number;
  readonly other: number;
  readonly noise: number;
  readonly weirds: number;
}

export function summaryOf(report: ScanReport): Summary {
  const heard = report.endpoints.filter((endpoint) => endpoint.standing !== "orphan");
  const apis = heard.filter(isApiRow);
  const encrypted = onlyEncrypted(heard);
  const standing = (name: string) => apis.filter((endpoint) => endpoint.standing === name).length;
  return {
    requests: report.services.reduce((sum, service) => sum + service.requests, 0),
    services: report.services.length - encrypted,
    endpoints: apis.length,
    documented: standing("documented"),
    shadow: standing("shadow"),
    zombie: standing("zombie"),
    orphan: report.endpoints.length - heard.length,
    ai: heard.filter(looksAiRow).length,
    encrypted,
    other: heard.filter(isOther).length,
    noise: heard.filter((endpoint) => endpoint.confidence === "noise").length,
    weirds: Object.values(report.capture.weirds).reduce((sum, count) => sum + count, 0),
  };
}

/** Pages and assets. */
function isOther({ category, confidence }: ScanEndpoint): boolean {
  return confidence !== "noise" && category !== "api" && category !== "encrypted";
}

function onlyEncrypted(heard: readonly ScanEndpoint[]): number {
  const authorities = (rows: readonly ScanEndpoint[]) => new Set(rows.map(({ authority }) => authority));
  const open = authorities(heard.filter((row) => !isEncryptedRow(row)));
  return [...authorities(heard.filter(isEncryptedRow))].filter((authority) => !open.has(authority)).length;
}

export function isEncryptedRow(endpoint: ScanEndpoint): boolean {
  return endpoint.category === "encrypted";
}

export function isApiRow(endpoint: ScanEndpoint): boolean {
  return endpoint.category === "api" && endpoint.confidence !== "noise";
}

export function looksAiRow(endpoint: ScanEndpoint): boolean {
  return endpoint.ai.verdict === "confirmed" || endpoint.ai.verdict === "likely";
}

/** The first paragraph of every report a person reads. */
export function sentences(report: ScanReport): readonly string[] {
  const sum = summaryOf(report);
  const lines = [
    `Heard ${counted(sum.requests, "request")} to ${counted(sum.services, "service")}: ${counted(sum.endpoints, "API endpoint")}, ` +
      `${sum.documented} documented, ${sum.shadow} shadow, ${sum.zombie} zombie; ${sum.orphan} documented but never called.`,
  ];
  const ai = aiSentence(report.ai);
  const looks = `${counted(sum.ai, "endpoint")} ${sum.ai === 1 ? "looks" : "look"} like AI`;
  if (sum.ai > 0) lines.push(ai === null ? `${looks}.` : `${looks}: ${ai}.`);
  else if (ai !== null) lines.push(`AI: ${ai}.`);
  if (sum.encrypted > 0) {
    const were = sum.encrypted === 1 ? "was" : "were";
    lines.push(
      `${counted(sum.encrypted, "service")} ${were} heard only encrypted: that they are called is known, what is asked there is not.`,
    );
  }
  if (sum.other + sum.noise > 0)
    lines.push(`Kept apart: ${counted(sum.other, "page or asset")}, ${counted(sum.noise, "probe")}.`);
  lines.push(...oddSentences(sum.weirds, report.capture.baseline?.weirds));
  if (sum.requests === 0)
    lines.push("No HTTP exchange was heard: capture health below says what was read instead.");
  return lines;
}

function oddSentences(odd: number, baseline: Readonly<Record<string, number>> = {}): readonly string[] {
  const before = Object.values(baseline).reduce((all, count) => all + count, 0);
  const missed = "what it missed may be told as new; see baseline health";
  return [
    ...(odd > 0 ? [`${counted(odd, "odd record")} in the input; see capture health.`] : []),
    ...(before > 0 ? [`${counted(before, "odd record")} in the baseline: ${missed}.`] : []),
  ];
}
