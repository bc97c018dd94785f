// Follows local references inside a document; everything else is refused with its reason.
import { parsed, weird } from "../model/parsed.ts";
import type { Parsed } from "../model/parsed.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Chains in published documents are at most three long; more is a loop or an attack. */
const MAX_HOPS = 16;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own property, so that documents cannot reach into prototypes. */
export function own(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function text(value: unknown, name: string): string | null {
  const held = own(value, name);
  return typeof held === "string" ? held : null;
}

export function list(value: unknown, name: string): readonly unknown[] {
  const held = own(value, name);
  return Array.isArray(held) ? held : [];
}

/*
  JSON Pointer (RFC 6901) in a URI fragment: "#/components/pathItems/Pets", "~1" is "/", "~0" is "~", percent-decoded.
*/
export function pointed(root: JsonObject, pointer: string): unknown {
  let held: unknown = root;
  for (const raw of pointer.split("/").slice(1)) {
    const key = decoded(raw).replaceAll("~1", "/").replaceAll("~0", "~");
    held = Array.isArray(held) ? held[Number(key)] : own(held, key);
  }
  return held;
}

function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

/** The object itself, or what its `$ref` leads to. `where` names the place in reasons. */
export function resolved(root: JsonObject, value: unknown, where: string): Parsed<JsonObject> {
  let held = value;
  for (let hops = 0; hops <= MAX_HOPS; hops += 1) {
    if (!isObject(held)) return weird("openapi.ref-unresolved", `${where} is not an object`);
    const ref = text(held, "$ref");
    if (ref === null) return parsed(held);
    if (!ref.startsWith("#/")) {
      return weird(
        "openapi.ref-remote",
        `${where} refers outside the document: bundle it into one file, or name the file to \`umbra scan --spec\`, which reads files beside it`,
      );
    }
    held = pointed(root, ref.slice(1));
    if (held === undefined) return weird("openapi.ref-unresolved", `${where} refers to nothing`);
  }
  return weird("openapi.ref-loop", `${where} refers to itself`);
}
