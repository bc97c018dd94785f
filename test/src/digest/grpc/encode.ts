// Writes protobuf and gRPC frames for tests: each says only what it is about.

/** A field value: numbers are varints, texts and bytes are counted, lists are messages, "f32" and "f64" fixed ones. */
export type Value = number | bigint | string | Uint8Array | Message | { readonly fixed: 4 | 8 };
/** Field number and value, in order; numbers may repeat. */
export type Message = readonly (readonly [number: number, value: Value])[];

function varint(value: bigint): number[] {
  const out: number[] = [];
  let left = BigInt.asUintN(64, value);
  for (; left > 127n; left >>= 7n) out.push(Number(left & 127n) | 128);
  return [...out, Number(left)];
}

export function proto(message: Message): Uint8Array {
  return Uint8Array.from(
    message.flatMap(([number, value]) => {
      const tag = (type: number) => varint((BigInt(number) << 3n) | BigInt(type));
      const counted = (bytes: Uint8Array) => [...tag(2), ...varint(BigInt(bytes.length)), ...bytes];
      if (typeof value === "number" || typeof value === "bigint")
        return [...tag(0), ...varint(BigInt(value))];
      if (typeof value === "string") return counted(Buffer.from(value));
      if (value instanceof Uint8Array) return counted(value);
      if ("fixed" in value) return [...tag(value.fixed === 8 ? 1 : 5), ...new Uint8Array(value.fixed)];
      return counted(proto(value));
    }),
  );
}

/** One frame behind its prefix. */
export function frame(bytes: Uint8Array, flag = 0): Uint8Array {
  const prefix = Buffer.alloc(5);
  prefix[0] = flag;
  prefix.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([prefix, bytes]);
}

/** A body of such messages. */
export function frames(...messages: readonly Message[]): Uint8Array {
  return Buffer.concat(messages.map((message) => frame(proto(message))));
}
