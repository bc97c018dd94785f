// What people, imports and rules say about endpoints: decisions, owners, teams. No classifier writes any of it.

/** Governance axis: what was decided about an endpoint. */
export type Decision = "unreviewed" | "approved" | "to-be-retired" | "ignored";

/** Who says it, the strongest first: a person beats an import, an import a rule, a rule an inference. */
export const CLAIM_SOURCES = ["person", "import", "rule", "inferred"] as const;
export type ClaimSource = (typeof CLAIM_SOURCES)[number];

/** One statement of who owns an endpoint. */
export interface OwnerClaim {
  /** Id of a team, or any name people use. */
  readonly owner: string;
  readonly source: ClaimSource;
  /** One sentence with the evidence: the rule, the file and line, the siblings. */
  readonly reason: string;
  /** Share of the evidence that agrees, 0..1; 1 for everything that was said outright. */
  readonly confidence: number;
}

/** The owner that holds, and everything said beside it. */
export interface Ownership {
  /** null while nobody but an inference named one. */
  readonly owner: OwnerClaim | null;
  /** Claims of other owners that are as strong as a rule: to be shown, never dropped. */
  readonly conflicts: readonly OwnerClaim[];
  /** Inferred and waiting for a person's word; the most probable first. */
  readonly proposals: readonly OwnerClaim[];
}

/** One change somebody made. */
export interface GovernanceChange {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Who: a token's name, "rule", "import". */
  readonly by: string;
  readonly field: "decision" | "owner" | "ai";
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
  /** Endpoint it was said of, where it came from another one by a merge or a split. */
  readonly of?: string;
}

/** What a person says of the AI verdict; it is shown whatever the evidence. */
export const AI_DECISIONS = ["ai", "not-ai"] as const;
export type AiDecision = (typeof AI_DECISIONS)[number];

/** What is decided about one endpoint. */
export interface Governance {
  readonly endpointId: string;
  readonly decision: Decision;
  /** Milliseconds since the epoch; null while nothing was decided. */
  readonly decidedAt: number | null;
  readonly decidedBy: string | null;
  /** Said by people. */
  readonly owner: string | null;
  /** Absent or null while the evidence decides. */
  readonly ai?: AiDecision | null;
  /** Newest last, at most `MAX_HISTORY`. */
  readonly history: readonly GovernanceChange[];
}

// Decisions change by hand: years of them fit.
export const MAX_HISTORY = 100;

export type Contact =
  | { readonly kind: "email"; readonly address: string }
  | { readonly kind: "webhook" | "slack" | "teams"; readonly url: string };

export interface Team {
  /** What owners name. */
  readonly id: string;
  readonly name: string;
  readonly contacts: readonly Contact[];
}

export function unreviewed(endpointId: string): Governance {
  return { endpointId, decision: "unreviewed", decidedAt: null, decidedBy: null, owner: null, history: [] };
}

/** `held` with one change made and remembered; the same value again changes nothing, unless it was said of another endpoint. */
export function changed(
  held: Governance,
  change: Pick<GovernanceChange, "at" | "by" | "reason"> &
    (
      | { readonly field: "decision"; readonly to: Decision }
      | { readonly field: "owner"; readonly to: string | null }
      | { readonly field: "ai"; readonly to: AiDecision | null }
    ),
): Governance {
  const from = held[change.field] ?? null;
  const last = held.history.findLast(({ field }) => field === change.field);
  if (from === change.to && last?.of === undefined) return held;
  const { at, by, reason, field, to } = change;
  const history = [...held.history, { at, by, field, from, to, reason }].slice(-MAX_HISTORY);
  switch (change.field) {
    case "decision":
      return { ...held, decision: change.to, decidedAt: at, decidedBy: by, history };
    case "owner":
      return { ...held, owner: change.to, history };
    case "ai":
      return { ...held, ai: change.to, history };
    default:
      return change satisfies never;
  }
}

/** open: holds; acknowledged: holds and somebody is at it; accepted: holds and is lived with; resolved: holds no more. */
export type FindingState = "open" | "acknowledged" | "accepted" | "resolved";

/** A finding over time: one for each rule and endpoint, however often its evidence is heard. */
export interface FindingRecord {
  /** `fi_` and 16 characters, of rule and endpoint. */
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly severity: "info" | "low" | "medium" | "high" | "critical";
  readonly endpointId: string;
  readonly authority: string;
  /** The evidence as it was last heard. */
  readonly text: string;
  readonly state: FindingState;
  /** Milliseconds since the epoch, all of them. */
  readonly openedAt: number;
  readonly changedAt: number;
  /** null while it holds. */
  readonly resolvedAt: number | null;
  /** null unless accepted. */
  readonly acceptedUntil: number | null;
  /** Why it is accepted, as somebody put it. */
  readonly reason: string | null;
  /** Who changed it last; null for the traffic itself. */
  readonly by: string | null;
  /** How often it came back. */
  readonly reopened: number;
  /** Team ids to tell, beside the owner. */
  readonly notify: readonly string[];
  /** Somebody has to look at it by then; null without such a rule. */
  readonly reviewBy: number | null;
}

/** What a finding is when it opens, whatever became of it before. */
export function openedAt(now: number) {
  return {
    state: "open" as const,
    openedAt: now,
    changedAt: now,
    resolvedAt: null,
    acceptedUntil: null,
    reason: null,
    by: null,
  };
}

/** News that no finding is behind, in the place of one. */
export function notice(
  told: Pick<FindingRecord, "id" | "rule" | "title" | "endpointId" | "authority" | "text">,
  now: number,
): FindingRecord {
  return {
    ...told,
    severity: "info",
    ...openedAt(now),
    reopened: 0,
    notify: [],
    reviewBy: null,
  };
}

/** A file in which people keep owners, as uploaded. */
export interface OwnerFile {
  /** What it is called; uploading the same name again replaces it. */
  readonly name: string;
  readonly kind: "codeowners" | "catalog-info" | "rules";
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly uploadedAt: number;
}

/** One message to one contact: kept until it arrived or is given up. */
export interface Delivery {
  /** Goes along as idempotency key: the same news to the same contact has the same id. */
  readonly id: string;
  readonly contact:
    | Contact
    | { readonly kind: "syslog"; readonly address: string }
    | { readonly kind: "kafka" };
  /** What happened, ready to be put into the contact's format. */
  readonly news: FindingNews;
  readonly state: "pending" | "delivered" | "dead";
  readonly attempts: number;
  /** Milliseconds since the epoch: when it was made, and when it is tried next. */
  readonly createdAt: number;
  readonly nextAt: number;
  /** Why the last try failed: a status or the name of a fault, never what a server said. */
  readonly lastError: string | null;
  /** The report that the news is about. */
  readonly report?: ReportRef;
}

/** Names a weekly report that was archived. */
export interface ReportRef {
  readonly week: string;
  readonly zone: string;
  readonly team: string;
}

/** News as it is published for other tools. */
export interface PublishedNews {
  /** The same news has the same id, however often it is published. */
  readonly id: string;
  readonly news: FindingNews;
}

/** A turn in the life of a finding, as it is told to people. */
export interface FindingNews {
  /** "report": no finding but a report that was made; its title and text stand where a finding's would. */
  readonly turn: "opened" | "reopened" | "worsened" | "resolved" | "test" | "report";
  readonly finding: FindingRecord;
  readonly method: string;
  readonly path: string;
  readonly owner: string | null;
}
