// Cuts text into lines as it arrives, keeping no more of a line than is wanted.

type OnLine = (line: string, size: number) => void;

export class LineCutter {
  readonly #endings: RegExp;
  readonly #keep: number;
  #held = "";
  #size = 0;
  #isAfterCr = false;

  /** `endings`: LF alone, or also CR and CRLF. `keep`: characters kept of a line. */
  constructor(endings: "lf" | "any", keep: number) {
    this.#endings = endings === "lf" ? /\n/g : /\r\n?|\n/g;
    this.#keep = keep;
  }

  /** `line` is told with the characters it had, kept or not. */
  push(text: string, line: OnLine): void {
    if (text === "") return;
    // The other half of a CRLF that was cut in two.
    let from = this.#isAfterCr && text.startsWith("\n") ? 1 : 0;
    this.#isAfterCr = false;
    this.#endings.lastIndex = from;
    for (let found = this.#endings.exec(text); found !== null; found = this.#endings.exec(text)) {
      this.#hold(text, from, found.index);
      this.#tell(line);
      from = this.#endings.lastIndex;
      this.#isAfterCr = found[0] === "\r" && from === text.length;
    }
    this.#hold(text, from, text.length);
  }

  /** The last line, when nothing ended it. */
  end(line: OnLine): void {
    if (this.#size > 0) this.#tell(line);
  }

  #hold(text: string, from: number, to: number): void {
    this.#size += to - from;
    const room = this.#keep - this.#held.length;
    if (room > 0 && to > from) this.#held += text.slice(from, Math.min(to, from + room));
  }

  #tell(line: OnLine): void {
    const held = this.#held;
    const size = this.#size;
    this.#held = "";
    this.#size = 0;
    line(held, size);
  }
}
