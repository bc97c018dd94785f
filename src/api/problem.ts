// Every way the API says no, in one table: the handlers, the OpenAPI document and the tests read the same place.
import type { Response } from "express";
import { BadCursor, TransientStoreError } from "../store/errors.ts";

/*
  Problem Details for HTTP APIs (RFC 9457, section 3)
    type    URI, here urn:umbra:problem:<code>
    title   the sentence of the code, always the same
    status  as in the status line
    detail  what was wrong this time
    errors  extension: each field that was wrong
*/
const REFUSALS = {
  "bad-parameter": [400, "A parameter is missing, unknown or has a value that is not allowed."],
  "bad-cursor": [400, "The cursor is not one this list gave for these conditions; start again without it."],
  "bad-path": [400, "The path of the request cannot be decoded."],
  "bad-body": [400, "The body of the request is not what this route takes."],
  unauthorised: [401, "A valid bearer token is needed."],
  "cross-site": [403, "Requests from pages of other sites are refused while no token is configured."],
  "endpoint-unknown": [404, "No endpoint has this id."],
  "finding-unknown": [404, "No finding has this id."],
  "team-unknown": [404, "No team has this id."],
  "owner-file-unknown": [404, "No file of owners has this name."],
  "route-unknown": [404, "There is nothing at this path."],
  "service-unknown": [404, "Nothing was heard of this service, and no document names it."],
  "week-unknown": [404, "There is no such week, or no such time zone."],
  "spec-unknown": [404, "No document has this id."],
  "event-unknown": [404, "No event has this id."],
  "pin-unknown": [404, "The service has no pin with this id."],
  "method-unknown": [405, "This path does not take this method."],
  "not-acceptable": [406, "None of the media types you accept can be given."],
  conflict: [409, "The inventory kept changing meanwhile; try again."],
  "finding-resolved": [409, "The finding holds no more; there is nothing to decide."],
  "spec-bound": [409, "The same text is kept for other authorities; remove it first."],
  "not-undoable": [409, "The event tells of nothing that could be undone."],
  "undo-too-late": [
    409,
    "What happened more than 30 days ago cannot be undone; pin what the path should be.",
  ],
  "too-many-pins": [409, "The service has as many pins as it may; remove one first."],
  "too-large": [413, "The body of the request is too large."],
  "wrong-type": [415, "This route does not take this content type, charset or encoding."],
  "not-local": [421, "Without a token the API answers on this machine only, as localhost."],
  "owner-file-unreadable": [422, "The text is not a file of owners that can be read."],
  "policies-unreadable": [422, "The text is not a set of policies that can be read."],
  "spec-unreadable": [422, "The text is not an OpenAPI document that can be read."],
  bug: [500, "Something went wrong here; it was logged."],
  "store-away": [503, "The store cannot be reached; try again in a moment."],
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** One thing wrong with the request. */
export interface FieldError {
  readonly in: "path" | "query" | "body";
  readonly name: string;
  /** What was wrong, and what is allowed. */
  readonly detail: string;
}

/** As sent, RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
}

export const PROBLEM_TYPE = "application/problem+json";

/** The caller asked wrongly: thrown by handlers, answered as a problem, never logged. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[];

  constructor(code: RefusalCode, detail?: string, errors: readonly FieldError[] = []) {
    super(REFUSALS[code][1]);
    this.code = code;
    this.detail = detail;
    this.errors = errors;
  }
}

export function statusOf(code: RefusalCode): number {
  return REFUSALS[code][0];
}

export function sentenceOf(code: RefusalCode): string {
  return REFUSALS[code][1];
}

export function problemOf({ code, detail, errors }: Refusal): Problem {
  return {
    type: `urn:umbra:problem:${code}`,
    title: sentenceOf(code),
    status: statusOf(code),
    ...(detail === undefined ? {} : { detail }),
    ...(errors.length === 0 ? {} : { errors }),
  };
}

export function sendProblem(response: Response, refusal: Refusal): void {
  if (refusal.code === "unauthorised") response.set("WWW-Authenticate", 'Bearer realm="umbra"');
  if (refusal.code === "store-away" || refusal.code === "conflict") response.set("Retry-After", "5");
  response
    .status(statusOf(refusal.code))
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problemOf(refusal)));
}

/** What Express and its body readers throw for a bad request, by their `type`. */
const READER_FAULTS: Readonly<Record<string, RefusalCode>> = {
  "charset.unsupported": "wrong-type",
  "encoding.unsupported": "wrong-type",
  "entity.parse.failed": "bad-body",
  "entity.too.large": "too-large",
  "request.aborted": "bad-body",
  "request.size.invalid": "bad-body",
};

/** The refusal behind an error of the framework; null when it is a bug. */
export function refusalFrom(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (error instanceof URIError) return new Refusal("bad-path");
  if (error instanceof BadCursor) return new Refusal("bad-cursor");
  if (error instanceof TransientStoreError) return new Refusal("store-away");
  return fromFramework(error);
}

function fromFramework(error: unknown): Refusal | null {
  if (typeof error !== "object" || error === null) return null;
  const { type, status } = error as { readonly type?: unknown; readonly status?: unknown };
  const code =
    typeof type === "string" && Object.hasOwn(READER_FAULTS, type) ? READER_FAULTS[type] : undefined;
  if (code !== undefined) return new Refusal(code);
  if (status === 404) return new Refusal("route-unknown");
  // zlib and the text decoder raise plain errors that body-parser marks as the caller's fault.
  return typeof status === "number" && status >= 400 && status < 500 ? new Refusal("bad-body") : null;
}
