// Builds WebSocket frames for tests.
export interface FrameParts {
  readonly opcode: number;
  readonly payload?: Uint8Array | string;
  readonly fin?: boolean;
  readonly reserved?: number;
  /** Masking key, four bytes; clients must, servers must not. */
  readonly key?: readonly number[];
}

export const KEY = [0x37, 0xfa, 0x21, 0x3d];

export function wsFrame({ opcode, payload = "", fin = true, reserved = 0, key }: FrameParts): Uint8Array {
  const bytes = Buffer.from(payload as string);
  const first = (fin ? 128 : 0) | (reserved << 4) | opcode;
  const mask = key === undefined ? 0 : 128;
  const length = [bytes.length];
  if (bytes.length > 65_535) {
    const wide = Buffer.alloc(8);
    wide.writeBigUInt64BE(BigInt(bytes.length));
    length.splice(0, 1, 127, ...wide);
  } else if (bytes.length > 125) length.splice(0, 1, 126, bytes.length >> 8, bytes.length & 255);
  const [short = 0, ...extended] = length;
  const body = key === undefined ? bytes : bytes.map((byte, at) => byte ^ (key[at % 4] ?? 0));
  return Buffer.concat([Uint8Array.from([first, mask | short, ...extended, ...(key ?? [])]), body]);
}

export const fromClient = (payload: string, parts: Partial<FrameParts> = {}) =>
  wsFrame({ opcode: 1, payload, key: KEY, ...parts });
export const fromServer = (payload: string, parts: Partial<FrameParts> = {}) =>
  wsFrame({ opcode: 1, payload, ...parts });
