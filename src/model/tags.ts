// Tables of tags: which fields stand beside which value of a field like `type`, so that unions can be told apart.
import type { Bound, Bounded } from "./bounded.ts";
import { sum } from "./bounded.ts";
import type { Own } from "./grow.ts";
import { growBounded, ownCopy } from "./grow.ts";

/** Objects that had one value in their tag field. */
export interface TagFacts {
  readonly count: number;
  /** Objects that had each field; at most 64 fields. */
  readonly fields: Bounded<number>;
}

/** By value of the tag field; the empty record when there were more than 16 values. */
export type TagTable = Readonly<Record<string, TagFacts>>;

/** By name of the tag field: the first three of `TAG_NAMES` that occur. */
export type Tags = Readonly<Record<string, TagTable>>;

/**
 * Field names that public API descriptions name as discriminator, most telling first. A fixed list, so that which
 * fields are watched depends on no order of arrival.
 */
export const TAG_NAMES: readonly string[] = [
  "__typename",
  "@type",
  "_type",
  "object",
  "type",
  "kind",
  "objectType",
  "object_type",
  "resourceType",
  "resource_type",
  "eventType",
  "event_type",
  "event",
  "discriminator",
];

const MAX_TABLES = 3;
const MAX_VALUES = 16;
const MAX_SIBLINGS = 64;

/** How the fields beside one value grow. */
export const SIBLINGS: Bound<number> = { cap: MAX_SIBLINGS, join: sum };

/** Everything in `held` (which may be changed) and in `from`. Commutative and associative. */
export function growTags(held: Tags | undefined, from: Tags): Tags {
  const tags = (held ?? ownCopy<Tags>({})) as Record<string, TagTable>;
  for (const name in from) {
    const known = tags[name];
    tags[name] =
      known === undefined
        ? (ownCopy(from[name] as TagTable) as TagTable)
        : growTable(known, from[name] as TagTable);
  }
  const names = Object.keys(tags);
  if (names.length <= MAX_TABLES) return tags;
  names.sort((a, b) => TAG_NAMES.indexOf(a) - TAG_NAMES.indexOf(b));
  for (const name of names.slice(MAX_TABLES)) delete tags[name];
  return tags;
}

function growTable(held: TagTable, from: TagTable): TagTable {
  if (isFull(held) || isFull(from)) return ownCopy<TagTable>({}) as TagTable;
  const table = held as Record<string, Own<TagFacts>>;
  for (const value in from) {
    const known = table[value];
    if (known === undefined) table[value] = ownCopy(from[value] as TagFacts);
    else {
      known.count += (from[value] as TagFacts).count;
      growBounded(known.fields, (from[value] as TagFacts).fields, SIBLINGS);
    }
  }
  return Object.keys(table).length > MAX_VALUES ? (ownCopy<TagTable>({}) as TagTable) : table;
}

function isFull(table: TagTable): boolean {
  for (const _ in table) return false;
  return true;
}
