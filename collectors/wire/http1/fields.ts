// Header fields: kept up to a bound, and what they say about framing, whatever their number.
import type { Header } from "../../../src/model/exchange.ts";
import type { Allowance } from "../allowance.ts";

/** Apache allows 100, nginx and Node far fewer in bytes; beyond this only framing is looked at. */
const MAX_FIELDS = 256;
/** Per head, in characters kept; Node allows 16 KiB, Apache 100 fields of 8 KiB. */
const MAX_KEPT = 65_536;

/** What a kept field costs beyond its characters. */
const OVERHEAD = 64;

/** What of a head decides where its message ends and what follows it. */
const FRAMING = new Set([
  "content-length",
  "transfer-encoding",
  "host",
  "connection",
  "upgrade",
  "content-encoding",
  "content-type",
]);

/*
  field-line (RFC 9112, section 5): name ":" OWS value OWS. A line that starts with whitespace continues the one before
  (obs-fold); whitespace before the colon is forbidden. Both are tolerated, and remembered as odd.
*/
export class Fields {
  readonly #allowance: Allowance;
  readonly list: Header[] = [];
  /** Fields not kept. */
  dropped = 0;
  isOdd = false;
  #kept = 0;
  #taken = 0;
  #folded = false;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /** The memory counts as free again; what was kept stays readable. */
  release(): void {
    this.#allowance.give(this.#taken);
    this.#taken = 0;
  }

  add(line: string): void {
    const first = line.charCodeAt(0);
    if (first === 32 || first === 9) return this.#fold(line);
    this.#folded = false;
    const colon = line.indexOf(":");
    if (colon <= 0) {
      this.isOdd = true;
      return;
    }
    let name = line.slice(0, colon).toLowerCase();
    const last = name.charCodeAt(colon - 1);
    if (last === 32 || last === 9) {
      name = name.trimEnd();
      this.isOdd = true;
    }
    this.#keep(name, line.slice(colon + 1).trim());
  }

  #keep(name: string, value: string): void {
    const size = name.length + value.length;
    this.#kept += size;
    const isFull = this.list.length >= MAX_FIELDS || this.#kept > MAX_KEPT || !this.#take(size + OVERHEAD);
    if (isFull && (!FRAMING.has(name) || this.list.length >= MAX_FIELDS * 2)) {
      this.dropped++;
      this.#folded = true;
    } else {
      this.list.push([name, value]);
    }
  }

  #take(size: number): boolean {
    if (!this.#allowance.take(size)) return false;
    this.#taken += size;
    return true;
  }

  #fold(line: string): void {
    const last = this.list.at(-1);
    this.isOdd = true;
    if (last === undefined || this.#folded || this.#kept > MAX_KEPT || !this.#take(line.length)) return;
    this.#kept += line.length;
    this.list[this.list.length - 1] = [last[0], `${last[1]} ${line.trim()}`.trim()];
  }
}

/** The first value of a field. */
export function valueOf(fields: readonly Header[], name: string): string | undefined {
  for (const field of fields) if (field[0] === name) return field[1];
  return undefined;
}
