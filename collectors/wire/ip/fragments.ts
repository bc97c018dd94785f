// Puts IP fragments together, within bounds: first arrived wins, overlap poisons the datagram.
import type { WeirdName } from "../../../src/model/parsed.ts";
import { ownCopy } from "../bytes.ts";
import type { Counter } from "../counters.ts";
import type { Cursor } from "../link/cursor.ts";

/** Half of what Linux allows by default (ipfrag_high_thresh, 4 MiB per namespace) times eight network cards. */
const MAX_BYTES = 16 * 1_048_576;
/** One per concurrent datagram; at 64 KiB each the byte limit comes first. */
const MAX_DATAGRAMS = 8_192;
/** 64 KiB in fragments of the smallest common size (1,280) are 52. */
const MAX_FRAGMENTS = 64;
/** Linux waits as long (ipfrag_time). */
const MAX_AGE_MS = 30_000;
/** The largest length either IP header can state. */
const MAX_DATAGRAM = 65_535;

interface Part {
  readonly start: number;
  readonly bytes: Buffer;
}

interface Datagram {
  readonly since: number;
  readonly parts: Part[];
  /** Known once the last fragment came. */
  total: number;
  held: number;
  /** Protocol named by the fragment with offset 0. */
  proto: number;
  /** Overlapped or too long: later fragments are swallowed until it expires. */
  poisoned: boolean;
}

export class Fragments {
  readonly #datagrams = new Map<string, Datagram>();
  readonly #count: Counter;
  readonly #weird: (name: WeirdName) => void;
  #order = this.#datagrams.keys();
  #oldest: string | null = null;
  #bytes = 0;

  constructor(count: Counter, weird: (name: WeirdName) => void) {
    this.#count = count;
    this.#weird = weird;
  }

  /** True when the cursor now stands at the start of the whole datagram's payload. */
  add(cursor: Cursor, now: number): boolean {
    this.#count("ip.fragments");
    this.#expire(now);
    const key = keyOf(cursor);
    const datagram = this.#datagrams.get(key) ?? this.#open(key, now);
    if (datagram.poisoned) return false;
    const isCut = cursor.wireEnd > cursor.end;
    if (isCut || !this.#take(datagram, cursor)) {
      this.#poison(datagram, isCut ? "ip.fragment-cut" : "ip.fragment-overlap");
      return false;
    }
    if (datagram.held !== datagram.total) return false;
    this.#drop(key, datagram);
    join(datagram, cursor);
    return true;
  }

  #open(key: string, now: number): Datagram {
    const datagram: Datagram = { since: now, parts: [], total: -1, held: 0, proto: 0, poisoned: false };
    this.#datagrams.set(key, datagram);
    return datagram;
  }

  /** False when the fragment contradicts what came before. */
  #take(datagram: Datagram, cursor: Cursor): boolean {
    const start = cursor.fragmentOffset;
    const bytes = cursor.bytes.subarray(cursor.pos, cursor.end);
    const end = start + bytes.length;
    if (end > MAX_DATAGRAM || datagram.parts.length >= MAX_FRAGMENTS) return false;
    if (isRepeat(datagram, start, bytes)) return true;
    if (datagram.parts.some((part) => start < part.start + part.bytes.length && part.start < end))
      return false;
    if (!fitsTotal(datagram, end, cursor.moreFragments)) return false;
    if (start === 0) datagram.proto = cursor.proto;
    datagram.parts.push({ start, bytes: ownCopy(bytes) });
    datagram.held += bytes.length;
    this.#bytes += bytes.length;
    return true;
  }

  #poison(datagram: Datagram, name: WeirdName): void {
    this.#weird(name);
    this.#count("ip.fragments-dropped", datagram.parts.length + 1);
    this.#bytes -= datagram.held;
    datagram.parts.length = 0;
    datagram.held = 0;
    datagram.poisoned = true;
  }

  #drop(key: string, datagram: Datagram): void {
    this.#datagrams.delete(key);
    this.#bytes -= datagram.held;
  }

  /** The map keeps order of arrival, so the oldest is first; its iterator is kept, since walking it anew is not free. */
  #expire(now: number): void {
    for (;;) {
      if (this.#oldest === null || !this.#datagrams.has(this.#oldest)) this.#oldest = this.#next();
      const datagram = this.#oldest === null ? undefined : this.#datagrams.get(this.#oldest);
      if (this.#oldest === null || datagram === undefined) return;
      const isOld = now - datagram.since > MAX_AGE_MS;
      if (!isOld && this.#bytes < MAX_BYTES && this.#datagrams.size < MAX_DATAGRAMS) return;
      this.#count("ip.fragments-dropped", datagram.parts.length);
      this.#drop(this.#oldest, datagram);
    }
  }

  #next(): string | null {
    const step = this.#order.next();
    if (step.done !== true) return step.value;
    this.#order = this.#datagrams.keys();
    return this.#order.next().value ?? null;
  }
}

/** The same fragment again, as a mirror of two ports shows it. */
function isRepeat(datagram: Datagram, start: number, bytes: Buffer): boolean {
  return datagram.parts.some((part) => part.start === start && part.bytes.equals(bytes));
}

/** Every fragment but the last is a multiple of 8 octets, and nothing lies behind the last. */
function fitsTotal(datagram: Datagram, end: number, more: boolean): boolean {
  if (more) return end % 8 === 0 && (datagram.total < 0 || end <= datagram.total);
  if (datagram.total >= 0 && datagram.total !== end) return false;
  datagram.total = end;
  return datagram.parts.every((part) => part.start + part.bytes.length <= end);
}

function join(datagram: Datagram, cursor: Cursor): void {
  const whole = Buffer.allocUnsafe(datagram.total);
  for (const part of datagram.parts) part.bytes.copy(whole, part.start);
  cursor.bytes = whole;
  cursor.pos = 0;
  cursor.end = whole.length;
  cursor.wireEnd = whole.length;
  cursor.proto = datagram.proto;
}

/** IPv6 names the protocol in the first fragment only, so it is no part of its key (RFC 8200, section 4.5). */
function keyOf(cursor: Cursor): string {
  const source = `${cursor.src0},${cursor.src1},${cursor.src2},${cursor.src3}`;
  const destination = `${cursor.dst0},${cursor.dst1},${cursor.dst2},${cursor.dst3}`;
  return `${source}>${destination}#${cursor.ipId}/${cursor.v6 ? "6" : cursor.proto}/${cursor.scope}`;
}
