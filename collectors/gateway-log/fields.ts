// Splits a text log line into its fields, the way nginx and Apache quote and escape them.

/** A field; `quoted` tells `"-"` of a header from a bare `-`. */
export interface Field {
  readonly text: string;
  readonly quoted: boolean;
}

// A line has a few dozen fields at most; more would only cost time on hostile ones.
const MAX_FIELDS = 64;

/*
  fields = *( SP field )
  field  = DQUOTE *( %x5C OCTET / OCTET ) DQUOTE / "[" *OCTET "]" / 1*( any but SP )
  Escapes: \" \\ \n \r \t of Apache's log_config, \xHH of both. A quote that never closes takes the rest of the line.
*/
export function fieldsOf(line: string, from = 0): readonly Field[] {
  const fields: Field[] = [];
  let at = from;
  while (at < line.length && fields.length < MAX_FIELDS) {
    if (line[at] === " ") {
      at++;
      continue;
    }
    const quoted = line[at] === '"';
    const end = quoted ? closingQuote(line, at + 1) : fieldEnd(line, at);
    fields.push({ text: quoted ? unescapeField(line.slice(at + 1, end)) : line.slice(at, end), quoted });
    at = quoted ? end + 1 : end;
  }
  return fields;
}

/** Index of the quote that ends the field begun before `from`, or the length. */
export function closingQuote(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at !== -1; at = line.indexOf('"', at + 1)) {
    let escapes = 0;
    while (at - escapes > from && line[at - 1 - escapes] === "\\") escapes++;
    if (escapes % 2 === 0) return at;
  }
  return line.length;
}

function fieldEnd(line: string, from: number): number {
  const bracket = line[from] === "[" ? line.indexOf("]", from) : -1;
  const end = line.indexOf(" ", bracket === -1 ? from : bracket);
  return end === -1 ? line.length : end;
}

const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|(.))/gs;
const CONTROLS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", v: "\v" };

/** Bytes behind \xHH are decoded as latin1, like bytes from the wire. */
export function unescapeField(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(ESCAPE, (_, hex?: string, other = "") =>
    hex === undefined ? (CONTROLS[other] ?? other) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
