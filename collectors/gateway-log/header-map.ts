// Reads headers that a JSON log keeps as an object, one value or a list of them under each name.
import type { Header } from "../../src/model/exchange.ts";
import { isObject, listOf, textOf } from "./json.ts";

// As many fields as the HTTP/1 reader keeps of one head.
const MAX_HEADERS = 256;

/** Lower-case headers of `{"Accept": ["a", "b"], "Host": "c"}`; empty for anything else. */
export function headersOfMap(map: unknown): readonly Header[] {
  const headers: Header[] = [];
  if (!isObject(map)) return headers;
  for (const [name, value] of Object.entries(map)) {
    for (const single of Array.isArray(value) ? listOf(value) : [value]) {
      const text = textOf(single) ?? (typeof single === "number" ? String(single) : undefined);
      if (text === undefined || name.startsWith(":")) continue;
      if (headers.length === MAX_HEADERS) return headers;
      headers.push([name.toLowerCase(), text]);
    }
  }
  return headers;
}
