// HTTP/2 frame headers: what they say, which ones are plausible, and whether bytes begin with some.

/*
  Frame (RFC 9113, section 4.1)
    length    24 bits, of the payload
    type       8
    flags      8
    reserved   1
    stream    31
*/
export const FRAME_HEADER_BYTES = 9;

/** RFC 9113, section 3.4. */
export const PREFACE: Uint8Array = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

export const DATA = 0;
export const HEADERS = 1;
export const PRIORITY = 2;
export const RST_STREAM = 3;
export const SETTINGS = 4;
export const PUSH_PROMISE = 5;
export const PING = 6;
export const GOAWAY = 7;
export const WINDOW_UPDATE = 8;
export const CONTINUATION = 9;

export const END_STREAM = 0x1;
export const ACK = 0x1;
export const END_HEADERS = 0x4;
export const PADDED = 0x8;
export const PRIORITISED = 0x20;

export interface FrameHeader {
  readonly length: number;
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
}

/** `at` + 9 must be within `bytes`. */
export function frameHeaderAt(bytes: Uint8Array, at: number): FrameHeader {
  const byte = (offset: number) => bytes[at + offset] ?? 0;
  return {
    length: (byte(0) << 16) | (byte(1) << 8) | byte(2),
    type: byte(3),
    flags: byte(4),
    stream: streamAt(bytes, at + 5),
  };
}

/** A stream number without the reserved bit before it. */
export function streamAt(bytes: Uint8Array, at: number): number {
  const byte = (offset: number) => bytes[at + offset] ?? 0;
  return ((byte(0) & 0x7f) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3);
}

interface Rule {
  /** Flags the RFC defines for the type. */
  readonly flags: number;
  readonly stream: "zero" | "some" | "any";
  length(length: number, flags: number): boolean;
}

// RFC 9113, section 6, in order of type.
const RULES: readonly Rule[] = [
  { flags: END_STREAM | PADDED, stream: "some", length: (n, flags) => n > 0 || (flags & PADDED) === 0 },
  {
    flags: END_STREAM | END_HEADERS | PADDED | PRIORITISED,
    stream: "some",
    length: (n, f) => n >= leastOf(f),
  },
  { flags: 0, stream: "some", length: (n) => n === 5 },
  { flags: 0, stream: "some", length: (n) => n === 4 },
  { flags: ACK, stream: "zero", length: (n, flags) => n % 6 === 0 && (n === 0 || flags === 0) },
  { flags: END_HEADERS | PADDED, stream: "some", length: (n) => n > 4 },
  { flags: ACK, stream: "zero", length: (n) => n === 8 },
  { flags: 0, stream: "zero", length: (n) => n >= 8 },
  { flags: 0, stream: "any", length: (n) => n === 4 },
  { flags: END_HEADERS, stream: "some", length: () => true },
];

function leastOf(flags: number): number {
  return ((flags & PADDED) === 0 ? 0 : 1) + ((flags & PRIORITISED) === 0 ? 0 : 5);
}

/** A header every sender may send. Types beyond the RFC's ten are extensions and pass on stream rules alone. */
export function isLawful({ length, type, flags, stream }: FrameHeader): boolean {
  const rule = RULES[type];
  if (rule === undefined) return true;
  if (rule.stream !== "any" && (stream === 0) !== (rule.stream === "zero")) return false;
  return rule.length(length, flags);
}

// RFC 9113, section 6.5.2: SETTINGS_MAX_FRAME_SIZE unless raised; most senders keep to it.
const USUAL_MAX_FRAME = 16_384;

/** Much narrower than lawful, to tell frames from body bytes: known type, no undefined flag, R bit 0, usual length. */
function isTypical(bytes: Uint8Array, at: number): boolean {
  const header = frameHeaderAt(bytes, at);
  const rule = RULES[header.type];
  if (rule === undefined || header.length > USUAL_MAX_FRAME || (bytes[at + 5] ?? 0) > 0x7f) return false;
  // Empty DATA that ends nothing says nothing, and zeros look like it.
  if (header.type === DATA && header.length === 0 && (header.flags & END_STREAM) === 0) return false;
  return (header.flags & ~rule.flags) === 0 && isLawful(header);
}

/** What a walk over consecutive typical frames met. */
export interface Chain {
  readonly headers: number;
  /** "broken": a header that is none; "open": the bytes ended inside a frame; "exact": right after one. */
  readonly ends: "broken" | "open" | "exact";
}

// Three headers in a row fit by chance in fewer than 1 of 10^15 places of random bytes.
export const CHAIN = 3;

/** Walks from `at` until `CHAIN` headers are seen. */
export function chainAt(bytes: Uint8Array, at: number): Chain {
  let headers = 0;
  while (at < bytes.length && headers < CHAIN) {
    if (at + FRAME_HEADER_BYTES > bytes.length) return { headers, ends: "open" };
    if (!isTypical(bytes, at)) return { headers, ends: "broken" };
    headers++;
    at += FRAME_HEADER_BYTES + frameHeaderAt(bytes, at).length;
  }
  return { headers, ends: at > bytes.length ? "open" : "exact" };
}

/**
 * Whether a direction that was heard from its middle begins with frames: two headers in a row, or one frame that ends
 * exactly where the bytes do.
 */
export function beginsWithFrames(bytes: Uint8Array): boolean {
  const { headers, ends } = chainAt(bytes, 0);
  return ends !== "broken" && (headers > 1 || (headers === 1 && ends === "exact"));
}
