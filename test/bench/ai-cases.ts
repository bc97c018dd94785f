// Reads labelled cases from a file: [{ name, label: { llm, kind, borderline }, exchanges: [{ method, host, path, … }] }].
import type { Body, Exchange, Header } from "../../src/model/exchange.ts";
import { NO_BODY } from "../../src/model/exchange.ts";

interface FileExchange {
  readonly method?: string;
  readonly host?: string;
  readonly path?: string;
  readonly scheme?: string;
  readonly status?: number;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly requestBody?: string;
  readonly responseBody?: string;
  readonly timing?: { readonly ttfbMs?: number; readonly totalMs?: number };
}

interface FileCase {
  readonly name: string;
  readonly label: { readonly llm: boolean; readonly kind?: string; readonly borderline?: boolean };
  readonly exchanges: readonly FileExchange[];
}

const START = 1_800_000_000_000;

/** Borderline cases are left out. */
export function caseExchanges(file: readonly FileCase[]) {
  return file
    .filter(({ label }) => label.borderline !== true)
    .map(({ name, label, exchanges }) => ({
      name,
      kind: label.llm ? (label.kind ?? "") : null,
      exchanges: exchanges.map(toExchange),
    }));
}

function toExchange(one: FileExchange, index: number): Exchange {
  const startedAt = START + index * 10_000;
  const total = one.timing?.totalMs ?? one.timing?.ttfbMs ?? null;
  const [path = "/", query = ""] = (one.path ?? "/").split("?");
  return {
    startedAt,
    answeredAt: total === null ? null : startedAt + (one.timing?.ttfbMs ?? total),
    endedAt: total === null ? null : startedAt + total,
    source: "har",
    protocol: /^wss?$/.test(one.scheme ?? "") || one.status === 101 ? "websocket" : "http/1.1",
    client: { address: "10.0.0.9", port: 50_000 },
    server: { address: one.host ?? "", port: 443 },
    flags: [],
    request: {
      method: one.method ?? "GET",
      authority: one.host ?? "",
      scheme: "https",
      path,
      query,
      headers: headersOf(one.requestHeaders),
      body: bodyOf(one.requestBody),
    },
    outcome: {
      kind: "answered",
      response: {
        status: one.status ?? 200,
        headers: headersOf(one.responseHeaders),
        body: bodyOf(one.responseBody),
      },
    },
  };
}

function headersOf(headers: Readonly<Record<string, string>> = {}): readonly Header[] {
  return Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
}

function bodyOf(text: string | undefined): Body {
  if (text === undefined || text === "") return NO_BODY;
  const bytes = new TextEncoder().encode(text);
  return { kind: "recorded", bytes, size: bytes.length, complete: true };
}
