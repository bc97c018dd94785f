// Progress on long reads: one line on stderr that rewrites itself on a terminal and stays silent in a pipe.

export interface ProgressLine {
  /** Shows `text`, at most about ten times a second. */
  show(text: string): void;
  /** Removes the line so that ordinary output follows cleanly. */
  clear(): void;
}

// Ten frames a second read as movement; more only cost time.
const FRAME_MS = 100;

export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} };
  let last = 0;
  let shown = false;
  return {
    show(text) {
      const now = Date.now();
      if (now - last < FRAME_MS) return;
      last = now;
      shown = true;
      stream.write(`\r\u001b[K${text.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    clear() {
      if (shown) stream.write("\r\u001b[K");
      shown = false;
    },
  };
}

/** "12.3 MB", "980 kB". */
export function bytesText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** "traffic.pcap  45 %  12.3 of 27.0 MB". */
export function readingText(name: string, read: number, total: number | null): string {
  if (total === null) return `reading ${name}  ${bytesText(read)}`;
  const share = total === 0 ? 100 : Math.floor((100 * read) / total);
  return `reading ${name}  ${share} %  ${bytesText(read)} of ${bytesText(total)}`;
}
