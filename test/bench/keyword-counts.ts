// Compares a schema that was learned with the true one, keyword by keyword, wherever both say something.
import { isObject, list, own, text } from "../../src/openapi/reference.ts";
import type { JsonObject } from "../../src/openapi/reference.ts";
import { flat, isNullable, typesOf } from "./spec-bodies.ts";

export interface Count {
  right: number;
  wrong: number;
  missed: number;
}

export interface Counts {
  readonly byKeyword: Record<string, Count>;
  /** Where they differ, the first of each kind. */
  readonly samples: Record<string, string[]>;
}

const MAX_SAMPLES = Number(process.env["SAMPLES"] ?? 12);
const MAX_DEPTH = 6;

export function note(
  counts: Counts,
  keyword: string,
  [truth, made]: readonly [unknown, unknown],
  place: string,
): void {
  const count = (counts.byKeyword[keyword] ??= { right: 0, wrong: 0, missed: 0 });
  const [wants, has] = [JSON.stringify(truth), JSON.stringify(made)];
  if (wants === has) {
    if (wants !== undefined) count.right += 1;
    return;
  }
  if (made !== undefined) count.wrong += 1;
  if (truth !== undefined) count.missed += 1;
  const samples = (counts.samples[keyword] ??= []);
  if (samples.length < MAX_SAMPLES) samples.push(`${place}: ${wants} learned as ${has}`);
}

export interface Sides {
  readonly truth: JsonObject;
  readonly made: JsonObject;
}

/** `roots` are the documents the schemas stand in. */
export function compareSchemas(
  counts: Counts,
  roots: Sides,
  schemas: { readonly truth: unknown; readonly made: unknown },
  { place, depth = 0 }: { readonly place: string; readonly depth?: number },
): void {
  const truth = flat(roots.truth, schemas.truth);
  const made = flat(roots.made, schemas.made);
  if (depth > MAX_DEPTH || Object.keys(made).length === 0) return;
  const choices = [...list(truth, "oneOf"), ...list(truth, "anyOf")];
  if (choices.length > 0) {
    if (own(truth, "discriminator") !== undefined)
      note(counts, "discriminator", [tagOf(truth), tagOf(made)], place);
    return;
  }
  const types = typesOf(truth);
  // Untyped schemas say nothing, and of values that were always null nothing can be learned.
  if (types.length === 0 || text(made, "type") === "null") return;
  note(counts, "type", [types, typesIn(made)], place);
  note(counts, "nullable", [isNullable(truth) || undefined, allowsNull(made) || undefined], place);
  note(counts, "enum", [enumOf(truth), enumOf(made)], place);
  note(
    counts,
    formatOf(truth)?.startsWith("int") === true || formatOf(made)?.startsWith("int") === true
      ? "format (number)"
      : "format (text)",
    [formatOf(truth), formatOf(made)],
    place,
  );
  compareObjects(counts, roots, { truth, made }, { place, depth });
  const [items, learned] = [own(truth, "items"), own(made, "items")];
  if (isObject(items) && isObject(learned))
    compareSchemas(counts, roots, { truth: items, made: learned }, { place: `${place}[]`, depth: depth + 1 });
}

function compareObjects(
  counts: Counts,
  roots: Sides,
  { truth, made }: Sides,
  { place, depth }: { readonly place: string; readonly depth: number },
): void {
  const [fields, learned] = [own(truth, "properties"), own(made, "properties")];
  const isMap = isObject(own(truth, "additionalProperties")) && !isObject(fields);
  if (typesOf(truth)[0] === "object" && (isMap || isObject(fields)))
    note(
      counts,
      "map",
      [isMap || undefined, isObject(own(made, "additionalProperties")) || undefined],
      place,
    );
  if (!isObject(fields)) return;
  const names = new Set([...Object.keys(fields), ...Object.keys(isObject(learned) ? learned : {})]);
  if (!isObject(learned)) return;
  for (const name of names) {
    const at = `${place}.${name}`;
    const [wanted, has] = [
      Object.hasOwn(fields, name) || undefined,
      Object.hasOwn(learned, name) || undefined,
    ];
    note(counts, "properties", [wanted, has], at);
    if (wanted === undefined || has === undefined) continue;
    const needed = (held: JsonObject) => list(held, "required").includes(name) || undefined;
    note(counts, "required", [needed(truth), needed(made)], at);
    compareSchemas(
      counts,
      roots,
      { truth: fields[name], made: learned[name] },
      { place: at, depth: depth + 1 },
    );
  }
}

function tagOf(held: JsonObject): string | undefined {
  return text(own(held, "discriminator"), "propertyName") ?? undefined;
}

function typesIn(made: JsonObject): readonly string[] {
  const found = [
    ...typesOf(made),
    ...list(made, "anyOf").flatMap((one) => (isObject(one) ? typesOf(one) : [])),
  ];
  return [...new Set(found)];
}

function allowsNull(made: JsonObject): boolean {
  return (
    isNullable(made) ||
    list(made, "anyOf").some((one) => text(one, "type") === "null" || (isObject(one) && isNullable(one)))
  );
}

function enumOf(held: JsonObject): readonly unknown[] | undefined {
  const values = list(held, "enum").filter((value) => value !== null && value !== "");
  return values.length < 2 ? undefined : [...values].sort();
}

/** Formats the standards name; others are documentation. */
const KNOWN = new Set(
  "uuid date-time date time email uri ipv4 ipv6 hostname duration int32 int64 byte binary".split(" "),
);

function formatOf(held: JsonObject): string | undefined {
  const formats = [text(held, "format"), ...list(held, "anyOf").map((one) => text(one, "format"))];
  const found = formats.find((format) => format !== null);
  const name = found === "url" ? "uri" : found;
  return name !== null && name !== undefined && KNOWN.has(name) ? name : undefined;
}
