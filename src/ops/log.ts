// Structured log on standard error: standard output belongs to data. Things that happen per exchange are counters, not lines.
import { pino } from "pino";

/** error: a person must act; warn: something was lost or retried; info: state of the process changed; debug: the rest. */
export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFields = Readonly<Record<string, unknown>>;

/** What the rest of the program sees of the logger. Fields carry counts and names of ours, never a value from traffic. */
export interface Log {
  error(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  debug(fields: LogFields, message: string): void;
  child(fields: LogFields): Log;
}

export interface LogTarget {
  write(line: string): void;
}

// Names under which a secret could be handed over by mistake; one level of nesting is how errors and settings arrive.
const SECRET_FIELDS = [
  "authorization",
  "cookie",
  "password",
  "secret",
  "token",
  "tokens",
  "apiToken",
  "apiTokens",
  "databaseUrl",
  "sasl",
];

/** One JSON object a line, written at once so that the last line before a crash is there. */
export function createLog(level: LogLevel, target: LogTarget = standardError()): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: "[redacted]" },
      serializers: { error: describeError },
    },
    target,
  );
}

function standardError(): LogTarget {
  return pino.destination({ fd: 2, sync: true });
}

/** A logger for parts that must stay quiet, such as one-shot commands and tests. */
export const SILENT: Log = createLog("silent", { write: () => {} });

/** Name, code and message of whatever was thrown; the chain of causes is followed four deep, where drivers end theirs. */
export function describeError(thrown: unknown, depth = 4): unknown {
  if (!(thrown instanceof Error)) return { message: String(thrown) };
  const code: unknown = Reflect.get(thrown, "code");
  return {
    name: thrown.name,
    ...(typeof code === "string" ? { code } : {}),
    message: withoutPassword(thrown.message),
    ...(thrown.cause !== undefined && depth > 1 ? { cause: describeError(thrown.cause, depth - 1) } : {}),
  };
}

/** Drivers quote their connection address in errors; its password must not reach the log. */
export function withoutPassword(text: string): string {
  return text.replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@]*@/gi, "$1:[redacted]@");
}
