// New shadow endpoints: what is known of each, and what to do about it first.
import { isReach } from "../../inventory/reach-findings.ts";
import { findingRecords } from "./finding-records.ts";
import type { Frame, Seen } from "./frame.ts";
import { callerLine, isAi, isHeard, iso, placeOf } from "./frame.ts";
import type { FindingRecord } from "./input.ts";
import type { LedgerRow } from "./ledger.ts";
import type { Decision, ShadowItem } from "./report.ts";
import { shellWord } from "./shell.ts";
import type { Stood } from "./timeline.ts";

/** Shadow at the end of the week, and not at its begin. What cannot wait comes first, then by place. */
export function newShadow(
  frame: Frame,
  records: readonly FindingRecord[] = findingRecords(frame),
): readonly ShadowItem[] {
  const reached = reachAt(records, frame);
  const items = frame.seen.flatMap((seen) => {
    const { row, now, before } = seen;
    if (!isHeard(row, now) || now.standing !== "shadow") return [];
    if (isHeard(row, before) && before.standing === "shadow") return [];
    const item = shadowItem(seen, now, frame);
    return [{ ...item, findings: [...item.findings, ...(reached.get(row.id) ?? [])] }];
  });
  return items.sort((a, b) => urgencyOf(a) - urgencyOf(b));
}

/** Who reaches it and should not, by endpoint: it takes the whole network to tell, so a row does not carry it. */
function reachAt(
  records: readonly FindingRecord[],
  { week }: Frame,
): ReadonlyMap<string, ShadowItem["findings"]> {
  const found = new Map<string, ShadowItem["findings"]>();
  for (const { rule, severity, text, endpointId, openedAt, closedAt } of records) {
    if (!isReach(rule) || openedAt >= week.to || (closedAt !== null && closedAt < week.to)) continue;
    found.set(endpointId, [...(found.get(endpointId) ?? []), { rule, severity, text }]);
  }
  return found;
}

const URGENCY = ["protect", "review", "document", "watch"];

/** Within one kind of decision, what is called from outside goes before the rest. */
function urgencyOf({ decision, exposure }: ShadowItem): number {
  return URGENCY.indexOf(decision.kind) * 2 + (exposure === "external" ? 0 : 1);
}

/** That it is shadow, and AI, stands there in other words. */
const SAID_ALREADY: ReadonlySet<string> = new Set(["shadow", "ai"]);

function shadowItem({ row, before }: Seen, now: Stood, frame: Frame): ShadowItem {
  return {
    ...placeOf(row, frame),
    why: isHeard(row, before) ? "undocumented" : "new",
    confidence: now.confidence,
    first_seen: iso(row.firstSeen ?? 0),
    requests: row.requests,
    first_caller: row.firstCaller === null ? null : callerLine(row.firstCaller),
    exposure: row.exposure,
    owner: row.owner,
    auth: row.auth,
    data_classes: row.dataClasses,
    ai: isAi(now) ? { verdict: now.verdict, kind: row.aiKind, role: row.aiRole } : null,
    evidence: row.standing === "shadow" ? row.reason : `stood in no document then; since: ${row.reason}`,
    findings: row.findings
      .filter(({ rule }) => !SAID_ALREADY.has(rule))
      .map(({ rule, severity, text }) => ({ rule, severity, text })),
    decision: decisionFor(row, now, frame),
  };
}

/** The first rule that holds decides. */
const DECISIONS: readonly {
  readonly kind: string;
  holds(row: LedgerRow, now: Stood): boolean;
  readonly text: string;
}[] = [
  {
    kind: "protect",
    holds: ({ findings }) => findings.some(({ rule }) => rule === "no-auth"),
    text: "Require authentication, then document it: it gives sensitive data to anyone who asks.",
  },
  {
    kind: "review",
    holds: ({ aiRole }, now) => isAi(now) && aiRole === "consumer",
    text: "Decide whether this AI service may be used, and by whom.",
  },
  {
    kind: "review",
    holds: (_row, now) => isAi(now),
    text: "Find out who runs this AI endpoint and for whom; then document or close it.",
  },
  {
    kind: "watch",
    holds: (_row, { confidence }) => confidence === "candidate",
    text: "Wait for more traffic: what was heard does not prove yet that it is an endpoint.",
  },
  {
    kind: "document",
    holds: ({ exposure }) => exposure === "external",
    text: "Document it or close it: it is called from outside.",
  },
];

const OTHERWISE = { kind: "document", text: "Document it, or name who will." };

function decisionFor(row: LedgerRow, now: Stood, { base }: Frame): Decision {
  const { kind, text } = DECISIONS.find((rule) => rule.holds(row, now)) ?? OTHERWISE;
  const url = shellWord(base);
  const command =
    kind === "document"
      ? `umbra export openapi --url ${url} --only shadow --service ${shellWord(row.authority)}`
      : `umbra endpoints show ${shellWord(row.id)} --url ${url}`;
  return { kind, text, command };
}
