// Decodes HPACK's Huffman coded strings four bits at a time, because header text is the hot part of HTTP/2.
import { parsed, weird } from "../../../src/model/parsed.ts";
import type { Parsed } from "../../../src/model/parsed.ts";

/*
  RFC 7541, appendix B. The code is canonical: within one length codes count up by symbol, and each length continues
  where the shorter one stopped, so the lengths alone (symbols 0..255, then EOS) define it.
*/
// prettier-ignore
const LENGTHS: readonly number[] = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
  28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
  5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
  15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
  6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
  20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
  24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
  22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
  21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
  26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
  19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
  20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
  26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
  30,
];

const EOS = 256;
const NOTHING = 0xffff;

/** Code of each symbol, right-aligned in its length. Exported so that an encoder can be checked against it. */
export const HUFFMAN_CODES: readonly { readonly code: number; readonly bits: number }[] = codes();

function codes(): { code: number; bits: number }[] {
  const bySymbol = LENGTHS.map((bits) => ({ code: 0, bits }));
  const order = LENGTHS.map((_, symbol) => symbol).sort(
    (a, b) => (LENGTHS[a] ?? 0) - (LENGTHS[b] ?? 0) || a - b,
  );
  let code = 0;
  let bits = 0;
  for (const symbol of order) {
    const entry = bySymbol[symbol];
    if (entry === undefined) continue;
    code *= 2 ** (entry.bits - bits);
    bits = entry.bits;
    entry.code = code++;
  }
  return bySymbol;
}

/** A node of the code tree: two children, each a node number, or -1 - symbol. */
type Tree = [zero: number, one: number][];

function tree(): Tree {
  const nodes: Tree = [[0, 0]];
  HUFFMAN_CODES.forEach(({ code, bits }, symbol) => {
    let at = 0;
    for (let left = bits - 1; left >= 0; left--) {
      const branch = Math.floor(code / 2 ** left) & 1 ? 1 : 0;
      const node = nodes[at] as [number, number];
      if (left === 0) node[branch] = -1 - symbol;
      else if (node[branch] === 0) node[branch] = nodes.push([0, 0]) - 1;
      at = node[branch];
    }
  });
  return nodes;
}

const NODES = tree();
/** Per node and nibble: the node reached, and the symbol completed on the way (no code is shorter than a nibble). */
const NEXT = new Uint16Array(NODES.length * 16);
const EMIT = new Uint16Array(NODES.length * 16).fill(NOTHING);
/** Nodes where a string may end: up to seven bits of padding, all ones. */
const MAY_END = new Uint8Array(NODES.length);

for (let node = 0; node < NODES.length; node++) {
  for (let nibble = 0; nibble < 16; nibble++) {
    let at = node;
    for (let bit = 3; bit >= 0; bit--) {
      const child = NODES[at]?.[(nibble >> bit) & 1 ? 1 : 0] ?? 0;
      if (child < 0) EMIT[node * 16 + nibble] = -1 - child;
      at = child < 0 ? 0 : child;
    }
    NEXT[node * 16 + nibble] = at;
  }
}
for (let at = 0, depth = 0; depth < 8; depth++) {
  MAY_END[at] = 1;
  at = NODES[at]?.[1] ?? 0;
}

/** The text of a Huffman coded string; `hpack.huffman` when it holds EOS or ends in anything but padding. */
export function decodeHuffman(bytes: Uint8Array): Parsed<string> {
  // The shortest code has 5 bits.
  const out = Buffer.allocUnsafe(Math.ceil((bytes.length * 8) / 5));
  let length = 0;
  let node = 0;
  for (const byte of bytes) {
    for (const nibble of [byte >> 4, byte & 15]) {
      const step = node * 16 + nibble;
      const symbol = EMIT[step] ?? NOTHING;
      if (symbol === EOS) return weird("hpack.huffman", "EOS inside a string");
      if (symbol !== NOTHING) out[length++] = symbol;
      node = NEXT[step] ?? 0;
    }
  }
  if (MAY_END[node] !== 1) return weird("hpack.huffman", "bad padding");
  return parsed(out.toString("latin1", 0, length));
}
