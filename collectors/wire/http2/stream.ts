// One HTTP/2 stream as it was heard so far, from both directions, in whatever order they reached us.
import type { Header } from "../../../src/model/exchange.ts";
import type { FieldSection } from "./header-blocks.ts";
import { KeptBody } from "./kept-body.ts";
import type { BodyBudget } from "./kept-body.ts";
import { sortFields, statusOf } from "./message.ts";
import type { Section } from "./message.ts";
import type { Side } from "../flow.ts";
import type { StreamTap } from "../stream/tap.ts";

/** One message: a request or a response. */
export interface Half {
  /** null until its head was read; a head that could not be read leaves it null too. */
  head: Section | null;
  trailers: readonly Header[];
  readonly body: KeptBody;
  /** First byte of the head, of the data when the head was missed; null while nothing came. */
  startedAt: number | null;
  /** Last byte so far. */
  endedAt: number | null;
  /** END_STREAM was seen. */
  ended: boolean;
  /** Something of it was missed or refused. */
  missing: boolean;
  /** Of head and trailers, as HPACK counts. */
  cost: number;
  /** Counts the frames of what is a stream. */
  tap: StreamTap | null;
  /** It may turn out to be a stream. */
  mayStream: boolean;
}

/** Reads what a stream carries once it became another protocol. */
export interface StreamTunnel {
  /** As of any decoder. */
  readonly weight: number;
  data(side: Side, bytes: Uint8Array, at: number): void;
  gap(side: Side, length: number, at: number): void;
  /** Time passed: what goes on is told. */
  wait(at: number): void;
  /** An unknown number of bytes is missing. */
  lose(side: Side): void;
  end(): void;
}

export interface Stream {
  readonly id: number;
  request: Half;
  response: Half;
  /** RST_STREAM was seen. */
  aborted: boolean;
  /** Told before its end, because the end was too long in coming. */
  continued: boolean;
  /** What its data is read by once it became a WebSocket. */
  tunnel: StreamTunnel | null;
  /** When to stop waiting for its end; Infinity while nothing of the response came. */
  due: number;
}

export function openStream(id: number, budget: BodyBudget): Stream {
  return {
    id,
    request: openHalf(budget),
    response: openHalf(budget),
    aborted: false,
    continued: false,
    tunnel: null,
    due: Infinity,
  };
}

function openHalf(budget: BodyBudget): Half {
  const body = new KeptBody(budget);
  return {
    head: null,
    trailers: [],
    body,
    startedAt: null,
    endedAt: null,
    ended: false,
    missing: false,
    cost: 0,
    tap: null,
    mayStream: false,
  };
}

export function touch(half: Half, startedAt: number, endedAt: number): void {
  half.startedAt ??= startedAt;
  half.endedAt = Math.max(half.endedAt ?? endedAt, endedAt);
}

/** Takes a field section in: interim head, head or trailers. Returns what it was. */
export function takeSection(
  half: Half,
  section: FieldSection,
): "interim" | "head" | "trailers" | "unreadable" {
  const kind = placeOf(half, section);
  if (section.cut) half.missing = true;
  if (section.endStream) half.ended = true;
  if (kind !== "interim") touch(half, section.startedAt, section.endedAt);
  return kind;
}

function placeOf(
  half: Half,
  { fields, endStream }: FieldSection,
): "interim" | "head" | "trailers" | "unreadable" {
  if (fields === null) return "unreadable";
  const sorted = sortFields(fields);
  // Trailers have no pseudo headers and end the message (RFC 9113, section 8.1).
  if (half.head !== null || (endStream && half.startedAt !== null && sorted.pseudo.size === 0)) {
    half.trailers = sorted.headers;
    half.cost = (half.head?.cost ?? 0) + sorted.cost;
    return "trailers";
  }
  const status = statusOf(sorted);
  if (status !== null && status < 200) return "interim";
  half.head = sorted;
  half.cost = sorted.cost;
  return "head";
}
