// Finds where one JSON string, object or array ends without building it: brackets and quotes are all that matters for that.

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

// 1 opens, 2 closes, 3 quotes; a table lookup a byte is what keeps this at memory speed (test/bench).
const MARKS = new Uint8Array(256);
for (const byte of [0x7b, 0x5b]) MARKS[byte] = 1;
for (const byte of [0x7d, 0x5d]) MARKS[byte] = 2;
MARKS[QUOTE] = 3;

/*
  RFC 8259: a string runs from quote to the next quote not behind an odd backslash; outside strings, brackets nest.
  Kinds of brackets are not compared: whoever parses the text finds that out.
*/
/** Scans one value over any number of chunks. */
export class JsonScanner {
  #depth = 0;
  #inString = false;
  #escaped = false;

  reset(): void {
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
  }

  /** Index behind the value that began at or before `from`, or -1 when it goes on in the next chunk. */
  scan(bytes: Uint8Array, from: number): number {
    const length = bytes.length;
    let at = from;
    while (at < length) {
      if (this.#inString) {
        at = this.#string(bytes, at);
      } else {
        while (at < length && MARKS[bytes[at] as number] === 0) at++;
        if (at === length) return -1;
        this.#mark(MARKS[bytes[at] as number] as number);
        at++;
      }
      if (this.#depth === 0 && !this.#inString) return at;
    }
    return -1;
  }

  #mark(mark: number): void {
    if (mark === 3) this.#inString = true;
    else this.#depth += mark === 1 ? 1 : -1;
  }

  /** Index behind the string's closing quote, or the length. */
  #string(bytes: Uint8Array, from: number): number {
    const length = bytes.length;
    let at = this.#escaped ? from + 1 : from;
    this.#escaped = false;
    for (; at < length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        this.#inString = false;
        return at + 1;
      }
      if (byte === BACKSLASH) at++;
    }
    this.#escaped = at > length;
    return length;
  }
}
