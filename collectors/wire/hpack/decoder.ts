// Decodes HPACK header blocks of one direction (RFC 7541), also when the start of the connection was not heard.
import type { Weird } from "../../../src/model/parsed.ts";
import { costOf, DynamicTable } from "./dynamic-table.ts";
import type { HpackField, Lookup } from "./dynamic-table.ts";
import { readInteger, readString } from "./primitives.ts";
import type { Cursor } from "./primitives.ts";
import { STATIC_TABLE } from "./static-table.ts";

// Far above what servers accept (8 to 80 KiB); a block of one-byte references to one long entry would give 256 MiB.
const MAX_LIST_BYTES = 262_144;

const STATIC_FIELDS: readonly HpackField[] = STATIC_TABLE.map(([name, value]) => ({ name, value }));

const UNKNOWN: HpackField = { name: null, value: null };

/** What one header block said. */
export interface HeaderBlock {
  readonly fields: readonly HpackField[];
  /** The block ended early or held nonsense; `fields` has what came before. */
  readonly weird: Weird | null;
  /** More fields came than the list may hold; the table followed all of them. */
  readonly cut: boolean;
}

/** One direction of a connection. Never throws, whatever the bytes. */
export interface HpackDecoder {
  /** `block`: the fragments of one field section, joined; the caller bounds it. */
  decode(block: Uint8Array): HeaderBlock;
  /** A block was missed: entries inserted before now are unknown from here on. */
  lose(): void;
  /** Memory that its table takes. */
  readonly weight: number;
}

/** `heard`: false when the connection was picked up in the middle. */
export function createHpackDecoder(heard: boolean): HpackDecoder {
  return new Listener(heard);
}

/** Class because of memory: every quiet connection has two. */
class Listener implements HpackDecoder {
  private readonly table = new DynamicTable();

  get weight(): number {
    return this.table.weight;
  }

  constructor(heard: boolean) {
    if (!heard) this.table.lose();
  }

  decode(block: Uint8Array): HeaderBlock {
    const { result, failed } = decodeBlock(block, this.table);
    // After an undecodable field nobody knows what the encoder's table holds.
    if (failed) this.table.lose();
    return result;
  }

  lose(): void {
    this.table.lose();
  }
}

function decodeBlock(bytes: Uint8Array, table: DynamicTable): { result: HeaderBlock; failed: boolean } {
  const cursor: Cursor = { bytes, at: 0 };
  const fields: HpackField[] = [];
  let room = MAX_LIST_BYTES;
  let cut = false;
  while (cursor.at < bytes.length) {
    const step = readField(cursor, table);
    if ("weird" in step) return { result: { fields, weird: step.weird, cut }, failed: true };
    if (step.field === null) continue;
    room -= costOf(step.field);
    if (room < 0) cut = true;
    else fields.push(step.field);
  }
  const weird: Weird | null = cut ? { name: "hpack.list-limit" } : null;
  return { result: { fields, weird, cut }, failed: false };
}

type Step = { readonly field: HpackField | null } | { readonly weird: Weird };

/*
  RFC 7541, section 6, by the first bits of a representation:
    1        indexed field, 7-bit index
    01       literal, added to the table, 6-bit index of the name or 0
    001      dynamic table size update, 5-bit size
    0000     literal, not added, 4-bit index of the name or 0
    0001     literal, never to be added, likewise
*/
function readField(cursor: Cursor, table: DynamicTable): Step {
  const first = cursor.bytes[cursor.at] ?? 0;
  if (first >= 0x80) return readIndexed(cursor, table);
  if (first >= 0x40) return readLiteral(cursor, table, 6);
  if (first < 0x20) return readLiteral(cursor, table, 4);
  const size = readInteger(cursor, 5);
  if (!size.ok) return size;
  table.resize(size.value);
  return { field: null };
}

function readIndexed(cursor: Cursor, table: DynamicTable): Step {
  const index = readInteger(cursor, 7);
  if (!index.ok) return index;
  const found = lookup(index.value, table);
  if (found === "invalid") return { weird: { name: "hpack.index" } };
  return { field: found === "unknown" ? UNKNOWN : found };
}

function readLiteral(cursor: Cursor, table: DynamicTable, prefix: 4 | 6): Step {
  const index = readInteger(cursor, prefix);
  if (!index.ok) return index;
  const name = index.value === 0 ? readString(cursor) : nameAt(index.value, table);
  if ("weird" in name) return name;
  const value = readString(cursor);
  if (!value.ok) return value;
  const field = { name: name.value, value: value.value };
  if (prefix === 6) table.insert(field);
  return { field };
}

function nameAt(index: number, table: DynamicTable): { value: string | null } | { weird: Weird } {
  const found = lookup(index, table);
  if (found === "invalid") return { weird: { name: "hpack.index" } };
  return { value: found === "unknown" ? null : found.name };
}

function lookup(index: number, table: DynamicTable): Lookup {
  if (index === 0) return "invalid";
  return STATIC_FIELDS[index - 1] ?? table.get(index - 1 - STATIC_FIELDS.length);
}
