// The contract of one log format: reads one record, never opens a file, never throws.
import type { Exchange } from "../src/model/exchange.ts";
import type { Parsed } from "../src/model/parsed.ts";

/** How records lie in the stream: text lines, or the members of `log.entries` of a HAR document. */
export type Framing = "lines" | "har-entries";

export interface LogFormat {
  /** The file's name without extension. */
  readonly id: string;
  readonly title: string;
  /** Vendor documentation of the format. */
  readonly reference: string;
  readonly framing: Framing;
  /** How sure the format is that `record` is its own: 0 not at all, 1 certain. The surest format reads the file. */
  recognise(record: string): number;
  parse(record: string): Parsed<Exchange>;
  /** Records with the part of the exchange they must give; a contract test runs them. */
  readonly examples: readonly { readonly record: string; readonly gives: DeepPartial<Exchange> }[];
  /** Records that must give a weird. */
  readonly rejects: readonly string[];
}

export type DeepPartial<T> = T extends object ? { readonly [K in keyof T]?: DeepPartial<T[K]> } : T;

export function defineLogFormat(format: LogFormat): LogFormat {
  return format;
}
