// Writes pcapng files for tests, with secrets inside where wanted.
import type { Packet } from "../../../collectors/wire/packet.ts";

/*
  Blocks (draft-ietf-opsawg-pcapng): type 32 | total length 32 | body, padded to 32 bits | total length 32
*/
function block(type: number, body: Uint8Array): Buffer {
  const padded = Buffer.alloc(Math.ceil(body.length / 4) * 4);
  padded.set(body);
  const words = Buffer.alloc(8);
  words.writeUInt32LE(type, 0);
  words.writeUInt32LE(12 + padded.length, 4);
  return Buffer.concat([words, padded, words.subarray(4)]);
}

const words = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32LE(value >>> 0, index * 4));
  return bytes;
};

/** Section header, version 1.0, length unknown. */
export const SECTION = block(0x0a0d0d0a, words(0x1a2b3c4d, 1, 0xffffffff, 0xffffffff));
/** Decryption secrets: an SSLKEYLOGFILE as Wireshark embeds it. */
export const secrets = (keylog: string): Buffer => {
  const text = Buffer.from(keylog, "latin1");
  return block(10, Buffer.concat([words(0x544c534b, text.length), text]));
};
const iface = (linkType: number): Buffer => block(1, words(linkType, 0));

/** Microseconds, one interface per link type. */
export function pcapngFile(packets: readonly Packet[], keylog = ""): Buffer {
  const links = [...new Set(packets.map(({ linkType }) => linkType))];
  const blocks = packets.map((one) => {
    const ticks = BigInt(Math.round(one.at * 1_000));
    const head = words(
      links.indexOf(one.linkType),
      Number(ticks >> 32n),
      Number(ticks & 0xffff_ffffn),
      one.bytes.length,
      one.originalLength,
    );
    return block(6, Buffer.concat([head, one.bytes]));
  });
  const inside = keylog === "" ? [] : [secrets(keylog)];
  return Buffer.concat([SECTION, ...inside, ...(links.length === 0 ? [1] : links).map(iface), ...blocks]);
}
