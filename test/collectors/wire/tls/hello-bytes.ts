// Builds hellos for tests, from the parts a test cares about.
export const u16 = (value: number) => [value >> 8, value & 255];
export const vector8 = (bytes: readonly number[]) => [bytes.length, ...bytes];
export const vector16 = (bytes: readonly number[]) => [...u16(bytes.length), ...bytes];
export const text = (value: string) => [...Buffer.from(value, "latin1")];

export type Extension = readonly [type: number, data: readonly number[]];

export const sni = (name: string): Extension => [0, vector16([0, ...vector16(text(name))])];
export const alpn = (...names: readonly string[]): Extension => [
  16,
  vector16(names.flatMap((name) => vector8(text(name)))),
];
export const versions = (...list: readonly number[]): Extension => [43, vector8(list.flatMap(u16))];
export const algorithms = (...list: readonly number[]): Extension => [13, vector16(list.flatMap(u16))];
export const empty = (...types: readonly number[]): Extension[] => types.map((type) => [type, []]);

const extensionBlock = (extensions: readonly Extension[]) =>
  vector16(extensions.flatMap(([type, data]) => [...u16(type), ...vector16(data)]));

export function clientHello(
  suites: readonly number[],
  extensions: readonly Extension[],
  random = 7,
): Uint8Array {
  const start = [...u16(0x0303), ...Array.from({ length: 32 }, () => random), ...vector8([])];
  return Uint8Array.from([
    ...start,
    ...vector16(suites.flatMap(u16)),
    ...vector8([0]),
    ...extensionBlock(extensions),
  ]);
}

export function serverHello(suite: number, extensions: readonly Extension[]): Uint8Array {
  return Uint8Array.from([
    ...u16(0x0303),
    ...Array.from({ length: 32 }, () => 9),
    ...vector8([]),
    ...u16(suite),
    0,
    ...extensionBlock(extensions),
  ]);
}

/** Handshake message. */
export function message(type: number, body: Uint8Array): Uint8Array {
  return Uint8Array.from([type, body.length >> 16, ...u16(body.length & 0xffff), ...body]);
}

/** Record. */
export function record(type: number, payload: Uint8Array): Uint8Array {
  return Uint8Array.from([type, 3, 3, ...u16(payload.length), ...payload]);
}
