// Reads protobuf without its schema: field numbers and wire types as a bounded tree, with what counted bytes may be.
import { parsed, weird } from "../../model/parsed.ts";
import type { Parsed } from "../../model/parsed.ts";

export type ProtoValue =
  /** Unsigned; signed and zigzag readings need the schema. */
  | { readonly wire: "varint"; readonly value: bigint }
  | { readonly wire: "fixed64" | "fixed32" }
  | Counted
  | { readonly wire: "group"; readonly fields: readonly ProtoField[] };

/** A string, a message, bytes or packed numbers: the wire does not say, so everything it may be is there. */
export interface Counted {
  readonly wire: "counted";
  /** null: no text that a person could read. */
  readonly text: string | null;
  /** As a message; null: it is none for sure, "unread": a limit was met before that was clear. */
  readonly fields: readonly ProtoField[] | "unread" | null;
}

export interface ProtoField {
  readonly number: number;
  readonly value: ProtoValue;
}

// protobuf's own default recursion limit is 100; real messages stay below 16, and each level is a guess.
const MAX_DEPTH = 16;

// Of one message, all levels together; larger ones have repeated fields that add nothing to the shape.
const MAX_FIELDS = 4096;

// Protobuf encoding, "Message structure": field numbers have 29 bits.
const MAX_FIELD_NUMBER = 536_870_911;

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

/** Shared by all levels of one message. */
interface Budget {
  fields: number;
}

/**
 * The fields of one message, or why it is none: `protobuf.tag`, `.short`, `.varint`, `.group`, `.depth`, `.limit`. Repeated
 * fields stay repeated. A message cut by a limit of the capture gives `protobuf.short`; nothing of it is kept.
 */
export function readProtobuf(bytes: Uint8Array): Parsed<readonly ProtoField[]> {
  return readFields({ bytes, at: 0 }, { fields: 0 }, 0, null);
}

/*
  Message (Protobuf encoding, "Message structure"): records of a tag varint (field number << 3 | wire type) and
    0  varint
    1  8 bytes
    2  length varint, that many bytes
    3  records up to a tag of type 4 with the same number
    5  4 bytes
*/
function readFields(
  reader: Reader,
  budget: Budget,
  depth: number,
  group: number | null,
): Parsed<readonly ProtoField[]> {
  if (depth > MAX_DEPTH) return weird("protobuf.depth");
  const fields: ProtoField[] = [];
  while (reader.at < reader.bytes.length) {
    const tag = readTag(reader);
    if (!tag.ok) return tag;
    const { number, type } = tag.value;
    if (type === 4) return number === group ? parsed(fields) : weird("protobuf.group");
    if (++budget.fields > MAX_FIELDS) return weird("protobuf.limit");
    const value =
      type === 3 ? readGroup(reader, budget, depth, number) : readValue(reader, budget, depth, type);
    if (!value.ok) return value;
    fields.push({ number, value: value.value });
  }
  return group === null ? parsed(fields) : weird("protobuf.short");
}

function readTag(reader: Reader): Parsed<{ readonly number: number; readonly type: number }> {
  const tag = readVarint(reader);
  if (!tag.ok) return tag;
  const number = tag.value >> 3n;
  if (number === 0n || number > MAX_FIELD_NUMBER) return weird("protobuf.tag");
  return parsed({ number: Number(number), type: Number(tag.value & 7n) });
}

function readGroup(reader: Reader, budget: Budget, depth: number, number: number): Parsed<ProtoValue> {
  const fields = readFields(reader, budget, depth + 1, number);
  return fields.ok ? parsed({ wire: "group", fields: fields.value }) : fields;
}

function readValue(reader: Reader, budget: Budget, depth: number, type: number): Parsed<ProtoValue> {
  switch (type) {
    case 0: {
      const value = readVarint(reader);
      return value.ok ? parsed({ wire: "varint", value: value.value }) : value;
    }
    case 1:
      return readFixed(reader, "fixed64", 8);
    case 2:
      return readCounted(reader, budget, depth);
    case 5:
      return readFixed(reader, "fixed32", 4);
    default:
      return weird("protobuf.tag");
  }
}

function readFixed(reader: Reader, wire: "fixed64" | "fixed32", length: number): Parsed<ProtoValue> {
  const bytes = take(reader, length);
  return bytes.ok ? parsed({ wire }) : bytes;
}

function readCounted(reader: Reader, budget: Budget, depth: number): Parsed<ProtoValue> {
  const length = readVarint(reader);
  if (!length.ok) return length;
  if (length.value > reader.bytes.length) return weird("protobuf.short");
  const bytes = take(reader, Number(length.value));
  if (!bytes.ok) return bytes;
  return parsed({
    wire: "counted",
    text: readableText(bytes.value),
    fields: inner(bytes.value, budget, depth),
  });
}

/** A wrong guess costs nothing but the limit, which ends the guessing. */
function inner(bytes: Uint8Array, budget: Budget, depth: number): Counted["fields"] {
  const before = budget.fields;
  const nested = readFields({ bytes, at: 0 }, budget, depth + 1, null);
  if (nested.ok) return nested.value;
  if (nested.weird.name === "protobuf.limit" || nested.weird.name === "protobuf.depth") return "unread";
  budget.fields = before;
  return null;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

function readableText(bytes: Uint8Array): string | null {
  for (const byte of bytes) {
    if ((byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f) return null;
  }
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}

function take(reader: Reader, length: number): Parsed<Uint8Array> {
  if (reader.at + length > reader.bytes.length) return weird("protobuf.short");
  const bytes = reader.bytes.subarray(reader.at, reader.at + length);
  reader.at += length;
  return parsed(bytes);
}

/** Base 128, least significant group first, at most 10 bytes; bits over 64 are dropped as every implementation does. */
function readVarint(reader: Reader): Parsed<bigint> {
  let low = 0;
  for (let count = 0; count < 10; count++) {
    const byte = reader.bytes[reader.at + count];
    if (byte === undefined) return weird("protobuf.short");
    if (count < 4) low |= (byte & 127) << (7 * count);
    if (byte < 128) {
      const start = reader.at;
      reader.at += count + 1;
      return parsed(count < 4 ? BigInt(low) : wide(reader.bytes.subarray(start, reader.at)));
    }
  }
  return weird("protobuf.varint");
}

function wide(bytes: Uint8Array): bigint {
  const value = bytes.reduceRight((sum, byte) => (sum << 7n) | BigInt(byte & 127), 0n);
  return BigInt.asUintN(64, value);
}
