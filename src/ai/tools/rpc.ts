// JSON-RPC messages out of bodies and streams, as far as agent protocols need them.

/*
  JSON-RPC 2.0, 4 and 5: request { jsonrpc, method, params?, id? }, answer { jsonrpc, result | error { code }, id };
  a batch is an array of either.
*/
export interface RpcMessage {
  readonly method: string | null;
  /** Text of the id; null for notifications. */
  readonly id: string | null;
  readonly params: Fields | null;
  readonly result: Fields | null;
  /** null while it is no error. */
  readonly errorCode: number | null;
}

export type Fields = Readonly<Record<string, unknown>>;

// Longer batches and streams say nothing new about a protocol.
const MAX_MESSAGES = 256;
// Lists of the widest servers have some hundred KiB; what is longer is not read.
const MAX_TEXT = 2_097_152;

/** Texts that are no JSON-RPC give nothing; never throws. */
export function rpcMessages(texts: Iterable<string>): readonly RpcMessage[] {
  const messages: RpcMessage[] = [];
  for (const text of texts) {
    const json = jsonOf(text);
    for (const item of Array.isArray(json) ? (json as unknown[]) : [json]) {
      const message = messageOf(item);
      if (message !== null) messages.push(message);
      if (messages.length >= MAX_MESSAGES) return messages;
    }
  }
  return messages;
}

/** undefined when it is none, or too long to look at. */
export function jsonOf(text: string): unknown {
  if (text.length > MAX_TEXT) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The value as an object of fields; null for anything else. */
export function fieldsOf(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** The items of an array, at most `most` of them; none for anything else. */
export function itemsOf(value: unknown, most: number): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]).slice(0, most) : [];
}

export function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function messageOf(item: unknown): RpcMessage | null {
  const fields = fieldsOf(item);
  if (fields === null || fields["jsonrpc"] !== "2.0") return null;
  const { id } = fields;
  const code = fieldsOf(fields["error"])?.["code"];
  return {
    method: textOf(fields["method"]),
    id: typeof id === "string" || typeof id === "number" ? String(id).slice(0, 64) : null,
    params: fieldsOf(fields["params"]),
    result: fieldsOf(fields["result"]),
    errorCode: typeof code === "number" ? code : "error" in fields ? 0 : null,
  };
}
