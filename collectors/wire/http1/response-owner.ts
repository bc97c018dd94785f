// The response side of HTTP/1: status lines, interim responses, and bodies that depend on the request.
import type { WeirdName } from "../../../src/model/parsed.ts";
import { latin1 } from "../bytes.ts";
import type { Counter } from "../counters.ts";
import type { Allowance } from "../allowance.ts";
import { valueOf } from "./fields.ts";
import { CLOSE, type Framing, framingOf, hasNoBody, NONE } from "./framing.ts";
import type { Window } from "./lines.ts";
import { Message, type Place, type ReaderOwner } from "./message.ts";
import type { Tell } from "./request-owner.ts";
import { parseStatusLine } from "./start-line.ts";
import { tapOf } from "../stream/tap.ts";
import type { Answering } from "./talk.ts";

export interface ResponseEvents {
  /** A final response began; afterwards `asking` says what it answers, if that is known. */
  answered(answering: Answering): void;
  /** 100 Continue. */
  continued(): void;
  responseDone(answering: Answering): void;
  /** As `ReaderOwner.hole`. */
  responsesLost(end: number, isWithin: boolean): void;
}

export class ResponseOwner implements ReaderOwner<Answering> {
  readonly count: Counter;
  readonly weird: (name: WeirdName) => void;
  readonly allowance: Allowance;
  readonly #events: ResponseEvents;
  /** Set once a response ended HTTP/1 on this connection: the protocol that follows, or "connect". */
  upgrade: string | null = null;
  /** The response being read, while it has no stated end. */
  endless: Answering | null = null;

  constructor(tell: Tell, events: ResponseEvents) {
    this.count = tell.count;
    this.weird = tell.weird;
    this.allowance = tell.allowance;
    this.#events = events;
  }

  couldStart(bytes: Buffer, at: number): boolean {
    const begin = latin1(bytes, at, at + 5).toUpperCase();
    return "HTTP/".startsWith(begin);
  }

  isSureStart(line: string): boolean {
    return line.startsWith("HTTP/1.") && parseStatusLine(line) !== null;
  }

  start(text: string, place: Place): Answering | null {
    const line = parseStatusLine(text);
    if (line === null) {
      this.weird("http1.status-line");
      return null;
    }
    return {
      line,
      place,
      message: new Message(this.allowance, text.length),
      isSuspect: false,
      isDone: false,
      isReported: false,
      asking: null,
    };
  }

  head(answering: Answering, window: Window): Framing | null {
    const { line, message } = answering;
    if (isInterim(answering)) {
      if (line.status === 100) this.#events.continued();
      return NONE;
    }
    const framed = framingOf(message.fields.list, CLOSE);
    answering.isSuspect = framed.isSuspect || message.fields.isOdd;
    this.#events.answered(answering);
    if (!message.hasHead) return NONE;
    if (!this.leaves(answering)) return this.#body(answering, framed.framing, window);
    this.upgrade = line.status === 101 ? upgradeOf(answering) : "connect";
    return null;
  }

  #body(answering: Answering, framing: Framing, window: Window): Framing {
    if (hasNoBody(answering.line.status, answering.asking?.line.method)) return NONE;
    if (answering.asking === null && this.#isFollowed(window)) return NONE;
    if (framing.kind !== "length") this.#open(answering);
    return framing;
  }

  /** Its length is not stated, so it may be a stream. */
  #open(answering: Answering): void {
    const { message } = answering;
    this.endless = answering;
    message.tap = tapOf(message.fields.list, 1);
    message.mayStream = message.tap === null;
  }

  /** Behind this response the connection speaks something else. */
  leaves({ line, asking }: Answering): boolean {
    if (line.status === 101) return true;
    return asking?.line.method === "CONNECT" && line.status >= 200 && line.status < 300;
  }

  done(answering: Answering): boolean {
    if (this.endless === answering) this.endless = null;
    answering.isDone = true;
    if (isInterim(answering)) answering.message.release();
    else this.#events.responseDone(answering);
    return false;
  }

  hole(end: number, isWithin: boolean): void {
    this.#events.responsesLost(end, isWithin);
  }

  /** The next response follows at once: this one answered HEAD, whatever its length says. */
  #isFollowed(window: Window): boolean {
    return window.left >= 9 && /^HTTP\/1\.[01] $/.test(latin1(window.bytes, window.pos, window.pos + 9));
  }
}

function isInterim({ line }: Answering): boolean {
  return line.status < 200 && line.status !== 101;
}

function upgradeOf({ message }: Answering): string {
  return (valueOf(message.fields.list, "upgrade") ?? "").split(",")[0]!.trim().toLowerCase();
}
