// Takes a streamed body apart into its frames, whatever streaming it uses, and says whether the stream marked its end.
import { parseLoosely } from "./loose-json.ts";

export interface Frames {
  readonly texts: readonly string[];
  /** A last frame that says the stream is over: `[DONE]`, an end event, or a flag. */
  readonly ended: boolean;
}

// A thousand frames show what a stream is.
const MAX_FRAMES = 1000;
/** Names of events, and words in last frames, that end what is generated. */
const ENDS =
  /^(?:\[?done\]?|\[?end\]?|eof|finish(?:ed)?|complete(?:d)?|stop|close|message_(?:stop|end)|final)$/i;

/*
  WHATWG HTML, 9.2.6. A line of some servers that has no meaning there ("message:") is passed over like any unknown field.
*/
export function sseFrames(text: string): Frames {
  const texts: string[] = [];
  let data: string[] = [];
  let ended = false;
  const flush = () => {
    if (data.length > 0 && texts.length < MAX_FRAMES) texts.push(data.join("\n"));
    data = [];
  };
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line === "") flush();
    else if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
    else if (line.startsWith("event:") && ENDS.test(line.slice(6).trim())) ended = true;
  }
  flush();
  return framesOf(texts, ended);
}

/** One frame a line: NDJSON, and the messages of a WebSocket. */
export function lineFrames(text: string): Frames {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return framesOf(lines.slice(0, MAX_FRAMES), false);
}

/** A streamed JSON array: one frame an item. */
export function arrayFrames(items: readonly unknown[]): Frames {
  return framesOf(
    items.slice(0, MAX_FRAMES).map((item) => JSON.stringify(item)),
    false,
  );
}

function framesOf(texts: readonly string[], ended: boolean): Frames {
  const last = texts.at(-1)?.trim() ?? "";
  const isMark = ENDS.test(last) || hasEndFlag(last);
  return { texts: ENDS.test(last) ? texts.slice(0, -1) : texts, ended: ended || isMark };
}

/** `"done": true`, `"finish_reason": "stop"`, `"type": "end"` and the like. */
function hasEndFlag(frame: string): boolean {
  if (frame.length > 4096) return false;
  return (
    /"(?:is_?)?(?:done|fin|finish(?:ed)?|end(?:ed)?|complete(?:d)?|final|last|eos|stop(?:ped)?)"\s*:\s*(?:true|1)\b/i.test(
      frame,
    ) ||
    /"[\w-]{1,24}"\s*:\s*"\[?(?:done|end|eof|eos|finish(?:ed)?|complete(?:d)?|stop|final)\]?"/i.test(frame) ||
    /"[\w-]{0,16}(?:finish|stop)_?reason"\s*:\s*"/i.test(frame)
  );
}

/*
  AWS event stream (application/vnd.amazon.eventstream), big endian
    total length 32, headers length 32, CRC of both 32, headers, payload, CRC of all 32
  A payload is JSON; `{"bytes": "…"}` holds JSON in base64.
*/
const PRELUDE = 12;
const TRAILER = 4;

export function amazonFrames(bytes: Uint8Array): Frames {
  const texts: string[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + PRELUDE + TRAILER <= bytes.length && texts.length < MAX_FRAMES;) {
    const total = view.getUint32(at);
    const headers = view.getUint32(at + 4);
    const from = at + PRELUDE + headers;
    const to = at + total - TRAILER;
    if (total < PRELUDE + TRAILER || from > to || to > bytes.length) break;
    texts.push(unwrapped(Buffer.from(bytes.subarray(from, to)).toString("utf8")));
    at += total;
  }
  return framesOf(texts, false);
}

function unwrapped(payload: string): string {
  const value = parseLoosely(payload, true) as { readonly bytes?: unknown } | undefined;
  const inner = value?.bytes;
  return typeof inner === "string" ? Buffer.from(inner, "base64").toString("utf8") : payload;
}
