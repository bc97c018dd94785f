// Reads an uploaded OpenAPI document as far as matching needs it, and says clearly why it cannot.
import { parse as parseYaml } from "yaml";
import type { ApiDocument, DocumentedOperation, Spec } from "../model/document.ts";
import { shortHash } from "../model/identity.ts";
import { parsed, weird } from "../model/parsed.ts";
import type { Parsed } from "../model/parsed.ts";
import { isObject, list, own, resolved, text } from "./reference.ts";
import type { JsonObject } from "./reference.ts";
import { openapiServers, ownServers, swaggerServers } from "./servers.ts";

/** The largest public documents (GitHub, Microsoft Graph parts) are below 32 MiB. */
const MAX_TEXT = 33_554_432;
/** YAML is read far slower than JSON (a megabyte a second); documents beyond some ten megabytes are offered as JSON too. */
const MAX_YAML = 12_582_912;
/** The largest public document lists some 17,000 operations. */
const MAX_OPERATIONS = 50_000;
/** RFC 9110 recommends support for URIs of 8000 octets; a template is shorter. */
const MAX_PATH = 8_000;
/** Names and tags end up in tables; longer ones are cut. */
const MAX_NAME = 256;
const MAX_TAGS = 32;
/**
 * Uses of one anchor times what it expands to; the guard against documents that grow by themselves. The largest YAML that
 * is read has room for some fifty thousand operations, and one response may be written as an anchor for all.
 */
const MAX_ALIASES = 50_000;

// Merge keys (`<<`) are of YAML 1.1, and so are many documents.
const YAML = { maxAliasCount: MAX_ALIASES, uniqueKeys: false, merge: true, logLevel: "error" } as const;

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"] as const;

/** An OpenAPI 2.0, 3.0, 3.1 or 3.2 document in JSON or YAML. `name` stands in for a missing title. Never throws. */
export function readDocument(source: string, name: string): Parsed<ApiDocument> {
  const read = readText(source);
  if (!read.ok) return read;
  const root = read.value;
  if (!isObject(root)) return weird("openapi.not-an-object", "the document is not a mapping");
  const dialect = dialectOf(root);
  if (!dialect.ok) return dialect;
  const items = pathItems(root, dialect.value);
  if (!items.ok) return items;
  const operations = operationsOf(root, items.value);
  if (!operations.ok) return operations;
  const info = own(root, "info");
  return parsed({
    title: short(text(info, "title") ?? name),
    version: short(text(info, "version") ?? ""),
    dialect: dialect.value,
    servers: dialect.value === "2.0" ? swaggerServers(root) : openapiServers(root),
    operations: operations.value,
    ...ownerOf(root, info),
  });
}

/** `x-owner` of the document or its info; else the contact's name or address. */
function ownerOf(root: JsonObject, info: unknown): Pick<ApiDocument, "owner"> {
  const contact = own(info, "contact");
  const named = text(root, "x-owner") ?? text(info, "x-owner");
  const name = named ?? text(contact, "name") ?? text(contact, "email");
  if (name === null || name.trim() === "") return {};
  return { owner: { name: short(name.trim()), from: named === null ? "info.contact" : "x-owner" } };
}

/** A document as kept. Its id follows from its text, so uploading it twice changes nothing. */
export function readSpec(
  source: string,
  given: Pick<Spec, "name" | "authorities" | "uploadedAt">,
): Parsed<Spec> {
  const document = readDocument(source, given.name);
  if (!document.ok) return document;
  const authorities = given.authorities.map((authority) => authority.toLowerCase());
  return parsed({ ...given, authorities, id: `spec_${shortHash(source)}`, document: document.value });
}

/** JSON or YAML as plain data. Never throws. */
export function readText(source: string): Parsed<unknown> {
  const body = source.replace(/^\uFEFF/, "");
  if (body.length > MAX_TEXT) return weird("openapi.too-large", `longer than ${MAX_TEXT} characters`);
  if (/^\s*[{[]/.test(body)) {
    try {
      return parsed(JSON.parse(body));
    } catch {
      // A flow mapping may still be YAML.
    }
  }
  if (body.length > MAX_YAML) return weird("openapi.too-large", `YAML longer than ${MAX_YAML} characters`);
  try {
    return parsed(parseYaml(body, YAML));
  } catch (error) {
    if (error instanceof ReferenceError) return weird("openapi.aliases", "aliases that expand without end");
    return weird("openapi.not-json-or-yaml", "the text is neither JSON nor YAML");
  }
}

function dialectOf(root: JsonObject): Parsed<string> {
  const swagger = own(root, "swagger");
  if (swagger !== undefined) {
    if (String(swagger) === "2" || String(swagger) === "2.0") return parsed("2.0");
    return weird("openapi.dialect", "the `swagger` field is not 2.0");
  }
  const openapi = own(root, "openapi");
  if (openapi === undefined) return weird("openapi.not-openapi", "no `openapi` or `swagger` field");
  const version = String(openapi);
  if (/^3\.[0-2](\.\d{1,3})?(-[\w.]{1,32})?$/.test(version)) return parsed(version);
  return weird("openapi.dialect", "the `openapi` field is none of 3.0, 3.1, 3.2");
}

function pathsOf(root: JsonObject, dialect: string): Parsed<JsonObject> {
  const paths = own(root, "paths");
  // From 3.1 on a document may describe webhooks or components alone.
  if (paths === undefined && /^3\.[12]/.test(dialect)) return parsed({});
  return isObject(paths) ? parsed(paths) : weird("openapi.no-paths", "no `paths` mapping");
}

function pathItems(root: JsonObject, dialect: string): Parsed<ReadonlyMap<string, JsonObject>> {
  const paths = pathsOf(root, dialect);
  if (!paths.ok) return paths;
  const named = Object.entries(paths.value).filter(([path]) => !path.startsWith("x-"));
  if (named.length > MAX_OPERATIONS) return weird("openapi.too-many", `more than ${MAX_OPERATIONS} paths`);
  const items = new Map<string, JsonObject>();
  for (const [path, value] of named) {
    const place = `path number ${items.size + 1}`;
    if (!path.startsWith("/")) return weird("openapi.path", `${place} does not start with "/"`);
    if (path.length > MAX_PATH) return weird("openapi.path", `${place} is longer than ${MAX_PATH}`);
    const item = resolved(root, value ?? {}, place);
    if (!item.ok) return item;
    items.set(path, item.value);
  }
  return parsed(items);
}

function operationsOf(
  root: JsonObject,
  items: ReadonlyMap<string, JsonObject>,
): Parsed<readonly DocumentedOperation[]> {
  const found: DocumentedOperation[] = [];
  for (const [path, item] of items) {
    for (const [method, value] of methodsOf(item)) {
      const operation = resolved(root, value, `${method} of a path`);
      if (!operation.ok) return operation;
      found.push(operationOf({ root, item, path }, method, operation.value));
      if (found.length > MAX_OPERATIONS) {
        return weird("openapi.too-many", `more than ${MAX_OPERATIONS} operations`);
      }
    }
  }
  return parsed(found);
}

/**
 * Fixed methods of the path item, then `additionalOperations` of OpenAPI 3.2 and what our own export calls
 * `x-umbra-methods`, whose names are methods as sent.
 */
function methodsOf(item: JsonObject): readonly (readonly [method: string, operation: unknown])[] {
  const fixed = METHODS.flatMap((name) => {
    const held = own(item, name);
    return isObject(held) ? [[name.toUpperCase(), held] as const] : [];
  });
  const more = ["additionalOperations", "x-umbra-methods"].flatMap((name) => {
    const held = own(item, name);
    return isObject(held) ? Object.entries(held).filter(([, operation]) => isObject(operation)) : [];
  });
  return [...fixed, ...more];
}

interface At {
  readonly root: JsonObject;
  readonly item: JsonObject;
  readonly path: string;
}

function operationOf({ root, item, path }: At, method: string, held: JsonObject): DocumentedOperation {
  const id = text(held, "operationId");
  const servers = ownServers(held) ?? ownServers(item);
  const parameters = [...list(item, "parameters"), ...list(held, "parameters")];
  return {
    method: short(method),
    path: withoutMatrix(root, path.split(/[?#]/)[0] ?? path, parameters).replaceAll(/\/{2,}/g, "/"),
    operationId: id === null ? null : short(id),
    deprecated: own(held, "deprecated") === true,
    tags: list(held, "tags")
      .filter((tag): tag is string => typeof tag === "string")
      .slice(0, MAX_TAGS)
      .map(short),
    ...(servers !== null && { servers }),
  };
}

/** `;color=blue` (style matrix, RFC 6570, 3.2.7) says nothing of which path it is: traffic is matched without it. */
function withoutMatrix(root: JsonObject, path: string, parameters: readonly unknown[]): string {
  let plain = path;
  for (const one of parameters) {
    const parameter = resolved(root, one, "parameter");
    if (!parameter.ok || text(parameter.value, "style") !== "matrix") continue;
    plain = plain.replaceAll(`{${text(parameter.value, "name") ?? ""}}`, "");
  }
  return plain === "" ? "/" : plain;
}

function short(name: string): string {
  return name.slice(0, MAX_NAME);
}
