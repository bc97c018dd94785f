// A table of a report before any format made it look like something.

export interface ReportRow {
  readonly cells: readonly (string | number)[];
  /** Word that says how much attention the row wants: a standing or a severity; "" for none. */
  readonly mark: string;
}

export interface ReportTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly ReportRow[];
}
