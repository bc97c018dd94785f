// The messages of a WebSocket in a HAR, which browsers add to the handshake's entry under a name of their own.
import type { Body } from "../../src/model/exchange.ts";
import { NO_BODY } from "../../src/model/exchange.ts";
import type { JsonObject } from "./json.ts";
import { isObject, listOf, numberOf, objectOf, textOf } from "./json.ts";

export interface WebSocketTalk {
  readonly sent: Body;
  readonly received: Body;
  /** Milliseconds since the epoch of the last message; null when none has a time. */
  readonly lastAt: number | null;
}

const TEXT = 1;

/*
  https://chromedevtools.github.io/devtools-protocol/tot/Network/#type-WebSocketFrame
    _webSocketMessages = [ { type: "send" / "receive", time: seconds, opcode: 1 text / 2 binary, data } ]
*/
/** undefined when the entry is no WebSocket, or one without a message list. */
export function webSocketTalk(entry: JsonObject): WebSocketTalk | undefined {
  const messages = listOf(entry["_webSocketMessages"]).filter(isObject);
  if (messages.length === 0) return undefined;
  let lastAt: number | null = null;
  for (const message of messages) {
    const time = numberOf(message["time"]);
    if (time !== undefined) lastAt = Math.max(lastAt ?? 0, time * 1000);
  }
  return { sent: bodyOf(messages, "send"), received: bodyOf(messages, "receive"), lastAt };
}

/** Whether the entry is the handshake of a WebSocket that came about: 101, or 2xx over HTTP/2 (RFC 8441). */
export function isWebSocket(entry: JsonObject, status: number | null): boolean {
  if (status !== 101 && (status === null || status < 200 || status > 299)) return false;
  const url = textOf(objectOf(entry["request"])?.["url"]) ?? "";
  return /^wss?:/i.test(url) || entry["_resourceType"] === "websocket";
}

/** Text messages of one direction, one a line; binary ones only count. */
function bodyOf(messages: readonly JsonObject[], type: "send" | "receive"): Body {
  const texts: string[] = [];
  let binary = 0;
  for (const message of messages) {
    if (message["type"] !== type) continue;
    const data = textOf(message["data"]) ?? "";
    if ((numberOf(message["opcode"]) ?? TEXT) === TEXT) texts.push(data);
    else binary += Buffer.byteLength(data, "base64");
  }
  const bytes = Buffer.from(texts.join("\n"), "utf8");
  if (texts.length > 0) return { kind: "recorded", bytes, size: bytes.length + binary, complete: true };
  return binary === 0 ? NO_BODY : { kind: "not-recorded", size: binary };
}
