// Objects of several kinds told apart by a tag: one schema for each kind, and the tag as discriminator.
import { TAG_NAMES } from "../model/tags.ts";
import type { TagTable } from "../model/tags.ts";
import type { Schema } from "./schema-type.ts";
import type { WriteObject } from "./schema.ts";
import { fieldsSchema } from "./schema.ts";
import type { ObjectClass } from "./type-graph.ts";

/** A class whose objects fall into kinds. */
export interface Union {
  /** Name of the field that tells. */
  readonly tag: string;
  /** Sorted. */
  readonly values: readonly string[];
  readonly table: TagTable;
}

// Objects of each kind before its fields are told apart from those of the others.
const FEWEST = 20;
// A field belongs to a kind when nearly all objects of it have it, and none of the other kind.
const OWN = 0.95;

/** null where no tag tells kinds apart that differ in their fields. */
export function unionIn(held: ObjectClass): Union | null {
  for (const tag of TAG_NAMES) {
    const table = held.tags?.[tag];
    if (table === undefined || !isTag(held, tag, table)) continue;
    const values = Object.keys(table).sort();
    const pairs = values.flatMap((a, at) => values.slice(at + 1).map((b) => [a, b] as const));
    if (pairs.every(([a, b]) => isApart(table, a, b))) return { tag, values, table };
  }
  return null;
}

function isTag({ count, fields }: ObjectClass, tag: string, table: TagTable): boolean {
  const kinds = Object.values(table);
  const tagged = kinds.reduce((all, kind) => all + kind.count, 0);
  if (kinds.length < 2 || tagged !== count || fields.get(tag)?.scalars.count !== count) return false;
  return kinds.every((kind) => kind.count >= FEWEST && kind.fields.tau === null);
}

function isApart(table: TagTable, a: string, b: string): boolean {
  return hasOwn(table, a, b) || hasOwn(table, b, a);
}

function hasOwn(table: TagTable, a: string, b: string): boolean {
  const one = table[a];
  const other = table[b];
  if (one === undefined || other === undefined) return false;
  return Object.entries(one.fields.kept).some(
    ([name, count]) => count >= OWN * one.count && other.fields.kept[name] === undefined,
  );
}

/** Objects whose tag is `value`; the tag with this one value keeps the kinds apart. */
export function branchSchema(
  held: ObjectClass,
  { tag, table }: Union,
  value: string,
  write: WriteObject,
): Schema {
  const kind = table[value];
  const counts = kind?.fields.kept ?? {};
  const names = [...held.fields.keys()].filter((name) => counts[name] !== undefined || name === tag);
  const schema = fieldsSchema(held, write, {
    names,
    count: kind?.count ?? 0,
    countOf: (name) => counts[name] ?? 0,
  });
  const required = [...new Set([tag, ...(schema.required ?? [])])].sort();
  return {
    ...schema,
    properties: { ...schema.properties, [tag]: { type: "string", enum: [value] } },
    required,
  } as Schema;
}
