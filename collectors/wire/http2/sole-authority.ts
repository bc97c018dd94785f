// The only authority that requests of a connection named: what those may be given whose own stands on an unheard table entry.
import { authorityOf } from "./message.ts";
import type { Half } from "./stream.ts";

export class SoleAuthority {
  /** undefined once there were several. */
  #named: string | null | undefined = null;

  /** null while there is none, or more than one. */
  get name(): string | null {
    return this.#named ?? null;
  }

  learn({ head }: Half): void {
    const named = head === null ? null : authorityOf(head);
    if (named === null || named === this.#named) return;
    this.#named = this.#named === null ? named : undefined;
  }
}
