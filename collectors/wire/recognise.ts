// Tells application protocols by their first bytes; recognising and reading are two jobs.
import { latin1, u16 } from "./bytes.ts";
import { beginsWithFrames } from "./http2/frames.ts";
import { COMMON_METHODS, isSureRequestLine } from "./http1/start-line.ts";

/** What the bytes show, and about whom: "request"-like kinds come from the client. */
export type Recognised =
  | "http1-request"
  | "http1-response"
  | "http2-preface"
  | "http2-frames"
  | "tls-client"
  | "tls-server"
  | "tls-record"
  | "more"
  | "unknown";

const PREFACE = "PRI * HTTP/2.0";
const RESPONSE = "HTTP/";
/** A first line without a common method is waited for up to here. */
const MAX_LINE = 16_384;
const METHOD_CHARACTERS = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}(?:[ \t]|$)/;

/** `isMidstream`: the bytes may begin anywhere, so frames without preface are looked for too. */
export function recognise(bytes: Buffer, isMidstream: boolean): Recognised {
  const start = firstByte(bytes);
  if (start === bytes.length) return "more";
  const tls = recogniseTls(bytes);
  if (tls !== "unknown") return tls;
  const head = latin1(bytes, start, start + 96);
  if (isMidstream && beginsWithFrames(bytes)) return "http2-frames";
  if (PREFACE.startsWith(head.slice(0, PREFACE.length))) {
    return head.length < PREFACE.length ? "more" : "http2-preface";
  }
  const begin = head.slice(0, RESPONSE.length).toUpperCase();
  if (RESPONSE.startsWith(begin)) return /^HTTP\/\d/i.test(head) ? "http1-response" : shortOr(head, 6);
  return recogniseRequest(bytes, start, head);
}

function shortOr(head: string, length: number): Recognised {
  return head.length < length ? "more" : "unknown";
}

/** Empty lines in front are tolerated, as servers do. */
function firstByte(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length && (bytes[at] === 13 || bytes[at] === 10)) at++;
  return at;
}

function recogniseRequest(bytes: Buffer, start: number, head: string): Recognised {
  const token = METHOD_CHARACTERS.exec(head);
  if (token === null) return "unknown";
  const method = token[0].trimEnd();
  if (method.length === head.length) return head.length < 64 ? "more" : "unknown";
  if (COMMON_METHODS.has(method)) return "http1-request";
  const feed = bytes.indexOf(10, start);
  if (feed < 0) return bytes.length > MAX_LINE ? "unknown" : "more";
  const line = latin1(bytes, start, bytes[feed - 1] === 13 ? feed - 1 : feed);
  return isSureRequestLine(line) ? "http1-request" : "unknown";
}

/*
  TLS record (RFC 8446, section 5.1): type 8 (20 … 23), version 16 (3.x), length 16; a handshake begins with its type:
  1 client hello, 2 server hello
*/
function recogniseTls(bytes: Buffer): Recognised {
  const type = bytes[0]!;
  if (type < 20 || type > 23) return "unknown";
  if (bytes.length < 6) return bytes.length === 1 || bytes[1] === 3 ? "more" : "unknown";
  if (!isRecord(bytes[1]!, bytes[2]!, u16(bytes, 3))) return "unknown";
  return type === 22 ? (handshakes[bytes[5]!] ?? "tls-record") : "tls-record";
}

function isRecord(major: number, minor: number, length: number): boolean {
  return major === 3 && minor <= 4 && length > 0 && length <= MAX_RECORD;
}

/** 2^14 and the expansion that TLS 1.2 allows. */
const MAX_RECORD = 16_384 + 2_048;
const handshakes: Readonly<Record<number, Recognised>> = { 1: "tls-client", 2: "tls-server" };
