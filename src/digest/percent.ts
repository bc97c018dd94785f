// Percent-encoding that never fails: whatever a client sent becomes readable text, and text a safe path again.

/** Decodes `%xx` as UTF-8, or as latin1 where that is not UTF-8; a stray "%" stays. */
export function percentDecode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run.replaceAll(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      }
    });
  }
}

/*
  RFC 3986: pchar = unreserved / pct-encoded / sub-delims / ":" / "@"
  Everything else is encoded; unreserved octets that came encoded are decoded (section 6.2.2.2).
*/
const UNSAFE = /%[0-9a-f]{2}|[^A-Za-z0-9\-._~!$&'()*+,;=:@]/giu;
const UNRESERVED = /[A-Za-z0-9\-._~]/;

/** The segment in its normal form: braces, controls and non-ASCII encoded, nothing encoded that need not be. */
export function normaliseSegment(segment: string): string {
  return segment.replaceAll(UNSAFE, (found) => {
    if (found.length !== 3 || !found.startsWith("%")) return encode(found);
    const char = String.fromCharCode(Number.parseInt(found.slice(1), 16));
    return UNRESERVED.test(char) ? char : found.toUpperCase();
  });
}

/** Text of a header line is latin1: one character is one byte. Anything wider came from a source that decoded it. */
function encode(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code <= 0xff) return `%${code.toString(16).toUpperCase().padStart(2, "0")}`;
  return /\p{Cs}/u.test(char) ? "%EF%BF%BD" : encodeURIComponent(char);
}
