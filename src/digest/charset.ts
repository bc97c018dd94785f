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
  const decoder = decoderOf(named, whole);
  const text = (decoder ?? new TextDecoder()).decode(looked, { stream: !whole });
  // A replacement character in UTF-8 is either a lie about the charset or, rarely, was sent as such.
  if (named === "utf-8" && text.includes("\u{FFFD}")) {
    return { text: new TextDecoder("latin1").decode(looked), complete: whole, mislabelled: true };
  }
  return { text, complete: whole, mislabelled: decoder === undefined };
}

/** Byte order marks begin with one of these three bytes, and no JSON does. */
function byOrderMark(bytes: Uint8Array): string | undefined {
  const first = bytes[0] ?? 0;
  if (first < 0xef) return undefined;
  const mark = first * 0x1_00 + (bytes[1] ?? 0);
  if (mark === 0xff_fe) return "utf-16le";
  if (mark === 0xfe_ff) return "utf-16be";
  return mark === 0xef_bb && bytes[2] === 0xbf ? "utf-8" : undefined;
}

const wholeUtf8 = new TextDecoder();

/** Fresh but for whole texts in UTF-8, because a decoder that was fed a cut text remembers its end. */
function decoderOf(label: string, whole: boolean): InstanceType<typeof TextDecoder> | undefined {
  if (whole && label === "utf-8") return wholeUtf8;
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
