// Draws values of the schemas of an OpenAPI document: bodies whose true types are known.
import { isObject, list, own, text } from "../../src/openapi/reference.ts";
import type { JsonObject } from "../../src/openapi/reference.ts";
import type { Json } from "../src/openapi/some-bodies.ts";

export interface Drawing {
  readonly root: JsonObject;
  readonly random: () => number;
}

/** What a reference leads to, with everything `allOf` adds. */
export function flat(root: JsonObject, schema: unknown, hops = 0): JsonObject {
  if (!isObject(schema) || hops > 8) return {};
  const ref = text(schema, "$ref");
  if (ref !== null) return flat(root, pointedAt(root, ref), hops + 1);
  const parts = list(schema, "allOf").map((part) => flat(root, part, hops + 1));
  if (parts.length === 0) return schema;
  const { allOf: _, ...rest } = schema;
  return [...parts, rest].reduce<JsonObject>(
    (all, part) => ({
      ...all,
      ...part,
      ...merged(all, part, "properties", (a, b) => ({ ...(a as object), ...(b as object) })),
      ...merged(all, part, "required", (a, b) => [...(a as []), ...(b as [])]),
    }),
    {},
  );
}

function merged(a: JsonObject, b: JsonObject, name: string, join: (a: unknown, b: unknown) => unknown) {
  const [one, other] = [own(a, name), own(b, name)];
  return one === undefined || other === undefined ? {} : { [name]: join(one, other) };
}

function pointedAt(root: JsonObject, ref: string): unknown {
  const parts = ref.replace(/^#\//, "").split("/");
  return parts.reduce<unknown>(
    (held, part) => own(held, decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")),
    root,
  );
}

const MAX_DEPTH = 5;

export function draw(drawing: Drawing, schema: unknown, name = "", depth = 0): Json {
  const { root, random } = drawing;
  const held = flat(root, schema);
  if (isNullable(held) && random() < 0.15) return null;
  const choices = [...list(held, "oneOf"), ...list(held, "anyOf")];
  if (choices.length > 0 && own(held, "properties") === undefined) {
    return draw(drawing, choices[Math.floor(random() * choices.length)], name, depth + 1);
  }
  const values = list(held, "enum").filter((value) => value !== null);
  // Some values are heard far more often than others.
  if (values.length > 0) return values[Math.floor(random() ** 2 * values.length)] as Json;
  return drawKind(drawing, held, { name, depth });
}

function drawKind(
  drawing: Drawing,
  held: JsonObject,
  at: { readonly name: string; readonly depth: number },
): Json {
  const { random } = drawing;
  switch (typesOf(held)[0]) {
    case "object":
      return at.depth > MAX_DEPTH + 4 ? {} : drawObject(drawing, held, at.depth);
    case "array": {
      if (at.depth > MAX_DEPTH) return [];
      const length = Math.floor(random() * 4);
      return Array.from({ length }, () => draw(drawing, own(held, "items"), at.name, at.depth + 1));
    }
    case "boolean":
      return random() < 0.5;
    case "integer":
      return Math.floor(random() * (text(held, "format") === "int64" ? 2 ** 41 : 2000));
    case "number":
      return Math.round(random() * 100_000) / 100 + 0.01;
    default:
      return drawText(random, text(held, "format") ?? "", at.name);
  }
}

function drawObject(drawing: Drawing, held: JsonObject, depth: number): Json {
  const { random } = drawing;
  const properties = own(held, "properties");
  const required = new Set(list(held, "required"));
  const names = isObject(properties) ? Object.keys(properties) : [];
  const made: Record<string, Json> = {};
  for (const name of names) {
    // Types may contain themselves: deep down only what must be there is.
    if (!required.has(name) && (depth > MAX_DEPTH || random() < 0.3)) continue;
    made[name] = draw(drawing, own(properties, name), name, depth + 1);
  }
  const more = own(held, "additionalProperties");
  if (!isObject(more) || names.length > 0) return made;
  const count = Math.floor(random() * 4);
  for (let at = 0; at < count; at += 1) made[keyOf(random)] = draw(drawing, more, "", depth + 1);
  return made;
}

const pick = <T>(random: () => number, of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
const hex = (random: () => number, count: number) =>
  Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join("");
const two = (random: () => number, most: number) => String(1 + Math.floor(random() * most)).padStart(2, "0");
const uuid = (random: () => number) => [8, 4, 4, 4, 12].map((count) => hex(random, count)).join("-");
const day = (random: () => number) => `20${two(random, 30)}-${two(random, 12)}-${two(random, 28)}`;

function keyOf(random: () => number): string {
  return pick(random, [
    () => uuid(random),
    () => `k-${hex(random, 5)}`,
    () => `${pick(random, WORDS)}_${hex(random, 3)}`,
  ])();
}

const WORDS = "amber birch cedar delta ember fjord grove harbor inlet juniper kelp lagoon maple".split(" ");

const TEXTS: Readonly<Record<string, (random: () => number) => string>> = {
  uuid,
  date: day,
  "date-time": (random) => `${day(random)}T${two(random, 22)}:${two(random, 58)}:00Z`,
  time: (random) => `${two(random, 22)}:${two(random, 58)}:00Z`,
  email: (random) => `${pick(random, WORDS)}.${hex(random, 3)}@${pick(random, WORDS)}.example`,
  uri: (random) => `https://${pick(random, WORDS)}.example/${hex(random, 6)}`,
  url: (random) => `https://${pick(random, WORDS)}.example/${hex(random, 6)}`,
  ipv4: (random) => `10.${Math.floor(random() * 255)}.${Math.floor(random() * 255)}.9`,
  ipv6: (random) => `2001:db8::${hex(random, 4)}`,
  hostname: (random) => `${pick(random, WORDS)}.${pick(random, WORDS)}.example`,
  byte: (random) => Buffer.from(hex(random, 11)).toString("base64"),
  duration: (random) => `PT${Math.floor(random() * 50)}M`,
};

function drawText(random: () => number, format: string, name: string): string {
  const known = TEXTS[format];
  if (known !== undefined) return known(random);
  const habit = [...name].reduce((all, char) => all + char.charCodeAt(0), 0) % 4;
  if (habit === 0) return `${pick(random, WORDS)} ${pick(random, WORDS)} ${pick(random, WORDS)}`;
  if (habit === 1) return hex(random, 17);
  return habit === 2 ? `${pick(random, WORDS)}-${hex(random, 2)}x` : pick(random, WORDS);
}

/** Without null. */
export function typesOf(held: JsonObject): readonly string[] {
  const given = own(held, "type");
  const types = (Array.isArray(given) ? given : [given]).filter(
    (type): type is string => typeof type === "string",
  );
  const named = types.filter((type) => type !== "null");
  if (named.length > 0) return named;
  if (own(held, "properties") !== undefined || own(held, "additionalProperties") !== undefined)
    return ["object"];
  return own(held, "items") === undefined ? [] : ["array"];
}

export function isNullable(held: JsonObject): boolean {
  return (
    own(held, "nullable") === true || list(held, "type").includes("null") || list(held, "enum").includes(null)
  );
}
