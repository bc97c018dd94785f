// How much room something takes, without writing it: what is held is bounded by bytes, for things differ in size.

// A number, a boolean or null with its comma.
const SCALAR = 5;

/** About the length of the JSON text, at a tenth of the cost of writing it. */
export function jsonBytes(value: unknown): number {
  if (typeof value === "string") return value.length + 3;
  if (typeof value !== "object" || value === null) return SCALAR;
  let bytes = 2;
  if (Array.isArray(value)) for (const item of value) bytes += jsonBytes(item);
  else {
    const record = value as Readonly<Record<string, unknown>>;
    for (const key in record) bytes += key.length + 3 + jsonBytes(record[key]);
  }
  return bytes;
}

/** Whether what was joined from so many parts is to be weighed again: what is new in the others is little. */
export function isWeighed(parts: number): boolean {
  return (parts & (parts - 1)) === 0;
}
