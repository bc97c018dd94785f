// The weekly report as a document: what every format shows (schema in docs/weekly.schema.json).

/** Counts at the end of a week. API endpoints only; noise never counts. */
export interface Headline {
  readonly endpoints: number;
  readonly documented: number;
  readonly shadow: number;
  readonly zombie: number;
  readonly orphan: number;
  readonly ai: number;
  readonly unowned: number;
  readonly services: number;
}

/** Where an endpoint is, and what leads to it. */
export interface Place {
  readonly endpoint: string;
  readonly method: string;
  readonly authority: string;
  readonly path: string;
  readonly operation: string | null;
  readonly link: string;
}

export interface CallerLine {
  readonly address: string;
  readonly agent: string;
  readonly requests: number;
  readonly first_seen: string;
  readonly last_seen: string;
}

export interface Decision {
  /** "protect", "review", "document", "watch". */
  readonly kind: string;
  readonly text: string;
  /** Shell command that begins it. */
  readonly command: string;
}

export interface ShadowItem extends Place {
  /** "new": first heard this week; "undocumented": a document listed it before. */
  readonly why: "new" | "undocumented";
  readonly confidence: string;
  readonly first_seen: string;
  readonly requests: number;
  readonly first_caller: CallerLine | null;
  readonly exposure: string;
  readonly owner: string | null;
  readonly auth: readonly string[];
  readonly data_classes: readonly string[];
  readonly ai: {
    readonly verdict: string;
    readonly kind: string | null;
    readonly role: string | null;
  } | null;
  readonly evidence: string;
  /** Other findings that hold for it. */
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly text: string }[];
  readonly decision: Decision;
}

/** An endpoint, who answers for it, and one sentence. */
export interface Note extends Place {
  readonly owner: string | null;
  readonly text: string;
}

export interface DriftItem extends Note {
  readonly severity: string;
  readonly kind: string;
}

export interface ZombieItem extends Note {
  /** It became one this week. */
  readonly new: boolean;
  readonly last_seen: string;
  readonly callers: readonly CallerLine[];
  /** Callers beyond those listed. */
  readonly more_callers: number;
}

export interface AiSection {
  /** New AI endpoints that the list of new shadow endpoints names already. */
  readonly among_new_shadow: number;
  /** Endpoints that turned out to be AI this week, and stand in no list above. */
  readonly found: readonly (Note & { readonly kind: string | null; readonly role: string | null })[];
  readonly by_kind: Readonly<Record<string, number>>;
  /** Outside services of AI vendors that were called for the first time. */
  readonly new_vendors: readonly {
    readonly authority: string;
    readonly vendor: string | null;
    readonly first_seen: string;
  }[];
  readonly vendors: number;
  /** Tools, prompts and resources first offered this week, else MCP operations first heard. */
  readonly new_tools: readonly Note[];
  /** What changed about tools, models and keys. */
  readonly changes: readonly Note[];
  /** Services with signs that machines made or found out their API. */
  readonly dynamic: readonly Note[];
  /** Endpoints at which prompt injections were found for the first time; null where nobody looks for them. */
  readonly injections: number | null;
}

export interface FindingsSection {
  readonly open: number;
  readonly opened: number;
  readonly closed: number;
  /** Of those that stand, in days; null when none does. */
  readonly mean_age_days: number | null;
  readonly by_rule: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly open: number;
    readonly opened: number;
    readonly closed: number;
  }[];
  /** Opened this week, without those that stand in a list of their own or about endpoints named above. */
  readonly items: readonly (Note & { readonly rule: string; readonly severity: string })[];
}

export interface TrendPoint extends Headline {
  readonly week: string;
  /** "closed": as a closed report had it; "events": worked back from what the inventory holds now. */
  readonly from: "closed" | "events";
}

export interface WeeklyReport {
  readonly schema: "umbra.weekly/1";
  readonly week: string;
  readonly zone: string;
  readonly from: string;
  /** First instant that is no longer part of it. */
  readonly to: string;
  /** "open" weeks still change. */
  readonly state: "open" | "closed";
  readonly scope: { readonly kind: "all" | "team" | "service"; readonly name: string | null };
  readonly summary: readonly string[];
  readonly headline: { readonly now: Headline; readonly before: Headline };
  readonly new_shadow: readonly ShadowItem[];
  readonly documented: readonly Note[];
  /** Retired endpoints that nobody called this week, for the first time. */
  readonly retired: readonly Note[];
  readonly drift: {
    readonly by_severity: Readonly<Record<string, number>>;
    readonly items: readonly DriftItem[];
  };
  readonly ai: AiSection;
  readonly zombies: readonly ZombieItem[];
  readonly orphans: readonly (Note & { readonly new: boolean })[];
  readonly unowned: {
    readonly endpoints: number;
    readonly by_service: readonly { readonly authority: string; readonly endpoints: number }[];
  };
  readonly findings: FindingsSection;
  readonly coverage: { readonly sentences: readonly string[] };
  readonly trend: readonly TrendPoint[];
  /** What belongs to the week before, but came after its report was closed. */
  readonly late: readonly (Note & { readonly at: string })[];
  readonly definitions: readonly { readonly term: string; readonly meaning: string }[];
}
