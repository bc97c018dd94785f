// Requests and responses of one connection while they wait for each other.
import type { Outcome } from "../../../src/model/exchange.ts";
import type { Message, Place } from "./message.ts";
import type { RequestLine, StatusLine } from "./start-line.ts";

export type Unknown = Extract<Outcome, { kind: "unknown" }>["why"];

export interface Asking {
  readonly line: RequestLine;
  readonly place: Place;
  readonly message: Message;
  isSuspect: boolean;
  isContinued: boolean;
  /** The message was read to its end, or as far as it will be. */
  isDone: boolean;
  answer: Answering | null;
  /** Set when it is certain that no response can be attributed. */
  unknown: Unknown | null;
}

export interface Answering {
  readonly line: StatusLine;
  readonly place: Place;
  readonly message: Message;
  isSuspect: boolean;
  isDone: boolean;
  /** Reported before its end, because it has none in sight. */
  isReported: boolean;
  asking: Asking | null;
}
