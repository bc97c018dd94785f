// Bodies of an exchange as text, decoded only when something asks for them.
import type { Body, Exchange, Header } from "../../model/exchange.ts";
import { decodeText } from "../charset.ts";

/** `answer` is empty while none was heard. */
export interface Bodies {
  readonly requestHeaders: readonly Header[];
  readonly answerHeaders: readonly Header[];
  /** null while none was heard. */
  readonly status: number | null;
  request(): string;
  answer(): string;
  /** The beginning as characters of one byte: enough for signatures. */
  requestHead(): string;
  answerHead(): string;
}

// Signatures stand at the beginning of a body.
const HEAD = 16_384;

export function bodiesOf({ request, outcome }: Exchange): Bodies {
  const response = outcome.kind === "answered" ? outcome.response : null;
  const answered: Body = response?.body ?? { kind: "none" };
  return {
    requestHeaders: request.headers,
    answerHeaders: response?.headers ?? [],
    status: response?.status ?? null,
    request: once(() => textOf(request.body)),
    answer: once(() => textOf(answered)),
    requestHead: once(() => headOf(request.body)),
    answerHead: once(() => headOf(answered)),
  };
}

function once(make: () => string): () => string {
  let made: string | null = null;
  return () => (made ??= make());
}

function textOf(body: Body): string {
  return body.kind === "recorded" ? decodeText(body.bytes, "", body.complete).text : "";
}

function headOf(body: Body): string {
  if (body.kind !== "recorded") return "";
  const { buffer, byteOffset, length } = body.bytes;
  return Buffer.from(buffer, byteOffset, Math.min(length, HEAD)).toString("latin1");
}
