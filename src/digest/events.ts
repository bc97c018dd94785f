// The JSON texts of a streamed body: one per line, or one per server-sent event.
import { eventsIn } from "./stream/text.ts";

// What a shape learns from a thousand items of a stream it will not unlearn from the next.
const MAX_ITEMS = 1000;

export interface StreamItem {
  readonly text: string;
  /** false for the last one of a stream that was cut. */
  readonly complete: boolean;
}

export function jsonLines(text: string, complete: boolean): readonly StreamItem[] {
  return itemsOf("lines", { text, complete });
}

export function eventData(text: string, complete: boolean): readonly StreamItem[] {
  return itemsOf("events", { text, complete });
}

function itemsOf(kind: Parameters<typeof eventsIn>[0], whole: StreamItem): readonly StreamItem[] {
  return eventsIn(kind, whole, MAX_ITEMS).flatMap(({ text, complete }) =>
    text === null ? [] : [{ text, complete }],
  );
}
