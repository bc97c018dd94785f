// What a sender of permessage-deflate with context takeover puts on the wire.
import { constants, createDeflateRaw } from "node:zlib";

export async function packed(messages: readonly string[]): Promise<Uint8Array[]> {
  const deflate = createDeflateRaw();
  const out: Uint8Array[] = [];
  for (const message of messages) {
    const parts: Buffer[] = [];
    const collect = (part: Buffer) => void parts.push(part);
    deflate.on("data", collect);
    deflate.write(message);
    await new Promise<void>((done) => {
      deflate.flush(constants.Z_SYNC_FLUSH, done);
    });
    deflate.off("data", collect);
    out.push(Buffer.concat(parts).subarray(0, -4));
  }
  return out;
}
