// Remembers which streams were told already, so that frames in flight behind a reset or an early telling open none anew.

const NUMBER_BYTES = 40;

export class ToldStreams {
  readonly #most: number;
  /** The latest, and those before: two sets, since taking the oldest out of one costs more the longer it lives. */
  #latest = new Set<number>();
  #before: ReadonlySet<number> = this.#latest;

  /** Remembers at least `most`, at most twice as many. */
  constructor(most: number) {
    this.#most = most;
  }

  get weight(): number {
    return (this.#latest.size + this.#before.size) * NUMBER_BYTES;
  }

  has(id: number): boolean {
    return this.#latest.has(id) || this.#before.has(id);
  }

  add(id: number): void {
    this.#latest.add(id);
    if (this.#latest.size < this.#most) return;
    this.#before = this.#latest;
    this.#latest = new Set();
  }
}
