// Weekly reports of weeks that are over: kept as they were made, never changed afterwards.

/** What names one report. */
export interface ReportKey {
  /** `2026-W47`. */
  readonly week: string;
  readonly zone: string;
  /** `all`, `team:` or `service:` and the name. */
  readonly scope: string;
}

export interface ArchivedReport extends ReportKey {
  /** Milliseconds since the epoch: when it was made. */
  readonly closedAt: number;
  /** Its headline numbers by name. */
  readonly headline: Readonly<Record<string, number>>;
  /** The report as JSON text. */
  readonly document: string;
  /** Ids of the events of its week that it knew: what is not among them came late. */
  readonly eventIds: readonly string[];
}

/** Kept by every store; one contract suite runs on all of them. Faults as in `InventoryStore`. */
export interface ReportArchive {
  /** Keeps a report unless there is one of that key; gives back the one that is kept. */
  keep(report: ArchivedReport): Promise<ArchivedReport>;
  find(key: ReportKey): Promise<ArchivedReport | null>;
  /** Headlines of weeks before `key.week`, the latest first, at most `limit`. */
  headlines(
    key: ReportKey,
    limit: number,
  ): Promise<readonly { readonly week: string; readonly headline: Readonly<Record<string, number>> }[]>;
}
