// Writes google.protobuf.Struct, as Istio's proxies send it.

export interface Fields {
  readonly [name: string]: string | Fields;
}

/** A field of counted bytes; lengths below 16,384. */
export function bytesField(number: number, bytes: Uint8Array): Buffer {
  const length = bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7];
  return Buffer.from([(number << 3) | 2, ...length, ...bytes]);
}

export function struct(fields: Fields): Buffer {
  const entries = Object.entries(fields).map(([name, value]) => {
    const held = typeof value === "string" ? bytesField(3, Buffer.from(value)) : bytesField(5, struct(value));
    return bytesField(1, Buffer.concat([bytesField(1, Buffer.from(name)), bytesField(2, held)]));
  });
  return Buffer.concat(entries);
}
