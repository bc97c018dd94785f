// Drafts the shape of a form: fields that come again are lists, files are binary, parts of JSON are what they hold.
import { formatBit } from "../model/formats.ts";
import type { Shape } from "../model/shape.ts";
import type { Draft } from "./draft.ts";
import { draftArray, draftLexeme, draftString, emptyDraft, shapeOf } from "./draft.ts";
import type { RootStrings } from "./json-scan.ts";
import { createJsonReader } from "./json.ts";
import { readMultipart } from "./multipart.ts";
import type { LeafScanner } from "./leaves.ts";
import type { SafeName } from "./names.ts";
import type { Parameter } from "./parameters.ts";
import { parameterName, readPairs } from "./parameters.ts";

interface Field extends Parameter {
  /** UTF-16 code units of a file, which has no value; null for everything else. */
  readonly file: number | null;
  readonly isJson: boolean;
}

export interface FormTools {
  readonly safeName: SafeName;
  readonly leaves: LeafScanner | null;
}

export interface ReadForm {
  readonly shape: Shape;
  readonly roots: readonly RootStrings[];
}

/** application/x-www-form-urlencoded; the last pair of a cut form is not fully there. */
export function readForm(text: string, complete: boolean, tools: FormTools): ReadForm {
  const pairs = readPairs(text.trim());
  const whole = complete ? pairs : pairs.slice(0, -1);
  return fieldsRead(
    whole.map((pair) => ({ ...pair, file: null, isJson: false })),
    complete,
    tools,
  );
}

/** multipart/form-data; null where there is no part. */
export function readParts(
  text: string,
  { boundary, complete }: { readonly boundary: string; readonly complete: boolean },
  tools: FormTools,
): ReadForm | null {
  const parts = readMultipart(text, boundary);
  if (parts.length === 0) return null;
  const fields = parts.map((part) => ({
    name: part.name,
    value: part.text ?? "",
    file: part.text === null ? part.length : null,
    isJson: part.isJson,
  }));
  return fieldsRead(fields, complete, tools);
}

function fieldsRead(pairs: readonly Field[], complete: boolean, tools: FormTools): ReadForm {
  const byName = new Map<string, Field[]>();
  for (const pair of pairs) {
    const name = parameterName(pair.name, tools.safeName);
    byName.set(name, [...(byName.get(name) ?? []), pair]);
  }
  const fields = new Map<string, Draft>();
  for (const [name, values] of byName) {
    const [first] = values;
    const isJson = values.length === 1 && first?.isJson === true;
    fields.set(name, isJson ? readJsonPart(first, name, tools) : draftOf(name, values, tools));
  }
  // As with JSON: what an incomplete form had is described, not counted.
  const whole = complete ? 1 : 0;
  for (const field of fields.values()) field.count *= whole;
  const shape = shapeOf({ ...emptyDraft(), count: whole, objects: whole, fields });
  return { shape, roots: [rootOf(pairs)] };
}

function draftOf(name: string, values: readonly Field[], tools: FormTools): Draft {
  const draft = emptyDraft();
  // Keys of a map that were replaced by their class are no list.
  const isMap = name.startsWith("{");
  const isList = !isMap && (values.length > 1 || name.endsWith("[]"));
  const items = isList ? emptyDraft() : draft;
  for (const value of values) {
    draftField(items, value);
    if (value.value !== "") tools.leaves?.scan(value.value, name, () => name);
  }
  draft.count = isMap ? values.length : 1;
  if (isList) draftItems(draft, items, values.length);
  return draft;
}

function draftItems(draft: Draft, items: Draft, length: number): void {
  items.count = length;
  draft.items = items;
  draftArray(draft, length, 0);
}

// Any length will do: that of an empty file would say that it has no format.
const SHORTEST_FILE = 1;

function draftField(into: Draft, { value, file }: Field): void {
  if (file === null) {
    draftLexeme(into, value);
    return;
  }
  const formats = into.formats & formatBit("binary");
  draftString(into, "", Math.max(SHORTEST_FILE, file));
  into.formats = formats;
}

/** A part that says it is JSON and is none stays text. */
function readJsonPart(part: Field, name: string, { safeName, leaves }: FormTools): Draft {
  const reader = createJsonReader(
    safeName,
    leaves === null ? null : (text, field, path) => leaves.scan(text, field, path),
    (field, length) => leaves?.wantsNumber(field, length) === true,
  );
  if (reader.read(part.value, true) === "whole") return reader.draft;
  return draftOf(name, [part], { safeName, leaves });
}

/** Forms carry GraphQL calls too. */
function rootOf(pairs: readonly Parameter[]): RootStrings {
  return new Map(
    pairs.filter(({ name }) => name === "query" || name === "operationName").map((p) => [p.name, p.value]),
  );
}
