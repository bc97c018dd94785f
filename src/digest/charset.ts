// Decodes the bytes of a body as text, whatever charset they claim: a wrong label is noted and never in the way.

export interface Decoded {
  readonly text: string;
  /** All of the bytes were decoded and none were missing. */
  readonly complete: boolean;
  /** The label was unknown, or the bytes were not what it said. */
  readonly mislabelled: boolean;
}

// A shape does not get better with the second megabyte of a body; collectors keep less by default.
const MAX_BYTES = 1_048_576;

/** `label` is the charset parameter, "" when none was given. */
export function decodeText(bytes: Uint8Array, label: string, complete: boolean): Decoded {
  const cut = bytes.length > MAX_BYTES;
  const looked = cut ? bytes.subarray(0, MAX_BYTES) : bytes;
  const whole = complete && !cut;
  const named = byOrderMark(looked) ?? (label === "" || label === "utf8" ? "utf-8" : label);
  const decoder = decoderOf(named);
  const text = (decoder ?? new TextDecoder()).decode(looked, { stream: !whole });
  // A replacement character in UTF-8 is either a lie about the charset or, rarely, was sent as such.
  if (named === "utf-8" && text.includes("\u{FFFD}")) {
    return { text: new TextDecoder("latin1").decode(looked), complete: whole, mislabelled: true };
  }
  return { text, complete: whole, mislabelled: decoder === undefined };
}

function byOrderMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xef && second === 0xbb && third === 0xbf ? "utf-8" : undefined;
}

/** Fresh, because a decoder that was fed a cut text remembers its end. */
function decoderOf(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
