// Splits streams of JSON texts into their texts: one per line, or one per server-sent event.

// What a shape learns from a thousand items of a stream it will not unlearn from the next.
const MAX_ITEMS = 1000;

export interface StreamItem {
  readonly text: string;
  /** false for the last one of a stream that was cut. */
  readonly complete: boolean;
}

/*
  JSON lines: one value per line; RFC 7464 (json-seq) puts 0x1E before each.
*/
const RECORD_SEPARATOR = "\u001E";

export function* jsonLines(text: string, complete: boolean): Generator<StreamItem> {
  let from = 0;
  for (let items = 0; items < MAX_ITEMS && from < text.length;) {
    const found = text.indexOf("\n", from);
    const end = found < 0 ? text.length : found;
    const line = text.slice(from, end).replace(RECORD_SEPARATOR, "").trim();
    from = end + 1;
    if (line === "") continue;
    items += 1;
    yield { text: line, complete: complete || found >= 0 };
  }
}

/*
  WHATWG HTML, 9.2.6: an event is lines up to an empty one; its data is the rest of all "data:" lines, joined by "\n".
*/
export function* eventData(text: string, complete: boolean): Generator<StreamItem> {
  let data: string[] = [];
  let items = 0;
  for (const [, line = "", end = ""] of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    if (line.startsWith("data:")) data.push(line.slice("data:".length));
    if (data.length === 0 || (line !== "" && end !== "")) continue;
    yield { text: data.join("\n"), complete: complete || end !== "" };
    data = [];
    items += 1;
    if (items >= MAX_ITEMS) return;
  }
}
