// Parses JSON that may have been cut short: what was said until then is closed and parsed as if it were all.

/*
  RFC 8259. A text that ended too early ends within a string, a word or a number, or between members. The text up to
  the last place that can be closed, plus the brackets still open, is JSON again.
*/
/** undefined when it is no JSON even so. */
export function parseLoosely(text: string, complete: boolean): unknown {
  const first = /\S/.exec(text)?.[0] ?? "";
  if (first !== "{" && first !== "[" && first !== "\uFEFF") return undefined;
  const whole = parse(text);
  return whole === undefined && !complete ? parse(closed(text)) : whole;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfe_ff ? text.slice(1) : text) as unknown;
  } catch {
    return undefined;
  }
}

interface Walk {
  /** Closing brackets of what is open, innermost last. */
  readonly open: string[];
  inString: boolean;
  /** Where the string that is open began. */
  from: number;
  /** Whether that string is a key. */
  isKey: boolean;
  expectsKey: boolean;
  /** End of the last complete member; brackets opened or closed since are none, for they move it. */
  safe: number;
}

function closed(text: string): string {
  const walk: Walk = {
    open: [],
    inString: false,
    from: 0,
    isKey: false,
    expectsKey: false,
    safe: 0,
  };
  for (let at = 0; at < text.length; at += 1) at = step(walk, text, at);
  const closing = walk.open.toReversed().join("");
  if (walk.inString && !walk.isKey) {
    // An escape at the very end may be cut itself.
    const tail = text.slice(walk.from).replace(/\\(?:u[\da-f]{0,3})?$/i, "");
    return `${text.slice(0, walk.from)}${tail}"${closing}`;
  }
  return text.slice(0, walk.safe) + closing;
}

function step(walk: Walk, text: string, at: number): number {
  const sign = text[at] as string;
  if (walk.inString) return inString(walk, text, at);
  if (sign === '"') {
    walk.inString = true;
    walk.from = at;
    walk.isKey = walk.expectsKey;
  } else if (sign === "{" || sign === "[") {
    walk.open.push(sign === "{" ? "}" : "]");
    walk.expectsKey = sign === "{";
    walk.safe = at + 1;
  } else if (sign === "}" || sign === "]") {
    walk.open.pop();
    walk.expectsKey = false;
    walk.safe = at + 1;
  } else if (sign === ",") {
    walk.safe = at;
    walk.expectsKey = walk.open.at(-1) === "}";
  } else if (sign === ":") walk.expectsKey = false;
  return at;
}

/** To the end of the string, or of the text. */
function inString(walk: Walk, text: string, at: number): number {
  let end = text.indexOf('"', at);
  while (end > 0 && escapes(text, end)) end = text.indexOf('"', end + 1);
  if (end < 0) return text.length;
  walk.inString = false;
  if (!walk.isKey) walk.safe = end + 1;
  return end;
}

function escapes(text: string, at: number): boolean {
  let from = at;
  while (text[from - 1] === "\\") from -= 1;
  return (at - from) % 2 === 1;
}
