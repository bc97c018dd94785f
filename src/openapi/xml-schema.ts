// Renders the shape of an XML document as OpenAPI describes XML: names, namespaces, attributes and lists by `xml` objects.
import type { Shape } from "../model/shape.ts";
import { schemaOf } from "./schema.ts";
import type { Schema } from "./schema-type.ts";
import type { Evidence } from "./type-graph.ts";

/*
  OpenAPI 3.0 and 3.1, XML Object: { name, namespace, prefix, attribute, wrapped }.
    A property is an element of its name, or with `attribute` an attribute; an array is its items one after the other
    under the name of the property, or with `wrapped` within an element of that name.
  How documents are drafted: src/digest/xml-shape.ts.
*/

/** A body of this media type is XML (RFC 7303). */
export function isXml(mediaType: string): boolean {
  return /^(?:application|text)\/xml$|\+xml$/.test(mediaType);
}

interface Named {
  readonly name?: string;
  readonly root?: string;
}

interface XmlObject {
  readonly name?: string;
  readonly prefix?: string;
  readonly namespace?: string;
}

/** The schema of the root element, or of one of several; null where no root was seen whole. */
export function xmlSchema({ object }: Shape, evidence: Evidence): Schema | null {
  const roots = Object.entries(object?.fields.kept ?? {})
    .filter(([name, { array }]) => !name.startsWith("{") && array?.items !== undefined)
    .map(([name, { array }]) => elementSchema(array?.items as Shape, evidence, { root: name }));
  const [only, ...others] = roots;
  if (only === undefined) return null;
  return others.length === 0 ? only : ({ anyOf: roots } as Schema);
}

/** `root`: the name that no property gives it. */
function elementSchema(held: Shape, evidence: Evidence, { name = "", root }: Named = {}): Schema {
  const fields = held.object?.fields.kept ?? {};
  const xml: XmlObject = { ...(root !== undefined && { name: root }), ...namespaceOf(fields) };
  const content = contentSchema(held, evidence, name);
  return Object.keys(xml).length === 0
    ? content
    : ({ ...content, xml: { ...content.xml, ...xml } } as Schema);
}

const DECLARED = /^@xmlns(?::([^=]+))?=(.+)$/;

/** The one most elements were in; the first of the alphabet among equals. */
function namespaceOf(fields: Readonly<Record<string, Shape>>): XmlObject {
  const [best] = Object.entries(fields)
    .filter(([name]) => DECLARED.test(name))
    .sort(([a, { count: x }], [b, { count: y }]) => y - x || (a < b ? -1 : 1));
  const [, prefix, namespace] = DECLARED.exec(best?.[0] ?? "") ?? [];
  if (namespace === undefined) return {};
  return { ...(prefix !== undefined && { prefix }), namespace };
}

function contentSchema(held: Shape, evidence: Evidence, name: string): Schema {
  if (held.any === true) return {};
  const names = Object.keys(held.object?.fields.kept ?? {}).filter((name) => !DECLARED.test(name));
  if (names.length === 0) return textSchema(held, evidence, name);
  const items = onlyItems(held, names);
  const schema =
    items === null
      ? objectSchema(held, names, evidence)
      : {
          type: "array",
          items: elementSchema(items.items, evidence, { root: items.name }),
          xml: { wrapped: true },
        };
  return nullable(schema as Schema, held);
}

function nullable(schema: Schema, { nulls }: Shape): Schema {
  return nulls === undefined ? schema : ({ ...schema, type: [schema.type, "null"] } as Schema);
}

/** An element that holds nothing but elements of one name, and several of them, is a list in a wrapping. */
function onlyItems(
  { object }: Shape,
  names: readonly string[],
): { readonly name: string; readonly items: Shape } | null {
  const [name = "", ...others] = names;
  const array = object?.fields.kept[name]?.array;
  if (others.length > 0 || array?.items === undefined || array.maxLength < 2) return null;
  return { name, items: array.items };
}

/** XML has no kinds: what was text once is text. */
function textSchema(held: Shape, evidence: Evidence, name = ""): Schema {
  const { count, string, number, booleans, nulls } = held;
  const kinds = [string, number, booleans].filter((kind) => kind !== undefined);
  if (kinds.length !== 1) return nullable({ type: "string" } as Schema, held);
  const plain = { count, string, number, booleans, nulls };
  const shape = Object.fromEntries(Object.entries(plain).filter(([, kind]) => kind !== undefined));
  return schemaOf(shape as unknown as Shape, Infinity, evidence.clients, name);
}

function objectSchema(held: Shape, names: readonly string[], evidence: Evidence): Schema {
  const kept = held.object?.fields.kept ?? {};
  const elements = new Set(names);
  // An empty element is an object of which nothing is there.
  const objects = (held.object?.count ?? 0) + (held.string?.count ?? 0);
  const written = [...names].sort().map((name) => {
    const field = kept[name] as Shape;
    const isAlways = objects >= evidence.required && field.count >= objects;
    return { ...propertyOf(name, field, { elements, evidence }), isAlways };
  });
  const required = written.filter(({ isAlways }) => isAlways).map(({ key }) => key);
  return {
    type: "object",
    properties: Object.fromEntries(written.map(({ key, schema }) => [key, schema])),
    ...(required.length > 0 && { required }),
  } as Schema;
}

interface Around {
  /** Names of elements and attributes beside it. */
  readonly elements: ReadonlySet<string>;
  readonly evidence: Evidence;
}

function propertyOf(
  name: string,
  field: Shape,
  { elements, evidence }: Around,
): { readonly key: string; readonly schema: Schema } {
  if (name.startsWith("@")) {
    const plain = name.slice(1);
    const isTaken = elements.has(plain);
    const xml = { ...(isTaken && { name: plain }), attribute: true };
    return { key: isTaken ? name : plain, schema: { ...textSchema(field, evidence, plain), xml } as Schema };
  }
  // OpenAPI has no word for text beside attributes.
  if (name === "#text")
    return { key: name, schema: { ...textSchema(field, evidence), "x-umbra-text": true } };
  const { items, maxLength = 0 } = field.array ?? {};
  if (items === undefined) return { key: name, schema: {} };
  const schema = elementSchema(items, evidence, { name });
  return { key: name, schema: maxLength < 2 ? schema : ({ type: "array", items: schema } as Schema) };
}
