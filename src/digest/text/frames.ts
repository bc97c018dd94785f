// Takes a streamed body apart into its frames, whatever streaming it uses, and says whether the stream marked its end.
import { AMAZON, PrefixSplitter } from "../stream/prefixed.ts";
import type { StreamEvent } from "../stream/text.ts";
import { eventsIn } from "../stream/text.ts";
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

/** Server-sent events; also told by the name of an event that they are over. */
export function sseFrames(text: string): Frames {
  const events = eventsIn("events", { text, complete: true }, MAX_FRAMES);
  const ended = events.some(({ type }) => ENDS.test(type.trim()));
  return framesOf(textsOf(events), ended);
}

/** One frame a line: NDJSON, and the messages of a WebSocket. */
export function lineFrames(text: string): Frames {
  return framesOf(textsOf(eventsIn("lines", { text, complete: true }, MAX_FRAMES)), false);
}

function textsOf(events: readonly StreamEvent[]): readonly string[] {
  return events.flatMap(({ text }) => text ?? []);
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

/** AWS event stream. A payload is JSON; `{"bytes": "…"}` holds JSON in base64. */
export function amazonFrames(bytes: Uint8Array): Frames {
  const texts: string[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  new PrefixSplitter(AMAZON).push(bytes, ({ from, to }) => {
    const payload = bytes.subarray(from + view.getUint32(from - HEADERS_LENGTH), to - TRAILER);
    if (texts.length < MAX_FRAMES) texts.push(unwrapped(Buffer.from(payload).toString("utf8")));
  });
  return framesOf(texts, false);
}

// The last two fields of the prefix are the length of the headers and a checksum; a checksum ends the frame.
const HEADERS_LENGTH = 8;
const TRAILER = 4;

function unwrapped(payload: string): string {
  const value = parseLoosely(payload, true) as { readonly bytes?: unknown } | undefined;
  const inner = value?.bytes;
  return typeof inner === "string" ? Buffer.from(inner, "base64").toString("utf8") : payload;
}
