// The contract of one report format: inventory in, text out.
import type { Inventory, ScanReport } from "./scan-report.ts";

export interface RenderOptions {
  /** Terminal colours wanted. */
  readonly color: boolean;
  /** Columns of the terminal, or a sane default. */
  readonly width: number;
  /** Edition of OpenAPI for formats that write it; 3.1 if not given. */
  readonly openapi?: "3.1" | "3.0";
  /** For documents: only endpoints no document lists. */
  readonly only?: "shadow";
}

export interface ReportFormat {
  /** The file's name without extension; what `--format` takes. */
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  render(report: ScanReport, inventory: Inventory, options: RenderOptions): string;
}

export function defineReportFormat(format: ReportFormat): ReportFormat {
  return format;
}
