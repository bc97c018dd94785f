// Counts in sentences, written one way in findings and reports.

/** "1 endpoint", "1,200 endpoints". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
