// Where the body of a message ends: transfer coding, lengths, and what to make of contradictions.
import type { Header } from "../../../src/model/exchange.ts";

/** "close" = everything until the connection ends. */
export type Framing =
  | { readonly kind: "none" }
  | { readonly kind: "length"; readonly length: number }
  | { readonly kind: "chunked"; readonly otherwise: Framing }
  | { readonly kind: "close" };

export interface Framed {
  readonly framing: Framing;
  /** The head can be read in more than one way. */
  readonly isSuspect: boolean;
  /** Other lengths the head states, when it states several. */
  readonly lengths: readonly number[];
}

export const NONE: Framing = { kind: "none" };
export const CLOSE: Framing = { kind: "close" };
const PLAIN_NONE: Framed = { framing: NONE, isSuspect: false, lengths: [] };
const PLAIN_CLOSE: Framed = { framing: CLOSE, isSuspect: false, lengths: [] };

/*
  RFC 9112, section 6.3: a final transfer coding "chunked" wins over Content-Length; equal repeated lengths count as one;
  without either a request has no body and a response lasts until the connection closes.
*/
export function framingOf(fields: readonly Header[], absent: Framing): Framed {
  const coding = joined(fields, "transfer-encoding");
  const stated = joined(fields, "content-length");
  const byLength = stated === undefined ? unstated(absent) : lengthOf(stated, absent);
  return coding === undefined ? byLength : byCoding(coding, byLength, stated !== undefined);
}

function unstated(absent: Framing): Framed {
  return absent === NONE ? PLAIN_NONE : PLAIN_CLOSE;
}

/** All values of a field, as one list. */
function joined(fields: readonly Header[], wanted: string): string | undefined {
  let list: string | undefined;
  for (const [name, value] of fields) {
    if (name === wanted) list = list === undefined ? value : `${list},${value}`;
  }
  return list;
}

function byCoding(coding: string, byLength: Framed, hasLength: boolean): Framed {
  const codings = coding
    .toLowerCase()
    .split(",")
    .map((part) => part.trim());
  const isPlain = codings.at(-1) === "chunked" && !hasLength && codings.filter(isChunked).length === 1;
  if (!codings.some(isChunked))
    return { ...byLength, isSuspect: byLength.isSuspect || coding !== "identity" };
  return {
    framing: { kind: "chunked", otherwise: byLength.framing },
    isSuspect: !isPlain,
    lengths: [],
  };
}

function isChunked(coding: string): boolean {
  return coding === "chunked" || coding.startsWith("chunked;");
}

/** A length that is no number up to 2^53 says nothing. */
function lengthOf(stated: string, absent: Framing): Framed {
  if (/^[1-9]\d{0,14}$/.test(stated)) {
    return { framing: { kind: "length", length: Number(stated) }, isSuspect: false, lengths: [] };
  }
  const parts = stated.split(",").map((part) => part.trim());
  const lengths = [...new Set(parts.filter((part) => /^\d{1,16}$/.test(part)).map(Number))].filter(
    (length) => length <= Number.MAX_SAFE_INTEGER,
  );
  const isSuspect = lengths.length !== 1 || parts.some((part) => !/^\d+$/.test(part));
  const [first] = lengths;
  if (first === undefined) return { framing: absent, isSuspect, lengths };
  return { framing: first === 0 ? NONE : { kind: "length", length: first }, isSuspect, lengths };
}

/** RFC 9110: responses that have no body whatever their fields say. */
export function hasNoBody(status: number, method: string | undefined): boolean {
  if (status < 200 || status === 204 || status === 304) return true;
  return method === "HEAD" || (method === "CONNECT" && status < 300);
}
