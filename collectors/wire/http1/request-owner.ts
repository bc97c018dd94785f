// The request side of HTTP/1: which lines open a request, and where its body ends.
import type { WeirdName } from "../../../src/model/parsed.ts";
import { latin1 } from "../bytes.ts";
import type { Counter } from "../counters.ts";
import type { Allowance } from "../allowance.ts";
import { valueOf } from "./fields.ts";
import { type Framed, type Framing, framingOf, NONE } from "./framing.ts";
import type { Window } from "./lines.ts";
import { Message, type Place, type ReaderOwner } from "./message.ts";
import { COMMON_METHODS, isSureRequestLine, parseRequestLine, type RequestLine } from "./start-line.ts";
import type { Asking } from "./talk.ts";

export interface Tell {
  readonly count: Counter;
  readonly weird: (name: WeirdName) => void;
  /** Of the connection. */
  readonly allowance: Allowance;
}

export interface RequestEvents {
  /** A head was read, or as much of it as came. */
  asked(asking: Asking): void;
  requestDone(asking: Asking): void;
  /** `end`: offset behind what is missing. */
  requestsLost(end: number): void;
  /** Whether an answer may still come that decides what the following bytes are. */
  isAnswerable(asking: Asking): boolean;
}

export class RequestOwner implements ReaderOwner<Asking> {
  readonly count: Counter;
  readonly weird: (name: WeirdName) => void;
  readonly allowance: Allowance;
  readonly #events: RequestEvents;

  constructor(tell: Tell, events: RequestEvents) {
    this.count = tell.count;
    this.weird = tell.weird;
    this.allowance = tell.allowance;
    this.#events = events;
  }

  couldStart(bytes: Buffer, at: number): boolean {
    return isTokenByte(bytes[at]!);
  }

  isSureStart(line: string): boolean {
    return isSureRequestLine(line);
  }

  start(text: string, place: Place): Asking | null {
    const line = parseRequestLine(text);
    if (line === null || !isBelievable(line)) {
      this.weird("http1.request-line");
      return null;
    }
    return {
      line,
      place,
      message: new Message(this.allowance, text.length),
      isSuspect: false,
      isContinued: false,
      isDone: false,
      answer: null,
      unknown: null,
    };
  }

  head(asking: Asking, window: Window): Framing {
    const { fields, hasHead } = asking.message;
    const framed = framingOf(fields.list, NONE);
    asking.isSuspect = framed.isSuspect || fields.isOdd;
    this.#events.asked(asking);
    if (!hasHead || asking.line.method === "CONNECT") return NONE;
    return framed.lengths.length > 1 ? fitting(framed, window) : framed.framing;
  }

  done(asking: Asking): boolean {
    asking.isDone = true;
    this.#events.requestDone(asking);
    return asksToLeave(asking) && this.#events.isAnswerable(asking);
  }

  hole(end: number): void {
    this.#events.requestsLost(end);
  }
}

/** Without a version only what looks like HTTP/0.9: everything else is some other protocol's line. */
function isBelievable({ method, target, version }: RequestLine): boolean {
  return version !== "0.9" || (COMMON_METHODS.has(method) && /^(?:\/|[a-z]+:\/\/)/i.test(target));
}

/** Of several lengths, the one behind which the segment ends or a request line begins. */
function fitting({ lengths, framing }: Framed, window: Window): Framing {
  const fits = lengths.find((length) => {
    if (length === window.left) return true;
    const start = window.pos + length;
    const end = window.bytes.indexOf(10, start);
    return start < window.bytes.length && end >= 0 && isSureRequestLine(lineOf(window.bytes, start, end));
  });
  if (fits === undefined) return framing;
  return fits === 0 ? NONE : { kind: "length", length: fits };
}

function lineOf(bytes: Buffer, start: number, feed: number): string {
  return latin1(bytes, start, bytes[feed - 1] === 13 ? feed - 1 : feed);
}

/** token (RFC 9110, section 5.6.2) */
function isTokenByte(byte: number): boolean {
  const letter = byte | 0x20;
  if (letter >= 0x61 && letter <= 0x7a) return true;
  return (byte >= 0x30 && byte <= 0x39) || "!#$%&'*+-.^_`|~".includes(String.fromCharCode(byte));
}

/** What follows such a request is HTTP/1 only if it is refused. */
function asksToLeave({ line, message }: Asking): boolean {
  return line.method === "CONNECT" || valueOf(message.fields.list, "upgrade") !== undefined;
}
