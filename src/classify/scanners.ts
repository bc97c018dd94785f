// Paths that scanners try everywhere, whether or not anything is there: a small list, each with its source.
import { z } from "zod";
import rows from "./scanner-paths.json" with { type: "json" };

export const scannerRow = z.strictObject({
  id: z.string(),
  /** Tested against the path template, case-insensitively. */
  path: z.string(),
  what: z.string(),
  source: z.url(),
});

const TESTS = z
  .array(scannerRow)
  .parse(rows)
  .map((row) => new RegExp(row.path, "i"));

/** Whether a path belongs to what scanners ask for. */
export function isScannerPath(path: string): boolean {
  return TESTS.some((test) => test.test(path));
}
