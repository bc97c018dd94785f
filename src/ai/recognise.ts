// The AI verdict from exact marks alone: wire formats, protocols, headers, vendor hosts. Precision before recall.
import type { AiVerdict, AiVerdictName, Evidence } from "../model/inventory.ts";
import { NO_AI } from "../model/inventory.ts";
import type { Facts, SightingKey } from "../model/sighting.ts";
import { recogniseProtocol } from "./agent-protocols.ts";
import { FORMATS, HEADERS, vendorOf } from "./catalogue.ts";
import type { FormatRow } from "./catalogue.ts";
import { lookAtAnswers, lookAtRequest } from "./keys.ts";

/** What is judged: `path` is the template, with or without names in its braces. */
export type AiKey = Pick<SightingKey, "authority" | "method" | "path" | "style" | "operation"> &
  Partial<Pick<SightingKey, "protocol">>;

/** Log-odds before any evidence: of a hundred endpoints about one is an AI endpoint. */
const PRIOR = -4.5;
/** Log-odds by what of the format was seen; a matching answer on top of a matching request adds `ANSWER`. */
const WEIGHTS = {
  exact: { request: 6.5, answer: 5.5, telling: 4.2, path: 2 },
  strong: { request: 4, answer: 4.5, telling: 3, path: 1 },
} as const;
const ANSWER = 1.5;
/** Pattern of formats that any path may speak: the path says nothing then. */
const ANY_PATH = ".";
const PROTOCOL = 7.5;
const VENDOR = { certain: 6.5, mixed: 1.5 } as const;
const TIERS: readonly (readonly [AiVerdictName, least: number])[] = [
  ["confirmed", 0.9],
  ["likely", 0.4],
  ["watch", 0.15],
];

interface Reason {
  readonly evidence: Evidence;
  readonly kind: string | null;
  readonly format: string | null;
}

/** Judges one endpoint by everything known of it. */
export function recogniseAi(key: AiKey, facts: Facts): AiVerdict {
  const vendor = vendorReason(key, facts);
  const reasons = [
    ...(isAnswered(facts) ? wireReasons(key, facts) : []),
    ...headerReasons(facts),
    ...(vendor === null ? [] : [vendor]),
  ];
  if (reasons.length === 0) return NO_AI;
  const log = reasons.reduce((all, { evidence }) => all + evidence.weight, PRIOR);
  const score = Math.round(10_000 / (1 + Math.exp(-log))) / 10_000;
  const verdict = TIERS.find(([, least]) => score >= least)?.[0] ?? "none";
  if (verdict === "none") return NO_AI;
  return {
    verdict,
    score,
    kind: reasons.find((reason) => reason.kind !== null)?.kind ?? null,
    role: vendor === null ? "provider" : "consumer",
    formats: reasons.flatMap((reason) => reason.format ?? []),
    evidence: reasons.map((reason) => reason.evidence),
  };
}

/** Something other than "there is no such thing here": an attempt on a path that does not exist is no endpoint. */
function isAnswered(facts: Facts): boolean {
  return Object.keys(facts.responses).some((status) => !["404", "405", "410", "501"].includes(status));
}

/** The protocol, or the best wire format, of equals the one with the narrower path. */
function wireReasons(key: AiKey, facts: Facts): readonly Reason[] {
  const protocol = recogniseProtocol(key, facts);
  if (protocol !== null) {
    return [reason("protocol", PROTOCOL, protocol.text, { facts, kind: protocol.kind, format: protocol.id })];
  }
  const found = FORMATS.filter((row) => row.method === key.method && row.pathTest.test(key.path))
    .map((row) => ({ row, reasons: formatReasons(row, facts) }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => total(b.reasons) - total(a.reasons) || b.row.path.length - a.row.path.length);
  return found[0]?.reasons ?? [];
}

function total(reasons: readonly Reason[]): number {
  return reasons.reduce((all, { evidence }) => all + evidence.weight, 0);
}

function formatReasons(row: FormatRow, facts: Facts): readonly Reason[] {
  const request = row.request.length === 0 ? "unseen" : lookAtRequest(facts, row.request);
  const answer = lookAtAnswers(facts, row.response, row.media);
  if (request === "missing" || answer === "missing") return [];
  const weights = WEIGHTS[row.strength];
  const seen = { facts, kind: row.kind, format: row.id };
  const answered = reason("answer-shape", ANSWER, `successful answers have the fields of ${row.id}`, {
    facts,
    kind: null,
    format: null,
  });
  if (request === "verified") {
    const asked = reason("wire-format", weights.request, `path and request fields of ${row.id}`, seen);
    return answer === "verified" ? [asked, answered] : [asked];
  }
  if (answer === "unseen") return pathReasons(row, facts);
  const heard = reason("wire-format", weights.answer, `path and answer fields of ${row.id}`, seen);
  // Where requests carry nothing telling, the answer is all there is to see.
  return row.request.length === 0 ? [heard, answered] : [heard];
}

function pathReasons(row: FormatRow, facts: Facts): readonly Reason[] {
  if (row.path === ANY_PATH) return [];
  const { telling, path } = WEIGHTS[row.strength];
  const weight = row.telling && hasSuccess(facts) ? telling : path;
  const text = `path of ${row.id}; no bodies were recorded`;
  return [reason("path", weight, text, { facts, kind: row.kind, format: null })];
}

/** An unknown answer may have been a success; a refused one says nothing about what is behind. */
function hasSuccess(facts: Facts): boolean {
  return Object.keys(facts.responses).some((status) => status.startsWith("2") || status === "unknown");
}

/** Headers repeat each other: together they count no more than the strongest. */
function headerReasons(facts: Facts): readonly Reason[] {
  const found = HEADERS.flatMap((row) => {
    const asked = row.side === "response" ? 0 : (facts.requestHeaders.kept[row.name] ?? 0);
    const answered = row.side === "request" ? 0 : answersWith(facts, row.name);
    const count = asked + answered;
    return count === 0 ? [] : [{ row, count }];
  }).sort((a, b) => b.row.weight - a.row.weight);
  const [best] = found;
  if (best === undefined) return [];
  const { row, count } = best;
  const text = `header ${row.name}: ${row.means}`;
  return [
    { evidence: { group: "header", weight: row.weight, text, count }, kind: row.kind ?? null, format: null },
  ];
}

function answersWith(facts: Facts, name: string): number {
  return Object.values(facts.responses).reduce(
    (all, response) => all + (response.headers.kept[name] ?? 0),
    0,
  );
}

/** Of an encrypted connection the server name is all there is: likely at most, since nothing else can join it. */
function vendorReason({ authority, protocol }: AiKey, facts: Facts): Reason | null {
  const row = vendorOf(authority);
  if (row === null) return null;
  const text =
    protocol === "tls" ? `server name ${authority} of ${row.vendor} (SNI only)` : `host of ${row.vendor}`;
  return reason("vendor-host", VENDOR[row.trust], text, {
    facts,
    kind: null,
    format: null,
  });
}

function reason(
  group: string,
  weight: number,
  text: string,
  {
    facts,
    kind,
    format,
  }: { readonly facts: Facts; readonly kind: string | null; readonly format: string | null },
): Reason {
  return { evidence: { group, weight, text, count: facts.requests }, kind, format };
}
