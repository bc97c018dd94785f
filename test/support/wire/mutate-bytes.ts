// Mutations of bytes: flips, cuts, copies, and numbers that lie about a length.
import type { Random } from "./random.ts";

/** What parsers of any of our protocols look for. */
const TOKENS: readonly Buffer[] = [
  "\r\n\r\n",
  "\n",
  "\0",
  "HTTP/1.1 200 OK\r\n\r\n",
  "GET /new HTTP/1.1\r\n\r\n",
  "Content-Length: 18446744073709551616\r\n",
  "Content-Length: -1\r\n",
  "Transfer-Encoding: chunked\r\n",
  "transfer-encoding:\tgzip, chunked\r\n",
  "Content-Encoding: br\r\n",
  "Content-Encoding: zstd\r\n",
  "Upgrade: websocket\r\nConnection: upgrade\r\n",
  "ffffffffffffffff\r\n",
  "7fffffff;\r\n",
  "0\r\n\r\n",
  " \r\n",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
  "\u0080\u0080\u0080\u0080\u0080\u0080\u0080\u0080\u0080\u0001",
  "\u0016\u0003\u0001\u00ff\u00ff\u0001\u0000\u00ff\u00fb",
  "\u0000\u0040\u0000\u0009\u0000\u0000\u0000\u0000\u0001",
  "\u00ff\u00ff\u00ff\u0001\u0005\u007f\u00ff\u00ff\u00ff",
  "\u0082\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
  "\u0028\u00b5\u002f\u00fd\u00a4\u00ff\u00ff\u00ff\u00ff",
].map((token) => Buffer.from(token, "latin1"));

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const splice = (bytes: Buffer, at: number, removed: number, added: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);
const changed = (bytes: Buffer, change: (copy: Buffer) => void): Buffer => {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
};
const stretch = (bytes: Buffer, random: Random): [at: number, length: number] => {
  const at = random.below(bytes.length);
  return [at, 1 + random.below(Math.min(bytes.length - at, random.chance(0.2) ? 4_096 : 16))];
};

const flip: Mutation = (bytes, random) =>
  changed(bytes, (copy) => {
    const at = random.below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
  });
const overwrite: Mutation = (bytes, random) =>
  changed(bytes, (copy) => {
    copy[random.below(copy.length)] = random.pick([
      0,
      1,
      0x7f,
      0x80,
      0xff,
      10,
      13,
      32,
      48,
      58,
      random.below(256),
    ]);
  });
const cut: Mutation = (bytes, random) => {
  const [at, length] = stretch(bytes, random);
  return splice(bytes, at, length, Buffer.alloc(0));
};
const end: Mutation = (bytes, random) => bytes.subarray(0, random.below(bytes.length));
const insert: Mutation = (bytes, random) =>
  splice(bytes, random.below(bytes.length + 1), 0, random.bytes(1 + random.below(16)));
const token: Mutation = (bytes, random) =>
  splice(
    bytes,
    random.below(bytes.length + 1),
    random.chance(0.5) ? 0 : random.below(8),
    random.pick(TOKENS),
  );
const duplicate: Mutation = (bytes, random) => {
  const [at, length] = stretch(bytes, random);
  const part = bytes.subarray(at, at + length);
  const times = random.chance(0.1) ? random.between(2, 200) : 1;
  return splice(bytes, at, 0, Buffer.concat(Array.from({ length: times }, () => part)));
};
const swap: Mutation = (bytes, random) => {
  const [at, length] = stretch(bytes, random);
  const [other] = stretch(bytes, random);
  const moved = bytes.subarray(at, at + length);
  return splice(splice(bytes, at, length, Buffer.alloc(0)), Math.min(other, bytes.length - length), 0, moved);
};

/** A number of 1 to 8 bytes that is none, all, or nearly what it was. */
const lie: Mutation = (bytes, random) =>
  changed(bytes, (copy) => {
    const width = Math.min(random.pick([1, 2, 3, 4, 4, 6]), copy.length);
    const at = random.below(copy.length - width + 1);
    const most = 2 ** (8 * width) - 1;
    const isLittle = random.chance(0.5);
    const was = isLittle ? copy.readUIntLE(at, width) : copy.readUIntBE(at, width);
    const near = was + random.between(-4, 4);
    const value = random.pick([
      0,
      1,
      most,
      most - 1,
      (most + 1) / 2,
      near,
      near,
      random.below(most),
      copy.length,
    ]);
    const lawful = Math.min(most, Math.max(0, Math.floor(value)));
    if (isLittle) copy.writeUIntLE(lawful, at, width);
    else copy.writeUIntBE(lawful, at, width);
  });

/** A number written in digits, decimal or hex: chunk sizes, lengths, status codes. */
const digits: Mutation = (bytes, random) => {
  const found = [...bytes.toString("latin1").matchAll(/(?<=[\n: /])[0-9a-f]{1,8}(?=[\r\n; .])/g)];
  const [match] = found.length === 0 ? [] : [random.pick(found)];
  if (match === undefined) return flip(bytes, random);
  const lies = [
    "0",
    "1",
    "ffffffff",
    "7fffffffffffffff",
    "fffffffffffffffff",
    "-1",
    "0x5",
    "9007199254740993",
    "",
    "+4",
    "4, 5",
    "1e3",
    "65536",
    "101",
  ];
  return splice(bytes, match.index, match[0].length, Buffer.from(random.pick(lies), "latin1"));
};

const mutations: readonly Mutation[] = [
  flip,
  overwrite,
  cut,
  end,
  insert,
  token,
  token,
  duplicate,
  swap,
  lie,
  lie,
  digits,
  digits,
];

/** The same bytes, a few times changed; never more than 64 KiB longer. */
export function mutateBytes(bytes: Buffer, random: Random, times = 1 + random.below(4)): Buffer {
  let mutated = bytes;
  for (let i = 0; i < times && mutated.length > 0 && mutated.length < bytes.length + 65_536; i++) {
    mutated = random.pick(mutations)(mutated, random);
  }
  return mutated;
}
