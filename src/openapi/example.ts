// Examples made from type and format alone: nothing in them was ever heard.
import { isObject, list, own, text } from "./reference.ts";

/** One value of each format; reserved by RFC 2606, RFC 5737 and RFC 3849 where a name or address is one. */
const OF_FORMAT: Readonly<Record<string, string>> = {
  uuid: "00000000-0000-4000-8000-000000000000",
  "date-time": "2024-01-01T00:00:00Z",
  date: "2024-01-01",
  time: "00:00:00Z",
  duration: "PT1H",
  email: "user@example.com",
  uri: "https://example.com/",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  hostname: "www.example.com",
  byte: "AAECAw==",
};

const OF_TYPE: Readonly<Record<string, unknown>> = {
  null: null,
  boolean: true,
  integer: 1,
  number: 1.5,
  string: "text",
};

// Deeper or wider examples are read by nobody.
const MAX_DEPTH = 4;
const MAX_FIELDS = 24;

/** A value the schema accepts; undefined where it would be too deep or says nothing. */
export function exampleOf(
  schema: unknown,
  components: Readonly<Record<string, unknown>>,
  depth = 0,
): unknown {
  const held = resolved(schema, components);
  if (!isObject(held) || depth > MAX_DEPTH) return undefined;
  const [first] = list(held, "enum");
  if (first !== undefined) return first;
  const [choice] = [...list(held, "oneOf"), ...(own(held, "type") === undefined ? list(held, "anyOf") : [])];
  if (choice !== undefined) return exampleOf(choice, components, depth);
  return ofType(held, components, depth);
}

function resolved(schema: unknown, components: Readonly<Record<string, unknown>>): unknown {
  const ref = text(schema, "$ref");
  return ref === null ? schema : components[ref.slice(ref.lastIndexOf("/") + 1)];
}

function ofType(held: unknown, components: Readonly<Record<string, unknown>>, depth: number): unknown {
  const given = own(held, "type");
  const type: unknown = Array.isArray(given) ? given[0] : given;
  if (type === "object") return ofObject(held, components, depth);
  if (type === "array") return ofArray(held, components, depth);
  if (type === "string") return OF_FORMAT[formatOf(held)] ?? OF_TYPE["string"];
  return OF_TYPE[String(type)];
}

function formatOf(held: unknown): string {
  return text(held, "format") ?? list(held, "anyOf").map((choice) => text(choice, "format"))[0] ?? "";
}

function ofArray(held: unknown, components: Readonly<Record<string, unknown>>, depth: number): unknown {
  const prefix = list(held, "prefixItems");
  const items = prefix.length > 0 ? prefix : [own(held, "items")];
  const made = items.map((item) => exampleOf(item, components, depth + 1));
  return made.every((item) => item !== undefined) ? made : prefix.length > 0 ? undefined : [];
}

function ofObject(held: unknown, components: Readonly<Record<string, unknown>>, depth: number): unknown {
  const properties = own(held, "properties");
  const required = list(held, "required");
  const names = isObject(properties) ? Object.keys(properties) : [];
  const chosen = names.filter((name, at) => at < MAX_FIELDS || required.includes(name));
  const made: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const name of chosen) {
    // Readers of schemas look for `$id` and `$ref` wherever they stand.
    const value = name.startsWith("$") ? undefined : exampleOf(own(properties, name), components, depth + 1);
    if (value !== undefined) made[name] = value;
  }
  // Fields that a pattern describes are needed too.
  return required.every((name) => Object.hasOwn(made, String(name))) ? made : undefined;
}
