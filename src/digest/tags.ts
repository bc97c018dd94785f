// The tag tables of one object: what `type`, `kind` and their like said, and which fields stood beside them.
import { emptyRecord, withinBound } from "../model/bounded.ts";
import type { TagFacts, Tags, TagTable } from "../model/tags.ts";
import { SIBLINGS } from "../model/tags.ts";
import type { Draft } from "./draft.ts";

/** `pairs` holds names and values in turn; fields with `serial` are those of the object. */
export function tagsOf(
  pairs: readonly string[],
  fields: ReadonlyMap<string, Draft> | null,
  serial: number,
): Tags {
  const names = emptyRecord<number>();
  let size = 0;
  for (const [name, { seenIn }] of fields ?? []) {
    if (seenIn !== serial) continue;
    names[name] = 1;
    size += 1;
  }
  const facts: TagFacts = {
    count: 1,
    fields: withinBound({ kept: names, tau: null, rest: null }, size, SIBLINGS),
  };
  const tags = emptyRecord<TagTable>();
  for (let at = 0; at < pairs.length; at += 2) {
    const table = emptyRecord<TagFacts>();
    table[pairs[at + 1] as string] = facts;
    tags[pairs[at] as string] = table;
  }
  return tags;
}
