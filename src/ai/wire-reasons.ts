// Evidence from wire formats and agent protocols: what paths, fields and headers of known interfaces give away.
import type { Facts } from "../model/sighting.ts";
import { recogniseProtocol } from "./agent-protocols.ts";
import { FORMATS, HEADERS } from "./catalogue.ts";
import type { FormatRow } from "./catalogue.ts";
import { haveFields, lookAtAnswers, lookAtRequest } from "./keys.ts";
import type { AiKey, Reason } from "./reason.ts";
import { reason } from "./reason.ts";

/** Log-odds by what of the format was seen; a matching answer on top of a matching request adds `ANSWER`. */
const WEIGHTS = {
  exact: { request: 6.5, answer: 5.5, telling: 4.2, path: 2 },
  strong: { request: 4, answer: 4.5, telling: 3, path: 1 },
} as const;
const ANSWER = 1.5;
/** Pattern of formats that any path may speak: the path says nothing then. */
const ANY_PATH = ".";
const PROTOCOL = 7.5;
/** Fields of a format on a path of somebody's own. */
const ELSEWHERE = 5;

/** The protocol, or the best wire format, of equals the one with the narrower path. */
export function wireReasons(key: AiKey, facts: Facts): readonly Reason[] {
  const protocol = recogniseProtocol(facts);
  if (protocol !== null) {
    return [reason("protocol", PROTOCOL, protocol.text, { facts, kind: protocol.kind, format: protocol.id })];
  }
  const found = FORMATS.filter((row) => row.method === key.method)
    .map((row) => ({ row, reasons: reasonsOf(row, key, facts) }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort(
      (a, b) =>
        total(b.reasons) - total(a.reasons) ||
        Number(b.row.narrow === true) - Number(a.row.narrow === true) ||
        b.row.path.length - a.row.path.length,
    );
  return found[0]?.reasons ?? [];
}

function total(reasons: readonly Reason[]): number {
  return reasons.reduce((all, { evidence }) => all + evidence.weight, 0);
}

function reasonsOf(row: FormatRow, { path }: AiKey, facts: Facts): readonly Reason[] {
  if (row.pathTest.test(path)) return formatReasons(row, facts);
  if (row.fields === undefined || !haveFields(facts, row.fields)) return [];
  const seen = { facts, kind: row.kind, format: row.id, product: row.product };
  return [reason("wire-format", ELSEWHERE, `fields of ${row.id}, on another path`, seen)];
}

function formatReasons(row: FormatRow, facts: Facts): readonly Reason[] {
  const request = row.request.length === 0 ? "unseen" : lookAtRequest(facts, row.request);
  const answer = lookAtAnswers(facts, row.response, row.media);
  if (request === "missing" || answer === "missing") return [];
  const weights = WEIGHTS[row.strength];
  const seen = { facts, kind: row.kind, format: row.id, product: row.product };
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
  return [reason("path", weight, text, { facts, kind: row.kind, format: null, product: row.product })];
}

/** An unknown answer may have been a success; a refused one says nothing about what is behind. */
function hasSuccess(facts: Facts): boolean {
  return Object.keys(facts.responses).some((status) => status.startsWith("2") || status === "unknown");
}

/** Headers repeat each other: together they count no more than the strongest. */
export function headerReasons(facts: Facts): readonly Reason[] {
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
  const { product } = row;
  return [
    reason("header", row.weight, text, { facts, kind: row.kind ?? null, format: null, product, count }),
  ];
}

function answersWith(facts: Facts, name: string): number {
  return Object.values(facts.responses).reduce(
    (all, response) => all + (response.headers.kept[name] ?? 0),
    0,
  );
}
