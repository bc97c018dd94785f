// The headline numbers every human-readable format starts with.
import type { ScanEndpoint, ScanReport } from "./scan-report.ts";

export interface Summary {
  readonly requests: number;
  readonly services: number;
  /** API endpoints that are not noise; orphans not counted. */
  readonly endpoints: number;
  readonly documented: number;
  readonly shadow: number;
  readonly zombie: number;
  readonly orphan: number;
  readonly ai: number;
  readonly other: number;
  readonly noise: number;
  readonly weirds: number;
}

export function summaryOf(report: ScanReport): Summary {
  const heard = report.endpoints.filter((endpoint) => endpoint.standing !== "orphan");
  const apis = heard.filter(isApiRow);
  const standing = (name: string) => apis.filter((endpoint) => endpoint.standing === name).length;
  return {
    requests: report.services.reduce((sum, service) => sum + service.requests, 0),
    services: report.services.length,
    endpoints: apis.length,
    documented: standing("documented"),
    shadow: standing("shadow"),
    zombie: standing("zombie"),
    orphan: report.endpoints.length - heard.length,
    ai: heard.filter(looksAiRow).length,
    other: heard.filter((endpoint) => endpoint.confidence !== "noise" && endpoint.category !== "api").length,
    noise: heard.filter((endpoint) => endpoint.confidence === "noise").length,
    weirds: Object.values(report.capture.weirds).reduce((sum, count) => sum + count, 0),
  };
}

export function isApiRow(endpoint: ScanEndpoint): boolean {
  return endpoint.category === "api" && endpoint.confidence !== "noise";
}

export function looksAiRow(endpoint: ScanEndpoint): boolean {
  return endpoint.ai.verdict === "confirmed" || endpoint.ai.verdict === "likely";
}

/** "1 endpoint", "2 endpoints". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

/** The first paragraph of every report a person reads. */
export function sentences(report: ScanReport): readonly string[] {
  const sum = summaryOf(report);
  const lines = [
    `Heard ${counted(sum.requests, "request")} to ${counted(sum.services, "service")}: ${counted(sum.endpoints, "API endpoint")}, ` +
      `${sum.documented} documented, ${sum.shadow} shadow, ${sum.zombie} zombie; ${sum.orphan} documented but never called.`,
  ];
  if (sum.ai > 0) lines.push(`${counted(sum.ai, "endpoint")} ${sum.ai === 1 ? "looks" : "look"} like AI.`);
  if (sum.other + sum.noise > 0)
    lines.push(`Kept apart: ${counted(sum.other, "page or asset")}, ${counted(sum.noise, "probe")}.`);
  if (sum.weirds > 0) lines.push(`${counted(sum.weirds, "odd record")} in the input; see capture health.`);
  if (sum.requests === 0)
    lines.push("No HTTP exchange was heard: capture health below says what was read instead.");
  return lines;
}
