// The contract of one format of the weekly report: the document in, text out.
import type { WeeklyReport } from "./report.ts";

export interface WeeklyFormat {
  /** The file's name without extension; what `--format` takes. */
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  /** Of a file that holds it, without the dot. */
  readonly extension: string;
  /** Which part of a mail it is; absent: none. */
  readonly mail?: "page" | "plain";
  /** Same report, same bytes; ends with a line break. Whatever traffic wrote into names is inert in it. */
  render(report: WeeklyReport): string;
}

export function defineWeeklyFormat(format: WeeklyFormat): WeeklyFormat {
  return format;
}
