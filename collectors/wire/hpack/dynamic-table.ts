// HPACK's dynamic table as a listener can hold it: positions stay certain even when its beginning was not heard.

/** A header field; null where it stands on a table entry that was inserted before we listened. */
export interface HpackField {
  readonly name: string | null;
  readonly value: string | null;
}

// RFC 7541, section 4.1: an entry costs its text and 32 bytes.
const ENTRY_OVERHEAD = 32;

// RFC 9113, section 6.5.2: initial SETTINGS_HEADER_TABLE_SIZE.
const INITIAL_SIZE = 4096;

// What browsers ask for at most; encoders that use more only make us forget old entries earlier.
export const MAX_TABLE_BYTES = 65_536;

/** "unknown": an entry exists or may exist, but it was inserted where we did not hear it. */
export type Lookup = HpackField | "unknown" | "invalid";

/**
 * RFC 7541, section 2.3.2. New entries enter at position 0 and push the others back, evictions only ever take the last
 * ones. So the n-th newest entry we heard is at position n whatever the table's true size is, and only positions behind
 * all of ours are in doubt after a start in the middle.
 */
export class DynamicTable {
  /** Oldest first; entries before `first` were evicted. */
  private entries: HpackField[] = [];
  private first = 0;
  private bytes = 0;
  private size = INITIAL_SIZE;
  /** True while entries older than ours may be alive at the encoder. */
  private older = false;

  /** Forgets all: insertions were missed, and with them possibly a change of size. */
  lose(): void {
    this.entries = [];
    this.first = 0;
    this.bytes = 0;
    this.size = MAX_TABLE_BYTES;
    this.older = true;
  }

  /** Memory it takes: an entry's objects cost some 100 bytes more than the 32 that HPACK counts. */
  get weight(): number {
    return this.bytes + this.entries.length * 100;
  }

  get(position: number): Lookup {
    const at = this.entries.length - 1 - position;
    const found = at >= this.first ? this.entries[at] : undefined;
    return found ?? (this.older ? "unknown" : "invalid");
  }

  insert(field: HpackField): void {
    const cost = costOf(field);
    this.shrink(this.size - cost);
    if (cost > this.size) return;
    this.entries.push(field);
    this.bytes += cost;
  }

  /** Dynamic table size update, RFC 7541, section 6.3. */
  resize(size: number): void {
    if (size > MAX_TABLE_BYTES) this.older = true;
    // Size 0 empties the encoder's table, so nothing unheard is left in it.
    if (size === 0) this.older = false;
    this.size = Math.min(size, MAX_TABLE_BYTES);
    this.shrink(this.size);
  }

  private shrink(target: number): void {
    while (this.bytes > target && this.first < this.entries.length) {
      this.bytes -= costOf(this.entries[this.first] ?? { name: null, value: null });
      this.first++;
    }
    // Compact seldom, so that eviction stays cheap.
    if (this.first > 64 && this.first * 2 > this.entries.length) {
      this.entries = this.entries.slice(this.first);
      this.first = 0;
    }
  }
}

/** An unknown text counts as empty: we then keep an entry longer than the encoder does, which no position notices. */
export function costOf({ name, value }: HpackField): number {
  return (name?.length ?? 0) + (value?.length ?? 0) + ENTRY_OVERHEAD;
}
