// Takes off what log shippers put around a line, so that formats see the line as the gateway wrote it.
import type { JsonObject } from "./json.ts";
import { parseObject, textOf } from "./json.ts";

/*
  CRI      2024-05-01T10:00:00.123456789Z stdout F LINE
  compose  service-1  | LINE
  syslog   <34>Oct 11 22:14:15 host nginx[12]: LINE      (RFC 3164)
*/
const PREFIX =
  /^(?:\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) std(?:out|err) [FP] |[\w.-]{1,128} {1,64}\| |(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,255} [^\s:]{1,64}: )/;

// Docker's json-file driver, and shippers that keep the line as it was.
const ENVELOPE_KEYS = ["log", "message"] as const;
const ENVELOPE = /"(?:log|message)"\s*:\s*"/;
// A line of its own: JSON again, or a bracketed time in front of a quoted request.
const INNER_LINE = /^\{.*\}\s*$|\[[^\]]{1,64}\] "/s;

export interface Unwrapped {
  /** The gateway's own line. */
  readonly record: string;
  /** What a shipper wrote around it; undefined where that is no object. */
  readonly envelope?: JsonObject;
}

/** `line` itself when nothing is around it. */
export function unwrapLine(line: string): Unwrapped {
  const prefix = PREFIX.exec(line);
  const rest = prefix === null ? line : line.slice(prefix[0].length);
  return (rest.startsWith("{") && ENVELOPE.test(rest) ? innerLine(rest) : undefined) ?? { record: rest };
}

function innerLine(text: string): Unwrapped | undefined {
  const envelope = parseObject(text);
  for (const key of ENVELOPE_KEYS) {
    const inner = textOf(envelope?.[key]);
    if (envelope === undefined || inner === undefined || !INNER_LINE.test(inner)) continue;
    return { record: inner.trimEnd(), envelope };
  }
  return undefined;
}
