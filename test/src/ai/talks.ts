// Invented talks for tests and benchmarks: interfaces of nobody's format with models behind them, and what resembles them.
import type { Body, Exchange, Header } from "../../../src/model/exchange.ts";
import { NO_BODY } from "../../../src/model/exchange.ts";

/** One exchange of a case: bodies as values (JSON) or as text of another media type. */
export interface Turn {
  readonly ask?: unknown;
  readonly say?: unknown;
  /** From request to last byte; null: the source does not tell. */
  readonly ms?: number | null;
  readonly path?: string;
  readonly method?: string;
  readonly status?: number;
}

export interface Talk {
  readonly name: string;
  /** null: no model behind it. */
  readonly kind: string | null;
  readonly method: string;
  readonly path: string;
  /** Media types where they are not JSON. */
  readonly askType?: string;
  readonly sayType?: string;
  readonly headers?: readonly Header[];
  readonly answerHeaders?: readonly Header[];
  readonly turns: readonly Turn[];
}

export const HOST = "service.example";
const START = 1_800_000_000_000;

function bodyOf(value: unknown): Body {
  if (value === undefined) return NO_BODY;
  const bytes =
    value instanceof Uint8Array
      ? value
      : new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
  return { kind: "recorded", bytes, size: bytes.length, complete: true };
}

function typed(headers: readonly Header[], body: Body, type: string | undefined): readonly Header[] {
  return body.kind === "none" ? headers : [...headers, ["content-type", type ?? "application/json"]];
}

/** As a collector hands them over. */
export function exchangesOf(talk: Talk): readonly Exchange[] {
  return talk.turns.map((turn, index) => {
    const startedAt = START + index * 60_000;
    const ms = turn.ms === undefined ? 1800 : turn.ms;
    const asked = bodyOf(turn.ask);
    const said = bodyOf(turn.say);
    const [path = "", query = ""] = (turn.path ?? talk.path).split("?");
    const isSocket = talk.sayType === "websocket";
    return {
      startedAt,
      answeredAt: ms === null ? null : startedAt + ms * 0.8,
      endedAt: ms === null ? null : startedAt + ms,
      source: "mirror",
      protocol: isSocket ? "websocket" : "http/1.1",
      client: { address: "10.0.0.9", port: 50_000 },
      server: { address: "10.0.1.7", port: 8080 },
      flags: [],
      request: {
        method: turn.method ?? talk.method,
        authority: HOST,
        scheme: "http",
        path,
        query,
        headers: typed(talk.headers ?? [], asked, talk.askType),
        body: asked,
      },
      outcome: {
        kind: "answered",
        response: {
          status: turn.status ?? (isSocket ? 101 : 200),
          headers: typed(talk.answerHeaders ?? [], said, isSocket ? undefined : talk.sayType),
          body: said,
        },
      },
    };
  });
}

/** A stream of server-sent events, one a piece. */
export function sse(pieces: readonly string[], frame: (piece: string) => unknown): string {
  return pieces.map((piece) => `data: ${JSON.stringify(frame(piece))}\n\n`).join("");
}

export function lines(pieces: readonly string[], frame: (piece: string) => unknown): string {
  return pieces.map((piece) => JSON.stringify(frame(piece))).join("\n");
}

/** Words with the spaces behind them. */
export function pieces(text: string): readonly string[] {
  return text.match(/\S+\s*/g) ?? [];
}
