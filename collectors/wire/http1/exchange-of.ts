// Builds the exchange from a request and what answered it.
import {
  type Body,
  type Exchange,
  type ExchangeFlag,
  NO_BODY,
  type Outcome,
  type Request,
  type Source,
  type WireProtocol,
} from "../../../src/model/exchange.ts";
import type { FlowEnds } from "../flow.ts";
import { PackedBody } from "../packed-body.ts";
import { valueOf } from "./fields.ts";
import type { Message } from "./message.ts";
import type { Answering, Asking, Unknown } from "./talk.ts";
import { addressed } from "./target.ts";

export interface Setting {
  readonly ends: FlowEnds;
  readonly source: Source;
  readonly scheme: "http" | "https";
}

type Flags = ExchangeFlag[];

/** A request with its response, or without one when `asking.unknown` says why. */
export function exchangeOf(setting: Setting, asking: Asking, isAborted: boolean): Exchange {
  const { answer } = asking;
  const flags: Flags = [];
  const request = requestOf(setting, asking, flags);
  const outcome: Outcome =
    answer === null
      ? { kind: "unknown", why: asking.unknown ?? "capture-end" }
      : { kind: "answered", response: responseOf(answer, flags) };
  situation(setting, asking, outcome, flags);
  if (isAborted) flags.push("aborted");
  return {
    startedAt: asking.place.at,
    answeredAt: answer === null ? null : answer.place.at,
    endedAt: Math.max(asking.message.endAt, answer?.message.endAt ?? 0),
    source: setting.source,
    protocol: protocolOf(asking),
    client: setting.ends.client,
    server: setting.ends.server,
    request,
    outcome,
    flags,
  };
}

/** A response whose request was not heard. */
export function orphanOf(setting: Setting, answering: Answering): Exchange {
  const flags: Flags = ["orphan-response"];
  if (setting.ends.midstream) flags.push("midstream");
  const { authority } = addressed({
    method: "",
    target: "",
    host: undefined,
    scheme: setting.scheme,
    server: setting.ends.server,
  });
  return {
    startedAt: answering.place.at,
    answeredAt: answering.place.at,
    endedAt: answering.message.endAt,
    source: setting.source,
    protocol: `http/${answering.line.version}`,
    client: setting.ends.client,
    server: setting.ends.server,
    request: {
      method: "",
      authority,
      scheme: setting.scheme,
      path: "",
      query: "",
      headers: [],
      body: { kind: "not-recorded", size: null },
    },
    outcome: { kind: "answered", response: responseOf(answering, flags) },
    flags,
  };
}

function situation(setting: Setting, asking: Asking, outcome: Outcome, flags: Flags): void {
  if (asking.isContinued) flags.push("continued");
  if (asking.isSuspect || asking.answer?.isSuspect === true) flags.push("smuggling-suspect");
  if (setting.ends.midstream && asking.place.isFound) flags.push("midstream");
  if (outcome.kind === "unknown") absence(outcome.why, flags);
  else if (isUpgrade(asking)) flags.push("upgraded");
}

function absence(why: Unknown, flags: Flags): void {
  if (why === "one-way" || why === "gap") flags.push(why);
}

function isUpgrade({ line, answer }: Asking): boolean {
  if (answer === null) return false;
  const { status } = answer.line;
  return status === 101 || (line.method === "CONNECT" && status >= 200 && status < 300);
}

function protocolOf({ line, answer }: Asking): WireProtocol {
  if (answer?.line.status !== 101) return `http/${line.version}`;
  const upgrade = valueOf(answer.message.fields.list, "upgrade") ?? "";
  return upgrade.toLowerCase() === "websocket" ? "websocket" : `http/${line.version}`;
}

function requestOf(setting: Setting, { line, message }: Asking, flags: Flags): Request {
  if (message.isPartial) flags.push("request-partial");
  const headers = message.fields.list;
  return {
    method: line.method,
    ...addressed({
      method: line.method,
      target: line.target,
      host: valueOf(headers, "host"),
      scheme: setting.scheme,
      server: setting.ends.server,
    }),
    scheme: setting.scheme,
    headers,
    body: bodyOf(message, flags),
  };
}

function responseOf(
  { line, message }: Answering,
  flags: Flags,
): Extract<Outcome, { kind: "answered" }>["response"] {
  if (message.isPartial) flags.push("response-partial");
  const trailers = message.trailers?.list ?? [];
  const body = bodyOf(message, flags);
  const response = { status: line.status, headers: message.fields.list, body };
  return trailers.length === 0 ? response : { ...response, trailers };
}

function bodyOf(message: Message, flags: Flags): Body {
  const { body, fields } = message;
  if (!message.hasHead) return { kind: "not-recorded", size: null };
  if (body.size === 0 && !message.isPartial) return NO_BODY;
  const encoding = valueOf(fields.list, "content-encoding");
  const isComplete = !body.isPartial && !message.isPartial;
  if (encoding === undefined)
    return { kind: "recorded", bytes: body.bytes, size: body.size, complete: isComplete };
  const { bytes, size } = body;
  return new PackedBody({ bytes, encoding, size, complete: isComplete, flags });
}
