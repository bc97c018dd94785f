// Reads what tcpdump says on stderr while it runs: that it listens, the kernel's counters, and last words.
import type { LiveCounter, LiveCounterName } from "./live-source.ts";

/*
  tcpdump.c, info(): `%u packet%s captured`, `%u packet%s received by filter`, `%u packet%s dropped by kernel`, and only
  when there are any `%u packet%s dropped by interface`; on SIGUSR1 in one line, at exit a line each. All since its start.
*/
const COUNT = /(\d{1,10}) packets? (received by filter|dropped by kernel|dropped by interface)/g;
const names: Readonly<Record<string, LiveCounterName>> = {
  "received by filter": "kernel.received",
  "dropped by kernel": "kernel.dropped",
  "dropped by interface": "interface.dropped",
};
const STATISTICS = /\d packets? (captured|received by filter|dropped by (kernel|interface))/;
const LISTENING = /listening on /;

/** The counters are 32 bits wide. */
const WRAP = 2 ** 32;
// Its longest message is a filter error of some hundred bytes; anything longer is noise.
const MAX_LINE = 1_024;
const MAX_LINES = 8;

export interface StderrReader {
  push(text: string): void;
  /** Last lines that are not statistics, oldest first. */
  said(): readonly string[];
}

/** `onListening` is called when capturing has begun. Counters are reported as what was added since the last report. */
export function readStderr(count: LiveCounter, onListening: () => void): StderrReader {
  const totals = new Map<LiveCounterName, number>();
  const lines: string[] = [];
  let unfinished = "";
  const line = (text: string): void => {
    if (STATISTICS.test(text)) return report(text, totals, count);
    if (LISTENING.test(text)) return onListening();
    if (text.trim() === "") return;
    lines.push(text);
    if (lines.length > MAX_LINES) lines.shift();
  };
  return {
    push(text) {
      const pieces = (unfinished + text).split("\n");
      unfinished = (pieces.pop() ?? "").slice(0, MAX_LINE);
      for (const piece of pieces) line(piece.slice(0, MAX_LINE));
    },
    said: () => (unfinished.trim() === "" ? lines : [...lines, unfinished]),
  };
}

function report(text: string, totals: Map<LiveCounterName, number>, count: LiveCounter): void {
  for (const [, digits, what] of text.matchAll(COUNT)) {
    const name = names[what ?? ""];
    if (name === undefined) continue;
    const total = Number(digits);
    const added = (total - (totals.get(name) ?? 0) + WRAP) % WRAP;
    totals.set(name, total);
    if (added > 0) count(name, added);
  }
}
