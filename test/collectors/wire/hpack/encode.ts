// A small HPACK encoder for tests, with every choice an encoder has left open to the test.
import type { Header } from "../../../../src/model/exchange.ts";
import { HUFFMAN_CODES } from "../../../../collectors/wire/hpack/huffman.ts";
import { STATIC_TABLE } from "../../../../collectors/wire/hpack/static-table.ts";

export interface Choice {
  readonly huffman?: boolean;
  readonly index?: "add" | "plain" | "never";
}

export function integer(value: number, prefix: number, flags: number): number[] {
  const full = 2 ** prefix - 1;
  if (value < full) return [flags | value];
  const out = [flags | full];
  let rest = value - full;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128);
  return [...out, rest];
}

export function huffman(text: string): number[] {
  let bits = "";
  for (const char of Buffer.from(text, "latin1")) {
    const entry = HUFFMAN_CODES[char];
    if (entry !== undefined) bits += entry.code.toString(2).padStart(entry.bits, "0");
  }
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, "1");
  return (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
}

export function string(text: string, coded: boolean): number[] {
  const bytes = coded ? huffman(text) : [...Buffer.from(text, "latin1")];
  return [...integer(bytes.length, 7, coded ? 128 : 0), ...bytes];
}

/** Follows RFC 7541 with a table of `size` bytes. */
export class HpackEncoder {
  private readonly table: Header[] = [];
  private size: number;
  constructor(size = 4096) {
    this.size = size;
  }

  resize(size: number): Uint8Array {
    this.size = size;
    this.evict(size);
    return Uint8Array.from(integer(size, 5, 0x20));
  }

  encode(headers: readonly Header[], choice: (at: number) => Choice = () => ({})): Uint8Array {
    return Uint8Array.from(headers.flatMap((header, at) => this.field(header, choice(at))));
  }

  private field([name, value]: Header, { huffman: coded = true, index = "add" }: Choice): number[] {
    const all = [...STATIC_TABLE, ...this.table];
    const exact = all.findIndex(([n, v]) => n === name && v === value);
    if (exact >= 0 && index === "add") return integer(exact + 1, 7, 0x80);
    const named = all.findIndex(([n]) => n === name) + 1;
    const [prefix, flags] = index === "add" ? [6, 0x40] : [4, index === "never" ? 0x10 : 0];
    if (index === "add") this.insert([name, value]);
    return [
      ...integer(named, prefix, flags),
      ...(named > 0 ? [] : string(name, coded)),
      ...string(value, coded),
    ];
  }

  private insert(header: Header): void {
    const cost = header[0].length + header[1].length + 32;
    this.evict(this.size - cost);
    if (cost <= this.size) this.table.unshift(header);
  }

  private evict(target: number): void {
    const total = () => this.table.reduce((sum, [n, v]) => sum + n.length + v.length + 32, 0);
    while (this.table.length > 0 && total() > target) this.table.pop();
  }
}
